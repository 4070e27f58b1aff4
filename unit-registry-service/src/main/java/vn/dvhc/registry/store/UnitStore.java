package vn.dvhc.registry.store;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;
import vn.dvhc.registry.unit.EnactedCorrection;
import vn.dvhc.registry.unit.EnactedDay;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitId;

/** The tables {@code unit_state} and {@code edge}: what follows from the log, for people and reports. */
@Singleton
public class UnitStore {

    private static final UnnestStatement<UnitStateRow> OPEN = new UnnestStatement<>(
            "INSERT INTO unit_state (unit_id, valid_from, valid_to, code, level, type, name, parent_id, legal_basis)"
                    + " SELECT c0, CAST(c1 AS date), CAST(c2 AS date), c3, c4, c5, c6, c7, CAST(c8 AS text[]) FROM "
                    + UnnestStatement.ROWS,
            row -> row.unitId,
            row -> row.validFrom.toString(),
            row -> Texts.orNull(row.validTo),
            row -> row.code,
            row -> row.level,
            row -> row.type,
            row -> row.name,
            row -> row.parentId,
            row -> Texts.array(row.legalBasis));

    private static final UnnestStatement<UnitStateRow> CLOSE = new UnnestStatement<>(
            "UPDATE unit_state SET valid_to = CAST(c2 AS date) FROM " + UnnestStatement.ROWS
                    + " WHERE unit_id = c0 AND valid_from = CAST(c1 AS date)",
            row -> row.unitId,
            row -> row.validFrom.toString(),
            row -> Texts.orNull(row.validTo));

    private static final UnnestStatement<EdgeRow> PASS_ON = new UnnestStatement<>(
            "INSERT INTO edge (date, from_id, to_id, extent, portion, confidence, legal_basis, clause, note)"
                    + " SELECT CAST(c0 AS date), c1, c2, c3, c4, c5, CAST(c6 AS text[]), c7, c8 FROM "
                    + UnnestStatement.ROWS,
            row -> row.date.toString(),
            row -> row.fromId,
            row -> row.toId,
            row -> row.extent,
            row -> row.portion,
            row -> row.confidence,
            row -> Texts.array(row.legalBasis),
            row -> row.clause,
            row -> row.note);

    /** The rows of a day or a correction, ready to be sent. */
    public static final class Rows {

        private final List<String> rewrittenUnits;
        private final List<String> rewrittenGivers;
        private final UnnestStatement.Rows opened;
        private final UnnestStatement.Rows closed;
        private final UnnestStatement.Rows edges;

        private Rows(
                List<String> rewrittenUnits,
                List<String> rewrittenGivers,
                List<Unit> opened,
                List<Unit> closed,
                List<EdgeRow> edges) {
            this.rewrittenUnits = rewrittenUnits;
            this.rewrittenGivers = rewrittenGivers;
            this.opened = OPEN.rows(opened.stream().map(UnitStateRow::of).toList());
            this.closed = CLOSE.rows(closed.stream().map(UnitStateRow::of).toList());
            this.edges = PASS_ON.rows(edges);
        }

        /** Pure computing: may run anywhere. */
        public static Rows of(EnactedDay day) {
            return new Rows(
                    List.of(),
                    List.of(),
                    day.opened(),
                    day.closed(),
                    day.edges().stream()
                            .map(edge -> EdgeRow.of(day.date(), edge))
                            .toList());
        }

        /** Pure computing: may run anywhere. */
        public static Rows of(EnactedCorrection correction) {
            return new Rows(
                    ids(correction.units()),
                    ids(correction.givers()),
                    correction.states(),
                    List.of(),
                    correction.edges().stream()
                            .map(edge -> EdgeRow.of(edge.date(), edge.edge()))
                            .toList());
        }

        private static List<String> ids(Collection<UnitId> units) {
            return units.stream().map(UnitId::toString).toList();
        }
    }

    /** States that end are updated, those of a correction replaced whole, everything else is new. */
    public Uni<Void> write(Mutiny.StatelessSession session, int batchSize, Rows rows) {
        return delete(session, batchSize, "delete from UnitStateRow where unitId in :ids", rows.rewrittenUnits)
                .chain(() ->
                        delete(session, batchSize, "delete from EdgeRow where fromId in :ids", rows.rewrittenGivers))
                .chain(() -> CLOSE.execute(session, batchSize, rows.closed))
                .chain(() -> OPEN.execute(session, batchSize, rows.opened))
                .chain(() -> PASS_ON.execute(session, batchSize, rows.edges));
    }

    private static Uni<Void> delete(Mutiny.StatelessSession session, int batchSize, String hql, List<String> ids) {
        List<List<String>> batches = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += batchSize) {
            batches.add(ids.subList(from, Math.min(ids.size(), from + batchSize)));
        }
        return Multi.createFrom()
                .iterable(batches)
                .onItem()
                .transformToUniAndConcatenate(batch -> session.createMutationQuery(hql)
                        .setParameter("ids", batch)
                        .executeUpdate())
                .collect()
                .last()
                .replaceWithVoid();
    }
}
