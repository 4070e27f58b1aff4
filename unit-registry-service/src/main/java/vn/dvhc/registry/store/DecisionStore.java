package vn.dvhc.registry.store;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;
import vn.dvhc.decision.Decision;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.registry.decision.Dossier;
import vn.dvhc.registry.decision.Life;
import vn.dvhc.registry.decision.Step;

/** The tables {@code decision} and {@code decision_step}; {@link DecisionPages} reads lists of them. */
@Singleton
public class DecisionStore {

    /** One statement for both tables; HQL can't insert into a table with a key of two columns. */
    private static final String PUT_IN_FORCE = """
            WITH done AS (
                UPDATE decision SET state = 'in_force', in_force_at = CAST(:at AS timestamptz), version = version + 1
                WHERE state = 'scheduled' AND effective_date = :date
                RETURNING id, version)
            INSERT INTO decision_step (decision_id, number, step, taken_by, taken_at)
            SELECT id, version, CAST(:step AS text), CAST(:by AS text), CAST(:at AS timestamptz) FROM done
            """;

    /** Adds decisions with their steps, in batches. */
    public Uni<Void> insert(Mutiny.StatelessSession session, int batchSize, List<? extends Life> decisions) {
        return OffLoop.compute(() -> decisions.stream().map(DecisionRow::of).toArray())
                .chain(rows -> session.insertAll(batchSize, rows))
                .chain(() -> session.insertAll(
                        batchSize,
                        decisions.stream()
                                .flatMap(life -> DecisionStepRow.of(life.recorded(), 0).stream())
                                .toArray()));
    }

    /** Writes down what was done with a decision that {@link #lock} gave; its earlier steps stay as they are. */
    public Uni<Void> update(Mutiny.StatelessSession session, Life before, Life after) {
        int known = before.recorded().steps().size();
        return OffLoop.compute(() -> DecisionRow.of(after))
                .chain(session::update)
                .chain(() -> session.insertAll(
                        DecisionStepRow.of(after.recorded(), known).toArray()));
    }

    public Uni<Optional<Life>> find(Mutiny.StatelessSession session, DecisionId id) {
        return find(session, id, LockModeType.NONE);
    }

    /** Waits until nobody else changes the decision; nobody can until the transaction ends. */
    public Uni<Optional<Life>> lock(Mutiny.StatelessSession session, DecisionId id) {
        return find(session, id, LockModeType.PESSIMISTIC_WRITE);
    }

    private Uni<Optional<Life>> find(Mutiny.StatelessSession session, DecisionId id, LockModeType lock) {
        return session.createSelectionQuery("from DecisionRow where id = :id", DecisionRow.class)
                .setParameter("id", id.value())
                .setLockMode(lock)
                .getSingleResultOrNull()
                .chain(row -> row == null
                        ? Uni.createFrom().item(Optional.empty())
                        : steps(session, id).chain(steps -> OffLoop.compute(() -> Optional.of(row.toLife(steps)))));
    }

    private static Uni<List<Step>> steps(Mutiny.StatelessSession session, DecisionId id) {
        return session.createSelectionQuery(
                        "from DecisionStepRow where decisionId = :id order by number", DecisionStepRow.class)
                .setParameter("id", id.value())
                .getResultList()
                .map(rows -> rows.stream().map(DecisionStepRow::toStep).toList());
    }

    /** All decisions that wait for their day, by day and in order. */
    public Uni<NavigableMap<LocalDate, List<Decision>>> scheduled(Mutiny.StatelessSession session) {
        return session.createSelectionQuery(
                        "from DecisionRow where state = 'scheduled' order by effectiveDate, position",
                        DecisionRow.class)
                .getResultList()
                .chain(DecisionStore::byDay);
    }

    /** The decisions in force of the days after one date up to another, by day and in order; no corrections. */
    public Uni<NavigableMap<LocalDate, List<Decision>>> inForce(
            Mutiny.StatelessSession session, LocalDate after, LocalDate until) {
        return session.createSelectionQuery(
                        "from DecisionRow where state = 'in_force' and position is not null"
                                + " and effectiveDate > :after and effectiveDate <= :until"
                                + " order by effectiveDate, position",
                        DecisionRow.class)
                .setParameter("after", after)
                .setParameter("until", until)
                .getResultList()
                .chain(DecisionStore::byDay);
    }

    /** The corrections in force among these decisions. */
    public Uni<Map<DecisionId, Dossier>> corrections(Mutiny.StatelessSession session, Collection<DecisionId> ids) {
        return ids.isEmpty()
                ? Uni.createFrom().item(Map.of())
                : session.createSelectionQuery(
                                "from DecisionRow where state = 'in_force' and origin = 'correction' and id in :ids",
                                DecisionRow.class)
                        .setParameter("ids", ids.stream().map(DecisionId::value).toList())
                        .getResultList()
                        .chain(rows -> OffLoop.compute(() -> rows.stream()
                                .map(DecisionRow::toDossier)
                                .collect(Collectors.toMap(
                                        dossier -> dossier.decision().id(), dossier -> dossier))));
    }

    /** The first dates for which decisions are scheduled, at most two: enough to know whether another day waits. */
    public Uni<List<LocalDate>> nextDays(Mutiny.StatelessSession session) {
        return session.createSelectionQuery(
                        "select distinct effectiveDate from DecisionRow where state = 'scheduled' order by effectiveDate",
                        LocalDate.class)
                .setMaxResults(2)
                .getResultList();
    }

    /** The scheduled decisions of one day, in order. */
    public Uni<List<Decision>> scheduledOn(Mutiny.StatelessSession session, LocalDate date) {
        return session.createSelectionQuery(
                        "from DecisionRow where state = 'scheduled' and effectiveDate = :date order by position",
                        DecisionRow.class)
                .setParameter("date", date)
                .getResultList()
                .chain(rows -> OffLoop.compute(
                        () -> rows.stream().map(DecisionRow::toDecision).toList()));
    }

    /** A decision as it was after so many steps. */
    public record Version(String id, int version) {}

    /** Which decisions are scheduled for a day, in order, without what is in them. */
    public Uni<List<Version>> scheduledVersions(Mutiny.StatelessSession session, LocalDate date) {
        return session.createSelectionQuery(
                        "select id, version from DecisionRow where state = 'scheduled' and effectiveDate = :date"
                                + " order by position",
                        Version.class)
                .setParameter("date", date)
                .getResultList();
    }

    /** The place behind all decisions of a date. */
    public Uni<Integer> nextPosition(Mutiny.StatelessSession session, LocalDate date) {
        return session.createSelectionQuery(
                        "select coalesce(max(position), -1) + 1 from DecisionRow where effectiveDate = :date",
                        Integer.class)
                .setParameter("date", date)
                .getSingleResult();
    }

    /** Puts the scheduled decisions of a day in force, each with the step that says so. */
    public Uni<Void> putInForce(Mutiny.StatelessSession session, LocalDate date, Instant at) {
        return session.createNativeQuery(PUT_IN_FORCE)
                .setParameter("at", at)
                .setParameter("date", date)
                .setParameter("step", Step.Kind.ENACTED.label())
                .setParameter("by", Step.MIDNIGHT)
                .executeUpdate()
                .replaceWithVoid();
    }

    /** Ids of all decisions that came from the catalogue. */
    public Uni<Set<DecisionId>> catalogueIds(Mutiny.StatelessSession session) {
        return session.createSelectionQuery("select id from DecisionRow where origin = 'catalogue'", String.class)
                .getResultList()
                .map(ids -> {
                    Set<DecisionId> known = new HashSet<>();
                    ids.forEach(id -> known.add(new DecisionId(id)));
                    return known;
                });
    }

    /** Ids of the decisions of a date that are in force, in order; corrections have no part in it. */
    public Uni<List<DecisionId>> idsInForce(Mutiny.StatelessSession session, LocalDate date) {
        return session.createSelectionQuery(
                        "select id from DecisionRow where state = 'in_force' and effectiveDate = :date"
                                + " and position is not null order by position",
                        String.class)
                .setParameter("date", date)
                .getResultList()
                .map(ids -> ids.stream().map(DecisionId::new).toList());
    }

    private static Uni<NavigableMap<LocalDate, List<Decision>>> byDay(List<DecisionRow> rows) {
        return OffLoop.compute(() -> {
            NavigableMap<LocalDate, List<Decision>> days = new TreeMap<>();
            rows.forEach(row -> days.computeIfAbsent(row.effectiveDate, date -> new ArrayList<>())
                    .add(row.toDecision()));
            return days;
        });
    }
}
