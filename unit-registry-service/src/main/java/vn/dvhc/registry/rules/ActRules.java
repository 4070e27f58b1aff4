package vn.dvhc.registry.rules;

import java.util.List;
import vn.dvhc.registry.act.ActMatching;

/** Whether it is told which acts a decision rests on. */
public final class ActRules {

    private ActRules() {}

    public static List<Finding> findings(ActMatching matching) {
        return matching.conflicts().stream().map(ActRules::finding).toList();
    }

    private static Finding finding(ActMatching.Conflict conflict) {
        String number = conflict.number();
        return switch (conflict.kind()) {
            case AMBIGUOUS ->
                new Finding(
                        Severity.ERROR,
                        "ACT_AMBIGUOUS",
                        number,
                        "Có nhiều văn bản cùng số " + number
                                + "; hãy nêu rõ cơ quan ban hành và ngày ký trong «acts» để phân biệt.",
                        "Several acts bear the number " + number + "; tell them apart by issuer and date in acts.");
            case DIFFERENT ->
                new Finding(
                        Severity.ERROR,
                        "ACT_DIFFERS",
                        number,
                        "Văn bản " + number + " đã được đăng ký với ngày, trích yếu hoặc mã băm khác.",
                        "The act " + number + " is registered with another date, title or hash.");
            case ISSUER_DIFFERS ->
                new Finding(
                        Severity.ERROR,
                        "ACT_ISSUER_DIFFERS",
                        number,
                        "Ký hiệu của văn bản " + number + " cho biết cơ quan ban hành khác với cơ quan đã nêu.",
                        "The symbol of the act " + number + " names another issuer than the one stated.");
        };
    }
}
