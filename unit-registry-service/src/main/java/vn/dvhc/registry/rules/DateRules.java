package vn.dvhc.registry.rules;

import java.time.LocalDate;
import vn.dvhc.timeline.Timeline;

/** Which day a decision may take effect on. */
final class DateRules {

    private DateRules() {}

    static void check(Proposal proposal, Timeline register, LocalDate today, Findings found) {
        LocalDate date = proposal.decision().effectiveDate();
        switch (proposal.kind()) {
            case REFORM -> {
                if (!date.isAfter(today)) {
                    found.add(Rule.DATE_NOT_IN_FUTURE.about(date, today));
                }
            }
            case CORRECTION -> {
                LocalDate last = register.lastDay().orElse(LocalDate.MIN);
                if (date.isAfter(last)) {
                    found.add(Rule.CORRECTION_OF_A_DAY_TO_COME.about(date, last));
                }
            }
            case CATALOGUE -> {}
        }
    }
}
