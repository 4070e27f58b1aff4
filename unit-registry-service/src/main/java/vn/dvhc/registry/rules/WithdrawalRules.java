package vn.dvhc.registry.rules;

import java.util.List;
import vn.dvhc.registry.decision.Life;
import vn.dvhc.registry.decision.State;
import vn.dvhc.registry.decision.Step;

/** Who may call a decision off: its drafter at any time, an approver once it is approved. */
public final class WithdrawalRules {

    private WithdrawalRules() {}

    public static List<Finding> findings(Life.Withdrawable open, String by, boolean isApprover) {
        boolean approved = open.state() == State.APPROVED || open.state() == State.SCHEDULED;
        Step broughtIn = open.recorded().broughtIn();
        boolean own = broughtIn.kind() == Step.Kind.DRAFTED && broughtIn.by().equals(by);
        return own || isApprover && approved
                ? List.of()
                : List.of(new Finding(
                        Severity.ERROR,
                        "NOT_YOUR_DECISION",
                        open.recorded().decision().id().value(),
                        "Chỉ người soạn thảo được rút quyết định; người phê duyệt được rút khi quyết định đã được phê duyệt.",
                        "Only its drafter may withdraw a decision; an approver may once it is approved."));
    }
}
