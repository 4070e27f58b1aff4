package vn.dvhc.sync.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;
import vn.dvhc.right.Call;
import vn.dvhc.sync.mandate.Mandate;
import vn.dvhc.sync.mandate.Mandates;
import vn.dvhc.unit.UnitId;

/** Hand-over records: read, printed, exported, signed, and held against their chain. */
@Path("/v1")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Mandate.OPERATOR, Mandate.OFFICER})
public class ManifestResource {

    private static final String CSV = "text/csv";
    private static final String NDJSON = "application/x-ndjson";
    private static final int AT_ONCE = 1_000;
    private static final int LONGEST_REASON = 1_000;

    private final Manifests manifests;
    private final Signing signing;
    private final Reversal reversal;
    private final Mandates mandates;
    private final SecurityIdentity caller;

    @Inject
    ManifestResource(
            Manifests manifests, Signing signing, Reversal reversal, Mandates mandates, SecurityIdentity caller) {
        this.manifests = manifests;
        this.signing = signing;
        this.reversal = reversal;
        this.mandates = mandates;
        this.caller = caller;
    }

    /**
     * A signature to be put.
     *
     * @param side {@code from} or {@code to}
     * @param version the version that was read: only the latest can be signed
     */
    @Schema(name = "SignatureBody")
    public record Body(String side, int version) {}

    /** @param reason required, at most 1,000 characters */
    @Schema(name = "UndoBody")
    public record UndoBody(String reason) {}

    /**
     * The latest versions in order of id, for officers of their units only; {@code unit} is the id of either side. As CSV or NDJSON all of the day, whatever else is
     * asked.
     */
    @GET
    @Path("/handovers/{date}/manifests")
    @Produces({MediaType.APPLICATION_JSON, CSV, NDJSON})
    @APIResponse(
            responseCode = "200",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = Manifests.Page.class)),
                @Content(mediaType = CSV, schema = @Schema(implementation = String.class)),
                @Content(mediaType = NDJSON, schema = @Schema(implementation = String.class))
            })
    public Response list(
            @RestPath String date,
            @QueryParam("dataset") @Nullable String dataset,
            @QueryParam("unit") @Nullable String unit,
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(1000) int limit,
            @QueryParam("cursor") @DefaultValue("") String cursor,
            @Context HttpHeaders headers)
            throws SQLException {
        LocalDate day = day(date);
        List<String> held = mandates.units(caller, Call.READ_MANIFESTS);
        return switch (wanted(headers, CSV, NDJSON)) {
            case CSV -> stream(output -> write(output, day, held, ManifestTable.HEADER, ManifestTable::csv), CSV);
            case NDJSON -> stream(output -> write(output, day, held, "", ManifestTable::ndjson), NDJSON);
            default ->
                Response.ok(
                                manifests.page(new Manifests.Question(day, dataset, unit, held, cursor, limit)),
                                MediaType.APPLICATION_JSON_TYPE)
                        .build();
        };
    }

    /** One version; the latest if none is asked for. As HTML it is a page to be printed. */
    @GET
    @Path("/handovers/{date}/manifests/{id}")
    @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_HTML})
    @APIResponse(
            responseCode = "200",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = Manifests.Sealed.class)),
                @Content(mediaType = MediaType.TEXT_HTML, schema = @Schema(implementation = String.class))
            })
    @APIResponse(responseCode = "403", description = "Neither side is a unit of the caller")
    @APIResponse(responseCode = "404", description = "No such manifest, or version")
    public Response manifest(
            @RestPath String date,
            @RestPath String id,
            @QueryParam("version") @Nullable Integer version,
            @Context HttpHeaders headers)
            throws SQLException {
        Manifests.Sealed sealed = find(date, id, version);
        mandates.requireOneOf(caller, Call.READ_MANIFESTS, sides(sealed.manifest()));
        return wanted(headers, MediaType.TEXT_HTML).equals(MediaType.TEXT_HTML)
                ? Response.ok(ManifestPage.of(sealed), MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                        .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
                        .header("X-Content-Type-Options", "nosniff")
                        .build()
                : Response.ok(sealed, MediaType.APPLICATION_JSON_TYPE).build();
    }

    /** Signs the latest version for one side. */
    @POST
    @Path("/handovers/{date}/manifests/{id}/signatures")
    @Consumes(MediaType.APPLICATION_JSON)
    @APIResponse(responseCode = "200", description = "Signed")
    @APIResponse(responseCode = "403", description = "The person is not of this side, or signed for the other one")
    @APIResponse(responseCode = "404", description = "No such manifest")
    @APIResponse(responseCode = "409", description = "Not the latest version, signed already, or nobody receives")
    public Manifests.Sealed sign(
            @RestPath String date,
            @RestPath String id,
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Body.class))) @Nullable
                    JsonNode body)
            throws SQLException {
        LocalDate day = day(date);
        Signature.Side side = Signature.Side.of(
                        body == null ? "" : body.path("side").asText())
                .orElseThrow(() -> new BadRequestException("side phải là from (bên giao) hoặc to (bên nhận)."));
        if (body == null || !body.path("version").isInt()) {
            throw new BadRequestException("Cần version: số của phiên bản đã đọc.");
        }
        Signing.Answer answer = signing.sign(day, id, body.path("version").intValue(), side, Mandate.of(caller));
        return switch (answer.outcome()) {
            case DONE -> find(date, id, null);
            case UNKNOWN -> throw unknown(id);
            case FORBIDDEN -> throw new ForbiddenException(answer.why());
            case REFUSED -> throw new ClientErrorException(answer.why(), Response.Status.CONFLICT);
        };
    }

    /**
     * Takes the hand-over of the latest version back while nobody has signed it: its records bear their former unit again and wait in the
     * clerks' queue.
     */
    @POST
    @Path("/handovers/{date}/manifests/{id}/undo")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed("operator")
    @APIResponse(responseCode = "200", description = "Undone")
    @APIResponse(responseCode = "404", description = "No such manifest")
    @APIResponse(responseCode = "409", description = "Somebody has signed it, or nothing was handed over")
    public Reversal.Report undo(
            @RestPath String date,
            @RestPath String id,
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = UndoBody.class)))
                    @Nullable
                    JsonNode body)
            throws SQLException, InterruptedException {
        String reason = body == null ? "" : body.path("reason").asText().strip();
        if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
            throw new BadRequestException("Cần reason: lý do thu hồi, không quá " + LONGEST_REASON + " ký tự.");
        }
        Reversal.Answer answer =
                reversal.undo(day(date), id, reason, Mandate.of(caller).who());
        if (answer.report() != null) {
            return answer.report();
        }
        if (answer.why() == null) {
            throw unknown(id);
        }
        throw new ClientErrorException(answer.why(), Response.Status.CONFLICT);
    }

    /** Goes through the whole chain of versions and signatures, and names the first entry that is not as it was written. */
    @GET
    @Path("/handovers/chain/verification")
    public Chain.Verification verification() throws SQLException {
        return manifests.verify();
    }

    /** The first that the caller names and that there is; JSON for anything. */
    private static String wanted(HttpHeaders headers, String... others) {
        for (MediaType accepted : headers.getAcceptableMediaTypes()) {
            String name = accepted.getType() + "/" + accepted.getSubtype();
            if (accepted.isWildcardType() || name.equals(MediaType.APPLICATION_JSON)) {
                break;
            }
            if (List.of(others).contains(name)) {
                return name;
            }
        }
        return MediaType.APPLICATION_JSON;
    }

    private static Response stream(StreamingOutput output, String type) {
        return Response.ok(output, MediaType.valueOf(type).withCharset("UTF-8")).build();
    }

    private Manifests.Sealed find(String date, String id, @Nullable Integer version) throws SQLException {
        return manifests.find(day(date), id, version).orElseThrow(() -> unknown(id));
    }

    private void write(
            OutputStream output,
            LocalDate day,
            @Nullable List<String> held,
            String header,
            Function<Manifests.Sealed, String> line)
            throws IOException {
        output.write(header.getBytes(StandardCharsets.UTF_8));
        String after = "";
        List<Manifests.Sealed> page;
        do {
            try {
                page = manifests.list(new Manifests.Question(day, null, null, held, after, AT_ONCE));
            } catch (SQLException away) {
                throw new IOException("The manifests can't be read to their end", away);
            }
            for (Manifests.Sealed sealed : page) {
                output.write(line.apply(sealed).getBytes(StandardCharsets.UTF_8));
                after = sealed.manifest().id();
            }
        } while (page.size() == AT_ONCE);
    }

    private static LocalDate day(String date) {
        try {
            return LocalDate.parse(date);
        } catch (DateTimeException malformed) {
            throw new BadRequestException("Ngày phải có dạng YYYY-MM-DD.", malformed);
        }
    }

    private static List<UnitId> sides(Manifest manifest) {
        return Stream.of(manifest.from(), manifest.to())
                .filter(Objects::nonNull)
                .map(party -> UnitId.parse(party.unit()))
                .toList();
    }

    private static NotFoundException unknown(String id) {
        return new NotFoundException("Không có biên bản " + id + ".");
    }
}
