package vn.dvhc.decision;

import java.time.LocalDate;
import java.util.List;

/**
 * A set of changes that take effect together at 00:00 Asia/Ho_Chi_Minh of a date.
 *
 * @param title a short description for people, in Vietnamese
 */
public record Decision(DecisionId id, LocalDate effectiveDate, String title, List<UnitChange> changes) {

    public Decision {
        changes = List.copyOf(changes);
    }
}
