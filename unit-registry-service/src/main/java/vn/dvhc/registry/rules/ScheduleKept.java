package vn.dvhc.registry.rules;

import java.util.List;
import vn.dvhc.registry.decision.Rehearsal;

/** A step that makes a scheduled day impossible is refused by day, since nobody would be there at midnight to mend it. */
public final class ScheduleKept {

    private ScheduleKept() {}

    /**
     * @param before the scheduled days as they are; one that is impossible already is not held against the step
     * @param after the same with the step
     */
    public static List<Finding> findings(Rehearsal before, Rehearsal after) {
        List<Finding> broken = after.objections().stream()
                .map(objection -> new Finding(
                        Severity.ERROR,
                        "SCHEDULED_DAY_IMPOSSIBLE",
                        objection.subject(),
                        "Một ngày đã lên lịch sẽ không thể có hiệu lực: " + objection.message(),
                        "A scheduled day could no longer take effect (" + objection.code() + ")."))
                .toList();
        return broken.isEmpty() || !before.objections().isEmpty() ? List.of() : broken;
    }
}
