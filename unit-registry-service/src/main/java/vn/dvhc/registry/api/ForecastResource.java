package vn.dvhc.registry.api;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;
import vn.dvhc.registry.RegistryConfig;
import vn.dvhc.registry.impact.Answer;
import vn.dvhc.registry.impact.Caller;
import vn.dvhc.registry.impact.CallerSource;
import vn.dvhc.registry.impact.DryRun;
import vn.dvhc.registry.impact.Impact;
import vn.dvhc.registry.impact.RecordCountSource;
import vn.dvhc.registry.impact.RecordCounts;
import vn.dvhc.registry.impact.RehearsedState;
import vn.dvhc.registry.impact.Splits;
import vn.dvhc.registry.rules.Finding;
import vn.dvhc.registry.store.OffLoop;
import vn.dvhc.registry.transaction.AssignmentTransaction;
import vn.dvhc.registry.transaction.CaseFile;
import vn.dvhc.registry.transaction.CaseFiles;
import vn.dvhc.registry.unit.LocalityAssignment;
import vn.dvhc.timeline.Enactment;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitId;
import vn.dvhc.unit.UnitRef;

/** What a decision would bring about, for those who draft and approve it. Nothing is recorded. */
@Path("/v1/decisions/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "decisions")
class ForecastResource {

    private final CaseFiles files;
    private final AssignmentTransaction assignments;
    private final RecordCountSource records;
    private final CallerSource callers;
    private final RegistryConfig config;
    private final Paging paging;

    ForecastResource(
            CaseFiles files,
            AssignmentTransaction assignments,
            RecordCountSource records,
            CallerSource callers,
            RegistryConfig config,
            Paging paging) {
        this.files = files;
        this.assignments = assignments;
        this.records = records;
        this.callers = callers;
        this.config = config;
        this.paging = paging;
    }

    @GET
    @Path("/findings")
    @RolesAllowed({"decision-drafter", "decision-approver", "operator"})
    @Operation(
            operationId = "getFindings",
            summary = "Everything the rules find in a decision as things are scheduled now, errors apart from warnings")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = FindingsView.class)))
    @APIResponse(
            responseCode = "404",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Uni<Response> findings(@RestPath String id) {
        return withFile(
                id,
                file -> OffLoop.compute(file::findings)
                        .map(found -> Response.ok(
                                        FindingsView.of(id, file.state().label(), found))
                                .build()));
    }

    @POST
    @Path("/rehearsals")
    @RolesAllowed({"decision-drafter", "decision-approver", "operator"})
    @Consumes(MediaType.WILDCARD)
    @Operation(
            operationId = "rehearseDecision",
            summary = "Run the whole decision, behind what is scheduled before it, on a copy of the register")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = RehearsalView.class)))
    @APIResponse(
            responseCode = "404",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "422",
            description = "It is in force, or a correction",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Uni<Response> rehearse(
            @RestPath String id, @RestQuery @Nullable String after, @RestQuery @Nullable String limit) {
        int size = paging.limit(limit);
        return withFile(
                id,
                file -> rehearsable(
                        file,
                        () -> OffLoop.compute(
                                () -> Response.ok(rehearse(file, after, size)).build())));
    }

    @GET
    @Path("/impact")
    @RolesAllowed({"decision-drafter", "decision-approver", "operator"})
    @Operation(
            operationId = "getImpact",
            summary = "Units, codes, splits, records of the connected databases and callers that a decision concerns")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ImpactView.class)))
    @APIResponse(
            responseCode = "404",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "422",
            description = "It is in force, or a correction",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Uni<Response> impact(@RestPath String id, @Context HttpHeaders headers) {
        String authorization = authorization(headers);
        return withFile(
                id,
                file -> rehearsable(
                        file,
                        () -> OffLoop.compute(() -> Forecast.of(file))
                                .chain(forecast -> impact(forecast, authorization))));
    }

    @GET
    @Path("/splits")
    @RolesAllowed({"decision-drafter", "decision-approver", "operator"})
    @Operation(
            operationId = "listSplits",
            summary = "The units a decision splits, with how far their localities are assigned; also after it took"
                    + " effect")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = SplitView.Page.class)))
    @APIResponse(
            responseCode = "404",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Uni<Response> splits(
            @RestPath String id,
            @RestQuery @Nullable String after,
            @RestQuery @Nullable String limit,
            @Context HttpHeaders headers) {
        int size = paging.limit(limit);
        UnitId from = after == null ? null : RequestReader.unitId("after", after);
        String authorization = authorization(headers);
        return withFile(
                id,
                file -> OffLoop.compute(() -> SplitPage.of(file, from, size))
                        .chain(page -> assignments
                                .of(page.shown())
                                .chain(assigned -> count(page.refs(), authorization)
                                        .chain(counts -> OffLoop.compute(() -> page.view(file, assigned, counts)))))
                        .map(view -> Response.ok(view).build()));
    }

    private Uni<Response> withFile(String id, Function<CaseFile, Uni<Response>> answer) {
        return files.find(RequestReader.decisionId(id))
                .chain(found -> found.map(answer)
                        .orElseGet(() -> Uni.createFrom()
                                .item(Problem.of(Problem.Kind.NOT_FOUND, "Không có quyết định nào mang định danh này.")
                                        .toResponse())));
    }

    private static Uni<Response> rehearsable(CaseFile file, Supplier<Uni<Response>> answer) {
        return file.objectionToRehearsal()
                .map(objection -> Uni.createFrom()
                        .item(Problem.objected(List.of(objection)).toResponse()))
                .orElseGet(answer);
    }

    private static RehearsalView rehearse(CaseFile file, @Nullable String after, int size) {
        DryRun run = file.dryRun();
        List<Finding> found = file.findings();
        String id = file.decision().id().value();
        String date = file.decision().effectiveDate().toString();
        return run.enacted()
                .map(day -> RehearsalView.of(id, date, found, RehearsedState.of(run, day), after, size))
                .orElseGet(() -> RehearsalView.refused(id, date, found));
    }

    private Uni<Response> impact(Forecast forecast, String authorization) {
        if (forecast.day() == null) {
            return Uni.createFrom().item(Response.ok(forecast.refused()).build());
        }
        Uni<Answer<Caller>> asked = forecast.oldCodes().isEmpty()
                ? Uni.createFrom().item(Answer.of(List.of()))
                : Uni.createFrom().completionStage(() -> callers.callers(forecast.oldCodes(), authorization));
        return assignments
                .of(forecast.splits())
                .chain(assigned -> Uni.combine()
                        .all()
                        .unis(count(forecast.concerned(), authorization), asked)
                        .asTuple()
                        .chain(answers -> OffLoop.compute(() -> Response.ok(forecast.view(
                                        assigned, answers.getItem1(), answers.getItem2(), config.pageLimitMax()))
                                .build())));
    }

    private Uni<Answer<RecordCounts>> count(List<UnitRef> units, String authorization) {
        return units.isEmpty()
                ? Uni.createFrom().item(Answer.of(List.of()))
                : Uni.createFrom().completionStage(() -> records.count(units, authorization));
    }

    private static String authorization(HttpHeaders headers) {
        return Objects.requireNonNullElse(headers.getHeaderString(HttpHeaders.AUTHORIZATION), "");
    }

    /**
     * A decision run on a copy, before other services are asked.
     *
     * @param day null if the register refuses it
     */
    private record Forecast(
            CaseFile file,
            List<Finding> found,
            DryRun run,
            Enactment.@Nullable Enacted day,
            List<UnitRef> concerned,
            List<UnitCode> oldCodes,
            List<UnitId> splits) {

        static Forecast of(CaseFile file) {
            DryRun run = file.dryRun();
            Optional<Enactment.Enacted> day = run.enacted();
            return new Forecast(
                    file,
                    file.findings(),
                    run,
                    day.orElse(null),
                    day.map(enacted -> Impact.concerned(run, enacted)).orElse(List.of()),
                    day.map(enacted -> Impact.oldCodes(run, enacted)).orElse(List.of()),
                    day.map(enacted -> List.copyOf(Splits.units(file.decision(), enacted.timeline())))
                            .orElse(List.of()));
        }

        ImpactView refused() {
            return ImpactView.refused(
                    file.decision().id().value(),
                    file.decision().effectiveDate().toString(),
                    found);
        }

        ImpactView view(List<LocalityAssignment> assigned, Answer<RecordCounts> counts, Answer<Caller> seen, int most) {
            Impact impact = Impact.of(run, Objects.requireNonNull(day), assigned, counts.items());
            return ImpactView.of(file.decision().id().value(), found, impact, counts, seen, most);
        }
    }

    /**
     * A page of split units.
     *
     * @param total of the decision
     * @param shown those on the page
     * @param refs the same as records name them the day before
     */
    private record SplitPage(Timeline after, int total, List<UnitId> shown, List<UnitRef> refs, boolean more) {

        static SplitPage of(CaseFile file, @Nullable UnitId from, int size) {
            Timeline after = file.withTheDay();
            List<UnitId> all = new ArrayList<>(Splits.units(file.decision(), after));
            all.sort(null);
            List<UnitId> left = all.stream()
                    .filter(unit -> from == null || unit.compareTo(from) > 0)
                    .toList();
            List<UnitId> shown = left.stream().limit(size).toList();
            List<UnitRef> refs = shown.stream()
                    .map(unit -> new UnitRef(
                            after.find(unit).orElseThrow().last().code(),
                            file.decision().effectiveDate().minusDays(1)))
                    .toList();
            return new SplitPage(after, all.size(), shown, refs, left.size() > size);
        }

        SplitView.Page view(CaseFile file, List<LocalityAssignment> assigned, Answer<RecordCounts> counts) {
            List<SplitView> splits = Splits.of(file.decision(), after, assigned, counts.items()).stream()
                    .filter(split -> shown.contains(split.unit().id()))
                    .sorted(Comparator.comparing(split -> split.unit().id()))
                    .map(SplitView::of)
                    .toList();
            return new SplitView.Page(
                    total,
                    splits,
                    counts.lacking(),
                    more ? shown.get(shown.size() - 1).toString() : null);
        }
    }
}
