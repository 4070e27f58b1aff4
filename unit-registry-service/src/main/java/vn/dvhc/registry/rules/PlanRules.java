package vn.dvhc.registry.rules;

import java.util.List;
import java.util.Optional;
import vn.dvhc.registry.decision.RecordedDecision;
import vn.dvhc.registry.decision.Step;
import vn.dvhc.registry.plan.KeptPlan;

/** A decision is approved only with a plan that was made for it as it is now. */
public final class PlanRules {

    private PlanRules() {}

    /**
     * @param digest what the approver has read
     * @param kept the plan by that digest; empty if none was made for the decision
     */
    public static List<Finding> findings(RecordedDecision recorded, String digest, Optional<KeptPlan> kept) {
        if (kept.isEmpty()) {
            return List.of(Rule.PLAN_UNKNOWN.about(digest));
        }
        KeptPlan plan = kept.get();
        if (!plan.isIntact()) {
            return List.of(Rule.PLAN_NOT_INTACT.about(digest));
        }
        if (plan.version() < lastWritten(recorded)) {
            return List.of(Rule.PLAN_OF_EARLIER_DRAFT.about(digest));
        }
        return plan.plan().truncated() ? List.of(Rule.PLAN_INCOMPLETE.about(digest)) : List.of();
    }

    /** The version in which the decision got its present wording. */
    private static int lastWritten(RecordedDecision recorded) {
        int written = 0;
        for (int version = 0; version < recorded.steps().size(); version++) {
            if (recorded.steps().get(version).kind() == Step.Kind.REVISED) {
                written = version;
            }
        }
        return written;
    }
}
