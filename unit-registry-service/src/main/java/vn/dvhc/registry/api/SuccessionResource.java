package vn.dvhc.registry.api;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.LocalDate;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.Decision;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.registry.decision.ChangeDocument;
import vn.dvhc.registry.decision.Dossier;
import vn.dvhc.registry.decision.Origin;
import vn.dvhc.registry.store.OffLoop;
import vn.dvhc.registry.succession.Succession;
import vn.dvhc.registry.succession.SuccessionTable;
import vn.dvhc.registry.transaction.CaseFiles;
import vn.dvhc.registry.transaction.DraftTransaction;
import vn.dvhc.timeline.Timeline;

/** Drafts out of succession tables. */
@Path("/v1/decisions")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "decisions")
class SuccessionResource {

    private static final int MAX_TITLE = 500;

    private static final String DESCRIPTION = """
        As text/csv the body is a succession table in UTF-8 with a header; title and date stand in the query. Required columns: from_code, from_level, to_code, to_level, extent (full, \
        partial, unknown), portion (the act's words, or «giữ nguyên» for a unit that goes on), legal_basis (joined by «; ») \
        and clause. Optional columns: to_type, to_name, to_parent; every unit that begins needs them in one of its rows (a \
        province no parent), a unit that goes on takes over what differs. A unit that passes something on ends; a row whose \
        to_code, to_level, extent and portion are empty ends its unit without successor. Every line at fault is told.\
        """;

    private static final String EXAMPLE = """
        from_code,from_level,to_code,to_level,extent,portion,legal_basis,clause,to_type,to_name,to_parent
        08980,commune,08995,commune,full,toàn bộ,12/NQ-HĐND,1,xã,Quang Minh,01
        08995,commune,08995,commune,full,toàn bộ,12/NQ-HĐND,1,,,
        """;

    private final CaseFiles files;
    private final DraftTransaction drafting;
    private final DecisionAnswers answers;

    SuccessionResource(CaseFiles files, DraftTransaction drafting, DecisionAnswers answers) {
        this.files = files;
        this.drafting = drafting;
        this.answers = answers;
    }

    @POST
    @RolesAllowed("decision-drafter")
    @Consumes(CsvTables.MEDIA_TYPE)
    @Operation(operationId = "draftDecision", description = DESCRIPTION)
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = CsvTables.MEDIA_TYPE,
                            schema = @Schema(implementation = String.class),
                            examples = @ExampleObject(name = "merger", value = EXAMPLE)))
    @APIResponse(responseCode = "201", content = @Content(schema = @Schema(implementation = DecisionView.class)))
    @APIResponse(
            responseCode = "400",
            description = "The table can't be read; every line at fault is told",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Uni<Response> draft(
            @RestQuery @Nullable String title,
            @RestQuery @Nullable String effectiveDate,
            byte[] body,
            SecurityContext caller) {
        String drafter = caller.getUserPrincipal().getName();
        LocalDate date = RequestReader.date("effectiveDate", effectiveDate);
        String checkedTitle = title(title);
        return files.before(date)
                .chain(before -> OffLoop.compute(() -> read(body, before, date)))
                .chain(succession -> drafting.draft(
                        new Dossier(
                                new Decision(
                                        new DecisionId("decision-" + UUID.randomUUID()),
                                        date,
                                        checkedTitle,
                                        succession.changes()),
                                Origin.DRAFTED,
                                List.of(),
                                new TreeSet<>(succession.endedOnPurpose()),
                                List.of()),
                        drafter))
                .chain(ruling -> answers.of(ruling, Response.Status.CREATED));
    }

    private static Succession read(byte[] body, Timeline before, LocalDate date) {
        return CsvTables.read(body, SuccessionTable.FORM)
                .then(table -> SuccessionTable.read(table, before, date))
                .fold(read -> read, problems -> {
                    throw CsvTables.malformed(problems);
                });
    }

    private static String title(@Nullable String title) {
        try {
            return ChangeDocument.text("title", title, MAX_TITLE);
        } catch (IllegalArgumentException malformed) {
            throw new MalformedRequestException(String.valueOf(malformed.getMessage()));
        }
    }
}
