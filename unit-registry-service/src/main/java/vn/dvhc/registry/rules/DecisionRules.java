package vn.dvhc.registry.rules;

import java.time.LocalDate;
import java.util.List;
import java.util.NavigableMap;
import vn.dvhc.decision.Decision;
import vn.dvhc.registry.decision.Rehearsal;
import vn.dvhc.timeline.Refusal;
import vn.dvhc.timeline.Timeline;

/** The judgement on a decision. */
public final class DecisionRules {

    private DecisionRules() {}

    /**
     * Everything found in a decision as things are scheduled now. Of a correction only what can be told from itself is
     * judged here: whether the register takes it is seen by deriving the register again with it.
     *
     * @param register all days that took effect
     * @param scheduled the decisions of each day to come, in order, without the decision itself
     * @param today the business date
     */
    public static List<Finding> findings(
            Proposal proposal, Timeline register, NavigableMap<LocalDate, List<Decision>> scheduled, LocalDate today) {
        LocalDate date = proposal.decision().effectiveDate();
        boolean toCome = date.isAfter(today);
        return switch (proposal.kind()) {
            case CATALOGUE -> List.of();
            case CORRECTION ->
                toCome
                        ? List.of(new Finding(
                                Severity.ERROR,
                                "DATE_NOT_IN_PAST",
                                date.toString(),
                                "Quyết định đính chính phải nói về một ngày không sau hôm nay (" + today + ").",
                                "A correction must be about a day that is not after today (" + today + ")."))
                        : List.of();
            case REFORM ->
                toCome
                        ? new Rehearsal(register, scheduled)
                                .objectionsTo(proposal.decision()).stream()
                                        .map(objection -> Refusals.finding(new Refusal(
                                                Refusal.Code.valueOf(objection.code()),
                                                objection.subject(),
                                                objection.message())))
                                        .toList()
                        : List.of(new Finding(
                                Severity.ERROR,
                                "DATE_NOT_IN_FUTURE",
                                date.toString(),
                                "Ngày có hiệu lực phải sau ngày hôm nay (" + today + ").",
                                "The effective date must be after today (" + today + ")."));
        };
    }
}
