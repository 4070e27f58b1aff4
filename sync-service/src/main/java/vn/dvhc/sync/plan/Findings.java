package vn.dvhc.sync.plan;

import java.util.ArrayList;
import java.util.List;

/** Gathers what is wrong with a declaration, so that all of it is told at once. */
final class Findings {

    private final List<String> problems = new ArrayList<>();

    /** @param expected what is expected at the place, unless it holds */
    boolean require(boolean holds, String place, String expected) {
        if (!holds) {
            problems.add(place + ": " + expected);
        }
        return holds;
    }

    void addAll(List<String> others) {
        problems.addAll(others);
    }

    /** @throws InvalidDeclarationException if anything is wrong */
    void throwIfAny() {
        if (!problems.isEmpty()) {
            throw new InvalidDeclarationException(problems);
        }
    }
}
