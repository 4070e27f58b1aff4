package vn.dvhc.registry.transaction;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;
import vn.dvhc.registry.RegistryConfig;
import vn.dvhc.registry.decision.Rehearsal;
import vn.dvhc.registry.outbox.CloudEvents;
import vn.dvhc.registry.store.AssignmentStore;
import vn.dvhc.registry.store.DecisionStore;
import vn.dvhc.registry.store.LogStore;
import vn.dvhc.registry.store.OffLoop;
import vn.dvhc.registry.store.RegisterLock;
import vn.dvhc.registry.unit.AssignmentRules;
import vn.dvhc.registry.unit.LocalityAssignment;
import vn.dvhc.registry.unit.Objection;
import vn.dvhc.registry.unit.Register;
import vn.dvhc.time.BusinessClock;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.UnitId;

/** Records which successor the localities of split units go to, and publishes what is new. All or nothing. */
@ApplicationScoped
public class AssignmentTransaction {

    private final Mutiny.SessionFactory sessions;
    private final DecisionStore decisions;
    private final AssignmentStore assignments;
    private final LogStore outbox;
    private final CloudEvents events;
    private final Register register;
    private final BusinessClock clock;
    private final RegistryConfig config;

    AssignmentTransaction(
            Mutiny.SessionFactory sessions,
            DecisionStore decisions,
            AssignmentStore assignments,
            LogStore outbox,
            CloudEvents events,
            Register register,
            BusinessClock clock,
            RegistryConfig config) {
        this.sessions = sessions;
        this.decisions = decisions;
        this.assignments = assignments;
        this.outbox = outbox;
        this.events = events;
        this.register = register;
        this.clock = clock;
        this.config = config;
    }

    /**
     * @param added assignments that were new
     * @param unchanged assignments that were known with the same successor
     * @param objections why nothing was recorded; empty if it was
     */
    public record Outcome(int added, int unchanged, List<Objection> objections) {
        public Outcome {
            objections = List.copyOf(objections);
        }

        static Outcome objected(List<Objection> objections) {
            return new Outcome(0, 0, objections);
        }
    }

    /**
     * @param requested all of one day; the day may still be to come
     * @param place where the caller wrote an assignment, by its index
     */
    public Uni<Outcome> run(
            LocalDate enactment, List<LocalityAssignment> requested, IntFunction<String> place, String by) {
        return sessions.withStatelessTransaction((session, transaction) -> RegisterLock.ASSIGNMENTS
                .take(session)
                .chain(() -> decisions.scheduled(session))
                .chain(scheduled -> OffLoop.compute(() -> {
                    Timeline timeline = new Rehearsal(register.current().timeline(), scheduled).until(enactment);
                    return AssignmentRules.objections(timeline, requested, place);
                }))
                .chain(objections -> objections.isEmpty()
                        ? record(session, requested, place, by)
                        : Uni.createFrom().item(Outcome.objected(objections))));
    }

    /** What was assigned of units, by unit and locality. */
    public Uni<List<LocalityAssignment>> of(Collection<UnitId> units) {
        return units.isEmpty()
                ? Uni.createFrom().item(List.of())
                : sessions.withStatelessSession(session -> assignments.of(session, config.batchSize(), units));
    }

    private Uni<Outcome> record(
            Mutiny.StatelessSession session, List<LocalityAssignment> requested, IntFunction<String> place, String by) {
        Set<UnitId> units =
                requested.stream().map(LocalityAssignment::unit).collect(Collectors.toCollection(LinkedHashSet::new));
        Instant now = clock.instant();
        return assignments
                .of(session, config.batchSize(), units)
                .chain(known -> OffLoop.compute(() -> compare(known, requested, place)))
                .chain(news -> news.outcome().objections().isEmpty()
                        ? OffLoop.compute(() -> events.ofAssignments(news.added(), now))
                                .chain(messages -> assignments
                                        .insert(session, config.batchSize(), news.added(), by, now)
                                        .chain(() -> outbox.publish(session, config.batchSize(), messages)))
                                .replaceWith(news.outcome())
                        : Uni.createFrom().item(news.outcome()));
    }

    /** An assignment is never turned over by a second one: that takes a correction. */
    static News compare(
            Collection<LocalityAssignment> known, List<LocalityAssignment> requested, IntFunction<String> place) {
        Map<Place, UnitId> taken = new HashMap<>();
        known.forEach(assignment -> taken.put(Place.of(assignment), assignment.successor()));
        List<LocalityAssignment> added = new ArrayList<>();
        List<Objection> objections = new ArrayList<>();
        for (int i = 0; i < requested.size(); i++) {
            LocalityAssignment assignment = requested.get(i);
            UnitId successor = taken.putIfAbsent(Place.of(assignment), assignment.successor());
            if (successor == null) {
                added.add(assignment);
            } else if (!successor.equals(assignment.successor())) {
                objections.add(new Objection(
                        "LOCALITY_ASSIGNED_ELSEWHERE",
                        place.apply(i),
                        "«" + assignment.locality() + "» của đơn vị " + assignment.unit() + " đã được giao cho "
                                + successor + "."));
            }
        }
        return new News(
                added,
                objections.isEmpty()
                        ? new Outcome(added.size(), requested.size() - added.size(), List.of())
                        : Outcome.objected(objections));
    }

    record News(List<LocalityAssignment> added, Outcome outcome) {}

    private record Place(UnitId unit, String locality) {
        static Place of(LocalityAssignment assignment) {
            return new Place(assignment.unit(), assignment.locality());
        }
    }
}
