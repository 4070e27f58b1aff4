package vn.dvhc.demo.verify;

import java.util.List;

/**
 * One claim about the end state.
 *
 * @param claim what must hold
 * @param found what was found, with figures
 * @param examples keys or answers that contradict the claim, at most ten; empty if it holds
 */
public record Check(String claim, boolean holds, String found, List<String> examples) {

    private static final int EXAMPLES = 10;

    public Check {
        examples = examples.stream().limit(EXAMPLES).toList();
    }

    public static Check of(String claim, List<String> contradictions, String found) {
        return new Check(claim, contradictions.isEmpty(), found, contradictions);
    }

    public static Check equal(String claim, long expected, long actual) {
        return new Check(
                claim,
                expected == actual,
                expected == actual ? Long.toString(actual) : actual + " instead of " + expected,
                List.of());
    }
}
