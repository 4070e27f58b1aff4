package vn.dvhc.registry.api;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.LocalDate;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;
import vn.dvhc.registry.comparison.Comparison;
import vn.dvhc.registry.comparison.OfficialList;
import vn.dvhc.registry.store.OffLoop;
import vn.dvhc.registry.transaction.CaseFiles;

/** The official list of a date beside the register. Nothing is recorded. */
@Path("/v1/comparisons")
@Tag(name = "comparisons")
class ComparisonResource {

    private static final String CSV_UTF_8 = CsvTables.MEDIA_TYPE + ";charset=UTF-8";

    private static final String EXAMPLE = """
        code,level,type,name,full_name,parent_code
        01,province,thành phố trực thuộc trung ương,Hà Nội,Thành phố Hà Nội,
        00004,commune,phường,Ba Đình,Phường Ba Đình,01
        """;

    private final CaseFiles files;

    ComparisonResource(CaseFiles files) {
        this.files = files;
    }

    @POST
    @RolesAllowed({"decision-drafter", "decision-approver", "operator"})
    @Consumes(CsvTables.MEDIA_TYPE)
    @Produces({MediaType.APPLICATION_JSON, CsvTables.MEDIA_TYPE})
    @Operation(
            operationId = "compareWithList",
            summary = "Every difference between the official list of a date and the register",
            description = "The body is a list of all units in force on the date, as CSV in UTF-8 with the columns code,"
                    + " level, type, name and parent_code; others are passed over. The answer is JSON with drafts"
                    + " of the corrections that would remove the differences, or CSV with the differences alone,"
                    + " as Accept says.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = CsvTables.MEDIA_TYPE,
                            schema = @Schema(implementation = String.class),
                            examples = @ExampleObject(name = "list", value = EXAMPLE)))
    @APIResponse(
            responseCode = "200",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = ComparisonView.class)),
                @Content(mediaType = CsvTables.MEDIA_TYPE, schema = @Schema(implementation = String.class))
            })
    @APIResponse(
            responseCode = "400",
            description = "The list can't be read; every line at fault is told",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Uni<Response> compare(@RestQuery @Nullable String at, byte[] body, @Context HttpHeaders headers) {
        LocalDate date = RequestReader.date("at", at);
        boolean csv = prefersCsv(headers);
        return OffLoop.compute(() -> compare(date, body))
                .chain(comparison -> OffLoop.compute(() -> csv
                        ? Response.ok(ComparisonCsv.write(comparison), CSV_UTF_8)
                                .build()
                        : Response.ok(ComparisonView.of(comparison), MediaType.APPLICATION_JSON)
                                .build()));
    }

    private Comparison compare(LocalDate date, byte[] body) {
        OfficialList list = CsvTables.read(body, OfficialList.FORM)
                .then(OfficialList::read)
                .fold(read -> read, problems -> {
                    throw CsvTables.malformed(problems);
                });
        return Comparison.of(list, files.register(), date);
    }

    private static boolean prefersCsv(HttpHeaders headers) {
        MediaType first = headers.getAcceptableMediaTypes().get(0);
        return (first.getType() + "/" + first.getSubtype())
                .toLowerCase(Locale.ROOT)
                .equals(CsvTables.MEDIA_TYPE);
    }
}
