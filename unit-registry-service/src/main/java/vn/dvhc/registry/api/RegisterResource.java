package vn.dvhc.registry.api;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.LegalAct;
import vn.dvhc.registry.act.Act;
import vn.dvhc.registry.act.ActDescription;
import vn.dvhc.registry.act.ActNumbers;
import vn.dvhc.registry.store.ActStore;
import vn.dvhc.registry.store.OffLoop;
import vn.dvhc.registry.unit.Recollection;
import vn.dvhc.registry.unit.Register;
import vn.dvhc.time.BusinessClock;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitCode;

/** The register itself: its units with their acts, on any date, as it is known now or was known at any moment. */
@Path("/v1/register")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "register")
class RegisterResource {

    private static final int LONGEST_ACT = 200;

    private final Mutiny.SessionFactory sessions;
    private final ActStore acts;
    private final Register register;
    private final Recollection recollection;
    private final BusinessClock clock;
    private final Paging paging;

    RegisterResource(
            Mutiny.SessionFactory sessions,
            ActStore acts,
            Register register,
            Recollection recollection,
            BusinessClock clock,
            Paging paging) {
        this.sessions = sessions;
        this.acts = acts;
        this.register = register;
        this.recollection = recollection;
        this.clock = clock;
        this.paging = paging;
    }

    @GET
    @Path("/units")
    @RolesAllowed({"decision-drafter", "decision-approver", "operator"})
    @Operation(
            operationId = "listRegisteredUnits",
            summary = "Units on a date with their acts; with knownAt as the register said it at that moment")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = RegisteredUnitView.Page.class)))
    @APIResponse(
            responseCode = "400",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Uni<RegisteredUnitView.Page> list(
            @Parameter(description = "Today if absent", example = "2025-07-01") @RestQuery @Nullable String at,
            @Parameter(description = "What was recorded until this moment, inclusive", example = "2026-01-15T01:00:00Z")
                    @RestQuery
                    @Nullable
                    String knownAt,
            @Parameter(description = "The number of an act that brought the state about", example = "1656/NQ-UBTVQH15")
                    @RestQuery
                    @Nullable
                    String act,
            @Parameter(description = "province, district or commune", example = "commune") @RestQuery @Nullable
                    String level,
            @Parameter(description = "The next of the page before") @RestQuery @Nullable String after,
            @Parameter(example = "50") @RestQuery @Nullable String limit) {
        int size = paging.limit(limit);
        LocalDate date = at == null ? clock.today() : RequestReader.date("at", at);
        Instant moment = knownAt == null ? null : RequestReader.moment("knownAt", knownAt);
        Filter filter = new Filter(
                date,
                act == null ? null : ActDescription.ofReference(RequestReader.text("act", act, LONGEST_ACT)),
                level == null ? null : RequestReader.level(level),
                after == null ? null : RequestReader.code("after", after));
        return OffLoop.compute(() -> filter.in(timeline(moment), size + 1))
                .chain(found -> view(found, size, date, moment));
    }

    private Timeline timeline(@Nullable Instant moment) {
        return moment == null ? register.current().timeline() : recollection.knownAt(register.current(), moment);
    }

    private Uni<RegisteredUnitView.Page> view(Found found, int size, LocalDate date, @Nullable Instant moment) {
        List<Unit> shown = found.units().stream().limit(size).toList();
        Set<String> numbers = shown.stream()
                .flatMap(unit -> unit.legalBasis().stream())
                .map(LegalAct::number)
                .map(ActNumbers::number)
                .collect(Collectors.toSet());
        return sessions.withStatelessSession(session -> acts.ofNumbers(session, numbers))
                .map(registered -> {
                    Map<String, List<Act>> byNumber = registered.stream().collect(Collectors.groupingBy(Act::number));
                    return new RegisteredUnitView.Page(
                            date.toString(),
                            moment == null ? null : moment.toString(),
                            shown.stream()
                                    .map(unit -> RegisteredUnitView.of(unit, date, found.timeline(), byNumber))
                                    .toList(),
                            found.units().size() > size
                                    ? shown.get(size - 1).code().value()
                                    : null);
                });
    }

    private record Found(Timeline timeline, List<Unit> units) {}

    /** Null means any. */
    private record Filter(
            LocalDate date,
            @Nullable ActDescription act,
            @Nullable Level level,
            @Nullable UnitCode after) {

        Found in(Timeline timeline, int most) {
            return new Found(
                    timeline,
                    timeline.units(date, level, null).stream()
                            .filter(unit -> after == null || unit.code().compareTo(after) > 0)
                            .filter(unit -> act == null || restsOn(unit, act))
                            .limit(most)
                            .toList());
        }

        private static boolean restsOn(Unit unit, ActDescription act) {
            return unit.legalBasis().stream()
                    .map(LegalAct::number)
                    .map(ActDescription::ofReference)
                    .anyMatch(act::mayBe);
        }
    }
}
