package vn.dvhc.registry.rules;

import java.util.List;
import vn.dvhc.registry.decision.RecordedDecision;

/** Two persons stand for a decision: nobody approves or rejects what they wrote or handed in themselves. */
public final class SecondPerson {

    private SecondPerson() {}

    public static List<Finding> findings(RecordedDecision recorded, String approver) {
        return recorded.authors().contains(approver)
                ? List.of(new Finding(
                        Severity.ERROR,
                        "SECOND_PERSON_REQUIRED",
                        recorded.decision().id().value(),
                        "Người phê duyệt phải khác người soạn thảo, người sửa đổi và người trình quyết định.",
                        "The approver must be another person than whoever drafted, revised or submitted it."))
                : List.of();
    }
}
