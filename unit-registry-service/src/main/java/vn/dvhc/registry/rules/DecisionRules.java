package vn.dvhc.registry.rules;

import java.time.LocalDate;
import java.util.List;
import java.util.NavigableMap;
import vn.dvhc.decision.Decision;
import vn.dvhc.timeline.Timeline;

/** The judgement on a decision. */
public final class DecisionRules {

    private DecisionRules() {}

    /**
     * Everything found in a decision as things are scheduled now; errors come first. Its day is judged with all decisions
     * of that day in it, after the days before it and with a look at the days behind it.
     *
     * <p>Of a correction only what can be told from itself is judged here (its day, words, acts and portions): whether the
     * register takes it is seen by deriving the register again with it.
     *
     * @param register all days that took effect
     * @param scheduled the decisions of each day to come, in order; may hold the decision itself
     * @param today the business date
     */
    public static List<Finding> findings(
            Proposal proposal, Timeline register, NavigableMap<LocalDate, List<Decision>> scheduled, LocalDate today) {
        Findings found = new Findings();
        DateRules.check(proposal, register, today, found);
        BasisRules.check(proposal, found);
        WordingRules.check(proposal, found);
        if (proposal.kind() == Proposal.Kind.CORRECTION) {
            SuccessionRules.checkWords(proposal, found);
        } else {
            ScheduleRules.check(proposal, register, scheduled, found).ifPresent(day -> {
                SuccessionRules.check(proposal, day, found);
                CodeRules.check(proposal, day, found);
                ChangeRules.check(proposal, day, found);
                NameRules.check(proposal, day, found);
            });
        }
        return found.toList();
    }
}
