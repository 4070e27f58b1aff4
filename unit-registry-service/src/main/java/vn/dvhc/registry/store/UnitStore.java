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
import vn.dvhc.unit.UnitId;

/** The tables {@code unit_state} and {@code edge}: what follows from the log, for people and reports. */
@Singleton
public class UnitStore {

    /** The rows of a day or a correction, ready to be sent. */
    public static final class Rows {

        private final List<String> rewrittenUnits;
        private final List<String> rewrittenGivers;
        private final Object[] opened;
        private final Object[] closed;
        private final Object[] edges;

        private Rows(
                List<String> rewrittenUnits,
                List<String> rewrittenGivers,
                Object[] opened,
                Object[] closed,
                Object[] edges) {
            this.rewrittenUnits = rewrittenUnits;
            this.rewrittenGivers = rewrittenGivers;
            this.opened = opened;
            this.closed = closed;
            this.edges = edges;
        }

        /** Pure computing: may run anywhere. */
        public static Rows of(EnactedDay day) {
            return new Rows(
                    List.of(),
                    List.of(),
                    day.opened().stream().map(UnitStateRow::of).toArray(),
                    day.closed().stream().map(UnitStateRow::of).toArray(),
                    day.edges().stream()
                            .map(edge -> EdgeRow.of(day.date(), edge))
                            .toArray());
        }

        /** Pure computing: may run anywhere. */
        public static Rows of(EnactedCorrection correction) {
            return new Rows(
                    ids(correction.units()),
                    ids(correction.givers()),
                    correction.states().stream().map(UnitStateRow::of).toArray(),
                    new Object[0],
                    correction.edges().stream()
                            .map(edge -> EdgeRow.of(edge.date(), edge.edge()))
                            .toArray());
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
                .chain(() -> session.updateAll(batchSize, rows.closed))
                .chain(() -> session.insertAll(batchSize, rows.opened))
                .chain(() -> session.insertAll(batchSize, rows.edges));
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
