package vn.dvhc.registry.store;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.registry.act.Act;
import vn.dvhc.registry.act.ActId;
import vn.dvhc.registry.act.ActMatching;

/** The tables {@code legal_act} and {@code decision_act}. */
@Singleton
public class ActStore {

    private static final String AFTER = "(number > :number or number = :number and id > :id)";

    /** Filters of a page; null means any. */
    public record Query(
            @Nullable String number,
            @Nullable String issuer,
            @Nullable Integer year,
            @Nullable ActId after,
            int limit) {}

    /** Registered acts of the given numbers, all of them with one query. */
    public Uni<List<Act>> ofNumbers(Mutiny.StatelessSession session, Collection<String> numbers) {
        return numbers.isEmpty()
                ? Uni.createFrom().item(List.of())
                : session.createSelectionQuery(
                                "from LegalActRow where number in :numbers order by number, id", LegalActRow.class)
                        .setParameter("numbers", numbers)
                        .getResultList()
                        .map(ActStore::toActs);
    }

    public Uni<Optional<Act>> find(Mutiny.StatelessSession session, ActId id) {
        return session.createSelectionQuery("from LegalActRow where id = :id", LegalActRow.class)
                .setParameter("id", id.value())
                .getSingleResultOrNull()
                .map(row -> Optional.ofNullable(row).map(LegalActRow::toAct));
    }

    /** The acts a decision rests on, by number; none before its approval. */
    public Uni<List<Act>> of(Mutiny.StatelessSession session, DecisionId decision) {
        return session.createSelectionQuery(
                        "select a from LegalActRow a join DecisionActRow d on d.actId = a.id where d.decisionId = :decision"
                                + " order by a.number, a.id",
                        LegalActRow.class)
                .setParameter("decision", decision.value())
                .getResultList()
                .map(ActStore::toActs);
    }

    /** The decisions of which the acts are registered. */
    public Uni<Set<DecisionId>> linkedDecisions(Mutiny.StatelessSession session) {
        return session.createSelectionQuery("select distinct decisionId from DecisionActRow", String.class)
                .getResultList()
                .map(ids -> ids.stream().map(DecisionId::new).collect(Collectors.toUnmodifiableSet()));
    }

    /** A page by number. */
    public Uni<List<Act>> list(Mutiny.StatelessSession session, Query query) {
        ActId after = query.after();
        return after == null
                ? list(session, query, null)
                : find(session, after)
                        .chain(cursor -> cursor.isEmpty()
                                ? Uni.createFrom().item(List.of())
                                : list(session, query, cursor.get()));
    }

    private Uni<List<Act>> list(Mutiny.StatelessSession session, Query query, @Nullable Act cursor) {
        List<String> conditions = new ArrayList<>();
        Map<String, Object> parameters = new LinkedHashMap<>();
        if (query.number() != null) {
            conditions.add("number = :wanted");
            parameters.put("wanted", query.number());
        }
        if (query.issuer() != null) {
            conditions.add("issuer = :issuer");
            parameters.put("issuer", query.issuer());
        }
        if (query.year() != null) {
            conditions.add("signedYear = :year");
            parameters.put("year", query.year());
        }
        if (cursor != null) {
            conditions.add(AFTER);
            parameters.put("number", cursor.number());
            parameters.put("id", cursor.id().value());
        }
        String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
        Mutiny.SelectionQuery<LegalActRow> selection = session.createSelectionQuery(
                        "from LegalActRow" + where + " order by number, id", LegalActRow.class)
                .setMaxResults(query.limit());
        parameters.forEach(selection::setParameter);
        return selection.getResultList().map(ActStore::toActs);
    }

    /** Registers what a matching has found, and that the decisions rest on it; the caller holds {@link RegisterLock#DECISIONS}. */
    public Uni<Void> register(
            Mutiny.StatelessSession session, int batchSize, ActMatching matching, Map<DecisionId, List<ActId>> links) {
        return session.insertAll(batchSize, rows(matching.added()))
                .chain(() -> session.updateAll(batchSize, rows(matching.completed())))
                .chain(() -> session.insertAll(
                        batchSize,
                        links.entrySet().stream()
                                .flatMap(link ->
                                        link.getValue().stream().map(act -> DecisionActRow.of(link.getKey(), act)))
                                .toArray()));
    }

    private static Object[] rows(List<Act> acts) {
        return acts.stream().map(LegalActRow::of).toArray();
    }

    private static List<Act> toActs(List<LegalActRow> rows) {
        return rows.stream().map(LegalActRow::toAct).toList();
    }
}
