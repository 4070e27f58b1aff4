package vn.dvhc.registry.unit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.UnitId;

/** Whether assignments fit what the decisions of their day say. */
public final class AssignmentRules {

    private AssignmentRules() {}

    /**
     * @param timeline the register with the day of the assignments in it, even if that day is still to come
     * @param assignments all of one day
     * @param place where the caller wrote an assignment, by its index
     */
    public static List<Objection> objections(
            Timeline timeline, List<LocalityAssignment> assignments, IntFunction<String> place) {
        List<Objection> objections = new ArrayList<>();
        Map<UnitId, Split> splits = new HashMap<>();
        for (int i = 0; i < assignments.size(); i++) {
            LocalityAssignment assignment = assignments.get(i);
            Split split =
                    splits.computeIfAbsent(assignment.unit(), unit -> Split.of(timeline, unit, assignment.enactment()));
            String subject = place.apply(i);
            if (!split.known()) {
                objections.add(new Objection(
                        "UNIT_UNKNOWN", subject, "Không có đơn vị nào mang định danh " + assignment.unit() + "."));
            } else if (split.successors().isEmpty() || split.whole()) {
                objections.add(new Objection(
                        "UNIT_NOT_SPLIT",
                        subject,
                        "Đơn vị " + assignment.unit() + " không bị chia tách vào ngày " + assignment.enactment()
                                + "."));
            } else if (!split.successors().contains(assignment.successor())) {
                objections.add(new Objection(
                        "NOT_A_SUCCESSOR",
                        subject,
                        "Đơn vị " + assignment.successor() + " không tiếp nhận phần nào của " + assignment.unit()
                                + " vào ngày " + assignment.enactment() + "."));
            }
        }
        return objections;
    }
}
