package vn.dvhc.registry.store;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.registry.decision.DecisionSummary;
import vn.dvhc.registry.decision.Origin;
import vn.dvhc.registry.decision.State;
import vn.dvhc.unit.UnitCode;

/** Pages of decisions in the order of effect: by date, place and id; those without a place come last of their date. */
@Singleton
public class DecisionPages {

    private static final String SUMMARY = """
            select d.id, d.effectiveDate, d.title, d.changeCount, d.state, d.origin, d.position, d.draftedBy, d.recordedAt,
                d.approvedBy, d.approvedAt, d.inForceAt, d.version,
                case when exists (select 1 from HandOverPlanRow p where p.decisionId = d.id) then true else false end
            from DecisionRow d
            """;

    private static final String PLACE = "coalesce(d.position, 2147483647)";

    /**
     * Filters of a page; null means any.
     *
     * @param act the number of an act
     */
    public record Query(
            @Nullable State state,
            @Nullable LocalDate date,
            @Nullable String act,
            @Nullable UnitFilter unit,
            @Nullable DecisionId after,
            int limit) {}

    /**
     * Decisions that name one of the codes, of the dates from one to another, both inclusive; null means any time.
     */
    public record UnitFilter(
            Set<UnitCode> codes,
            @Nullable LocalDate from,
            @Nullable LocalDate to) {
        public UnitFilter {
            codes = Set.copyOf(codes);
        }
    }

    /** @param planned whether a hand-over plan is kept with it */
    public record Listed(DecisionSummary decision, boolean planned) {}

    /** The page behind the decision named by {@code after}; empty if there is no such decision. */
    public Uni<List<Listed>> list(Mutiny.StatelessSession session, Query query) {
        DecisionId after = query.after();
        if (after == null) {
            return list(session, query, null);
        }
        return session.createSelectionQuery(
                        "select d.effectiveDate, " + PLACE + ", d.id from DecisionRow d where d.id = :id",
                        Object[].class)
                .setParameter("id", after.value())
                .getSingleResultOrNull()
                .chain(cursor -> cursor == null ? Uni.createFrom().item(List.of()) : list(session, query, cursor));
    }

    private Uni<List<Listed>> list(Mutiny.StatelessSession session, Query query, Object @Nullable [] cursor) {
        List<String> conditions = new ArrayList<>();
        Map<String, Object> parameters = new LinkedHashMap<>();
        State state = query.state();
        if (state != null) {
            conditions.add("d.state = :state");
            parameters.put("state", state.label());
        }
        if (query.date() != null) {
            conditions.add("d.effectiveDate = :date");
            parameters.put("date", query.date());
        }
        if (query.act() != null) {
            conditions.add("array_intersects(d.actNumbers, :acts)");
            parameters.put("acts", new String[] {query.act()});
        }
        restrict(query.unit(), conditions, parameters);
        if (cursor != null) {
            conditions.add("(d.effectiveDate, " + PLACE + ", d.id) > (:afterDate, :afterPlace, :afterId)");
            parameters.put("afterDate", cursor[0]);
            parameters.put("afterPlace", cursor[1]);
            parameters.put("afterId", cursor[2]);
        }
        String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
        Mutiny.SelectionQuery<Object[]> selection = session.createSelectionQuery(
                        SUMMARY + where + " order by d.effectiveDate, " + PLACE + ", d.id", Object[].class)
                .setMaxResults(query.limit());
        parameters.forEach(selection::setParameter);
        return selection
                .getResultList()
                .map(rows -> rows.stream().map(DecisionPages::toListed).toList());
    }

    private static void restrict(@Nullable UnitFilter unit, List<String> conditions, Map<String, Object> parameters) {
        if (unit == null) {
            return;
        }
        conditions.add("array_intersects(d.unitCodes, :codes)");
        parameters.put("codes", Texts.codes(unit.codes()));
        if (unit.from() != null) {
            conditions.add("d.effectiveDate >= :from");
            parameters.put("from", unit.from());
        }
        if (unit.to() != null) {
            conditions.add("d.effectiveDate <= :to");
            parameters.put("to", unit.to());
        }
    }

    private static Listed toListed(Object[] columns) {
        DecisionSummary summary = new DecisionSummary(
                new DecisionId((String) columns[0]),
                (LocalDate) columns[1],
                (String) columns[2],
                (Integer) columns[3],
                DecisionRow.state((String) columns[4]),
                Origin.ofLabel((String) columns[5]),
                (Integer) columns[6],
                (String) columns[7],
                (Instant) columns[8],
                (String) columns[9],
                (Instant) columns[10],
                (Instant) columns[11],
                (Integer) columns[12]);
        return new Listed(summary, (Boolean) columns[13]);
    }
}
