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
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.mandate.Mandate;

/** Hand-over records: read, printed, exported, signed, and held against their chain. */
@Path("/v1")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Mandate.OPERATOR, Mandate.OFFICER})
public class ManifestResource {

    private static final int AT_ONCE = 1_000;

    private final Manifests manifests;
    private final Signing signing;
    private final SecurityIdentity caller;

    @Inject
    ManifestResource(Manifests manifests, Signing signing, SecurityIdentity caller) {
        this.manifests = manifests;
        this.signing = signing;
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

    /** The latest versions in order of id; {@code unit} is the id of either side. */
    @GET
    @Path("/handovers/{date}/manifests")
    public Manifests.Page list(
            @RestPath String date,
            @QueryParam("dataset") @Nullable String dataset,
            @QueryParam("unit") @Nullable String unit,
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(1000) int limit,
            @QueryParam("cursor") @DefaultValue("") String cursor)
            throws SQLException {
        return manifests.page(new Manifests.Question(day(date), dataset, unit, cursor, limit));
    }

    /** All manifests of the day as a table. */
    @GET
    @Path("/handovers/{date}/manifests")
    @Produces("text/csv; charset=UTF-8")
    public StreamingOutput csv(@RestPath String date) {
        LocalDate day = day(date);
        return output -> write(output, day, ManifestTable.HEADER, ManifestTable::csv);
    }

    /** All manifests of the day, one a line. */
    @GET
    @Path("/handovers/{date}/manifests")
    @Produces("application/x-ndjson")
    public StreamingOutput ndjson(@RestPath String date) {
        LocalDate day = day(date);
        return output -> write(output, day, "", ManifestTable::ndjson);
    }

    /** One version; the latest if none is asked for. */
    @GET
    @Path("/handovers/{date}/manifests/{id}")
    @APIResponse(responseCode = "200", description = "OK")
    @APIResponse(responseCode = "404", description = "No such manifest, or version")
    public Manifests.Sealed manifest(
            @RestPath String date, @RestPath String id, @QueryParam("version") @Nullable Integer version)
            throws SQLException {
        return manifests.find(day(date), id, version).orElseThrow(() -> unknown(id));
    }

    /** The same as a page to be printed. */
    @GET
    @Path("/handovers/{date}/manifests/{id}")
    @Produces("text/html; charset=UTF-8")
    public Response page(@RestPath String date, @RestPath String id, @QueryParam("version") @Nullable Integer version)
            throws SQLException {
        return Response.ok(ManifestPage.of(manifest(date, id, version)))
                .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
                .header("X-Content-Type-Options", "nosniff")
                .build();
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
            case DONE -> manifest(date, id, null);
            case UNKNOWN -> throw unknown(id);
            case FORBIDDEN -> throw new ForbiddenException(answer.why());
            case REFUSED -> throw new ClientErrorException(answer.why(), Response.Status.CONFLICT);
        };
    }

    /** Goes through the whole chain of versions and signatures, and names the first entry that is not as it was written. */
    @GET
    @Path("/handovers/chain/verification")
    public Chain.Verification verification() throws SQLException {
        return manifests.verify();
    }

    private void write(OutputStream output, LocalDate day, String header, Function<Manifests.Sealed, String> line)
            throws IOException {
        output.write(header.getBytes(StandardCharsets.UTF_8));
        String after = "";
        List<Manifests.Sealed> page;
        do {
            try {
                page = manifests.list(new Manifests.Question(day, null, null, after, AT_ONCE));
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

    private static NotFoundException unknown(String id) {
        return new NotFoundException("Không có biên bản " + id + ".");
    }
}
