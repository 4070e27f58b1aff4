package vn.dvhc.registry.store;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.Decision;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.registry.decision.DecisionSummary;
import vn.dvhc.registry.decision.Origin;
import vn.dvhc.registry.decision.RecordedDecision;
import vn.dvhc.registry.decision.State;
import vn.dvhc.registry.decision.Step;

/** The table {@code decision}. */
@Singleton
public class DecisionStore {

    private static final String SUMMARY = """
            select d.id, d.effectiveDate, d.title, d.changeCount, d.state, d.origin, d.position, d.draftedBy, d.recordedAt,
                d.approvedBy, d.approvedAt, d.inForceAt, d.version
            from DecisionRow d
            """;

    private static final String AFTER = """
            exists (select 1 from DecisionRow c where c.id = :after and (d.effectiveDate > c.effectiveDate
                or d.effectiveDate = c.effectiveDate and (coalesce(d.position, 2147483647) > coalesce(c.position, 2147483647)
                or coalesce(d.position, 2147483647) = coalesce(c.position, 2147483647) and d.id > c.id)))
            """;

    /** Filters of a page; null means any. */
    public record Query(
            @Nullable State state,
            @Nullable LocalDate date,
            @Nullable DecisionId after,
            int limit) {}

    /** Adds decisions, in batches. */
    public Uni<Void> insert(Mutiny.StatelessSession session, int batchSize, List<RecordedDecision> decisions) {
        return OffLoop.compute(
                        () -> decisions.stream().map(DecisionStore::toRow).toArray())
                .chain(rows -> session.insertAll(batchSize, rows));
    }

    /** Writes a step down; fails if somebody else has written one since the decision was read. */
    public Uni<Void> update(Mutiny.StatelessSession session, RecordedDecision decision) {
        return OffLoop.compute(() -> toRow(decision)).chain(session::update);
    }

    public Uni<Optional<RecordedDecision>> find(Mutiny.StatelessSession session, DecisionId id) {
        return session.createSelectionQuery("from DecisionRow where id = :id", DecisionRow.class)
                .setParameter("id", id.value())
                .getSingleResultOrNull()
                .chain(row -> OffLoop.compute(() -> Optional.ofNullable(row).map(DecisionStore::toDecision)));
    }

    /** A page in the order of effect. */
    public Uni<List<DecisionSummary>> list(Mutiny.StatelessSession session, Query query) {
        List<String> conditions = new ArrayList<>();
        State state = query.state();
        LocalDate date = query.date();
        DecisionId after = query.after();
        if (state != null) {
            conditions.add("d.state = :state");
        }
        if (date != null) {
            conditions.add("d.effectiveDate = :date");
        }
        if (after != null) {
            conditions.add(AFTER);
        }
        String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
        Mutiny.SelectionQuery<Object[]> selection = session.createSelectionQuery(
                        SUMMARY + where + " order by d.effectiveDate, coalesce(d.position, 2147483647), d.id",
                        Object[].class)
                .setMaxResults(query.limit());
        if (state != null) {
            selection.setParameter("state", state.label());
        }
        if (date != null) {
            selection.setParameter("date", date);
        }
        if (after != null) {
            selection.setParameter("after", after.value());
        }
        return selection
                .getResultList()
                .map(rows -> rows.stream().map(DecisionStore::toSummary).toList());
    }

    /** All decisions that wait for their day, by day and in order. */
    public Uni<NavigableMap<LocalDate, List<Decision>>> scheduled(Mutiny.StatelessSession session) {
        return session.createSelectionQuery(
                        "from DecisionRow where state = 'scheduled' order by effectiveDate, position",
                        DecisionRow.class)
                .getResultList()
                .chain(DecisionStore::byDay);
    }

    /** The decisions in force of the days after one date up to another, by day and in order. */
    public Uni<NavigableMap<LocalDate, List<Decision>>> inForce(
            Mutiny.StatelessSession session, LocalDate after, LocalDate until) {
        return session.createSelectionQuery(
                        "from DecisionRow where state = 'in_force' and effectiveDate > :after"
                                + " and effectiveDate <= :until order by effectiveDate, position",
                        DecisionRow.class)
                .setParameter("after", after)
                .setParameter("until", until)
                .getResultList()
                .chain(DecisionStore::byDay);
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
                .chain(rows -> OffLoop.compute(() ->
                        rows.stream().map(row -> toDecision(row).decision()).toList()));
    }

    /** The place behind all decisions of a date. */
    public Uni<Integer> nextPosition(Mutiny.StatelessSession session, LocalDate date) {
        return session.createSelectionQuery(
                        "select coalesce(max(position), -1) + 1 from DecisionRow where effectiveDate = :date",
                        Integer.class)
                .setParameter("date", date)
                .getSingleResult();
    }

    /** Puts the scheduled decisions of a day in force; answers how many. */
    public Uni<Integer> putInForce(Mutiny.StatelessSession session, LocalDate date, Instant at) {
        return session.createMutationQuery("update DecisionRow set state = 'in_force', inForceAt = :at,"
                        + " version = version + 1 where state = 'scheduled' and effectiveDate = :date")
                .setParameter("at", at)
                .setParameter("date", date)
                .executeUpdate();
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

    /** Ids of the decisions of a date that are in force, in order. */
    public Uni<List<DecisionId>> idsInForce(Mutiny.StatelessSession session, LocalDate date) {
        return session.createSelectionQuery(
                        "select id from DecisionRow where state = 'in_force' and effectiveDate = :date"
                                + " order by position",
                        String.class)
                .setParameter("date", date)
                .getResultList()
                .map(ids -> ids.stream().map(DecisionId::new).toList());
    }

    private static Uni<NavigableMap<LocalDate, List<Decision>>> byDay(List<DecisionRow> rows) {
        return OffLoop.compute(() -> {
            NavigableMap<LocalDate, List<Decision>> days = new TreeMap<>();
            rows.forEach(row -> days.computeIfAbsent(row.effectiveDate, date -> new ArrayList<>())
                    .add(toDecision(row).decision()));
            return days;
        });
    }

    private static DecisionRow toRow(RecordedDecision recorded) {
        Decision decision = recorded.decision();
        Step approved = recorded.approved();
        DecisionRow row = new DecisionRow();
        row.id = decision.id().value();
        row.effectiveDate = decision.effectiveDate();
        row.position = recorded.position();
        row.title = decision.title();
        row.state = recorded.state().label();
        row.origin = recorded.origin().label();
        row.changes = ChangesJson.write(decision.changes());
        row.changeCount = decision.changes().size();
        row.draftedBy = recorded.recorded().by();
        row.recordedAt = recorded.recorded().at();
        row.approvedBy = approved == null ? null : approved.by();
        row.approvedAt = approved == null ? null : approved.at();
        row.inForceAt = recorded.inForceAt();
        row.version = recorded.version();
        return row;
    }

    private static RecordedDecision toDecision(DecisionRow row) {
        return new RecordedDecision(
                new Decision(new DecisionId(row.id), row.effectiveDate, row.title, ChangesJson.read(row.changes)),
                state(row.state),
                Origin.ofLabel(row.origin),
                row.position,
                new Step(row.draftedBy, row.recordedAt),
                step(row.approvedBy, row.approvedAt),
                row.inForceAt,
                row.version);
    }

    private static DecisionSummary toSummary(Object[] columns) {
        return new DecisionSummary(
                new DecisionId((String) columns[0]),
                (LocalDate) columns[1],
                (String) columns[2],
                (Integer) columns[3],
                state((String) columns[4]),
                Origin.ofLabel((String) columns[5]),
                (Integer) columns[6],
                new Step((String) columns[7], (Instant) columns[8]),
                step((String) columns[9], (Instant) columns[10]),
                (Instant) columns[11],
                (Integer) columns[12]);
    }

    private static State state(String label) {
        return State.ofLabel(label)
                .orElseThrow(() -> new IllegalStateException("The database holds an unknown state: " + label));
    }

    private static @Nullable Step step(@Nullable String by, @Nullable Instant at) {
        return by == null || at == null ? null : new Step(by, at);
    }
}
