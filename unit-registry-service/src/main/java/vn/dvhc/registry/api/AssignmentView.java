package vn.dvhc.registry.api;

import java.util.List;
import vn.dvhc.registry.unit.LocalityAssignment;

/** A recorded assignment. */
public record AssignmentView(String enactment, String unit, String locality, String kind, String successor) {

    static AssignmentView of(LocalityAssignment assignment) {
        return new AssignmentView(
                assignment.enactment().toString(),
                assignment.unit().toString(),
                assignment.locality(),
                assignment.kind().label(),
                assignment.successor().toString());
    }

    /** All assignments of a unit, by locality. */
    public record Page(List<AssignmentView> assignments) {}

    /**
     * What came of a request.
     *
     * @param received items in the request
     * @param added those that were new
     * @param unchanged those that were known
     */
    public record Receipt(int received, int added, int unchanged) {}
}
