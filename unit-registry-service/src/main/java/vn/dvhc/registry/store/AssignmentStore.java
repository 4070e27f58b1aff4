package vn.dvhc.registry.store;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;
import vn.dvhc.registry.unit.LocalityAssignment;
import vn.dvhc.registry.unit.LocalityKind;
import vn.dvhc.unit.UnitId;

/** The table {@code locality_assignment}. */
@Singleton
public class AssignmentStore {

    /** Adds assignments that are not there yet, in batches. */
    public Uni<Void> insert(
            Mutiny.StatelessSession session,
            int batchSize,
            List<LocalityAssignment> assignments,
            String by,
            Instant at) {
        return session.insertAll(
                batchSize,
                assignments.stream()
                        .map(assignment -> toRow(assignment, by, at))
                        .toArray());
    }

    /** All that was assigned of the given units, by unit and locality; one query for {@code batchSize} units. */
    public Uni<List<LocalityAssignment>> of(Mutiny.StatelessSession session, int batchSize, Collection<UnitId> units) {
        List<String> ids = units.stream().map(UnitId::toString).sorted().toList();
        List<List<String>> batches = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += batchSize) {
            batches.add(ids.subList(from, Math.min(ids.size(), from + batchSize)));
        }
        return Multi.createFrom()
                .iterable(batches)
                .onItem()
                .transformToUniAndConcatenate(batch -> session.createSelectionQuery(
                                "from LocalityAssignmentRow where unitId in :units order by unitId, locality",
                                LocalityAssignmentRow.class)
                        .setParameter("units", batch)
                        .getResultList())
                .collect()
                .in(ArrayList<LocalityAssignment>::new, (all, rows) -> rows.forEach(row -> all.add(toAssignment(row))))
                .map(all -> (List<LocalityAssignment>) all);
    }

    private static LocalityAssignmentRow toRow(LocalityAssignment assignment, String by, Instant at) {
        LocalityAssignmentRow row = new LocalityAssignmentRow();
        row.unitId = assignment.unit().toString();
        row.locality = assignment.locality();
        row.kind = assignment.kind().label();
        row.enactment = assignment.enactment();
        row.successorId = assignment.successor().toString();
        row.assignedBy = by;
        row.assignedAt = at;
        return row;
    }

    private static LocalityAssignment toAssignment(LocalityAssignmentRow row) {
        return new LocalityAssignment(
                row.enactment,
                UnitId.parse(row.unitId),
                row.locality,
                LocalityKind.ofLabel(row.kind),
                UnitId.parse(row.successorId));
    }
}
