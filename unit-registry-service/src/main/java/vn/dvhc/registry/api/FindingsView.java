package vn.dvhc.registry.api;

import java.util.List;
import vn.dvhc.registry.rules.Finding;

/**
 * What is found in a decision as things are scheduled now.
 *
 * @param errors how many findings stand in its way
 * @param warnings how many deserve a second look
 * @param findings errors first; at most a thousand
 */
public record FindingsView(String decision, String state, long errors, long warnings, List<Reason> findings) {

    private static final int MOST_FINDINGS = 1_000;

    static FindingsView of(String decision, String state, List<Finding> found) {
        long errors = found.stream().filter(Finding::isError).count();
        return new FindingsView(decision, state, errors, found.size() - errors, reasons(found));
    }

    static List<Reason> reasons(List<Finding> found) {
        return found.stream().limit(MOST_FINDINGS).map(Reason::of).toList();
    }
}
