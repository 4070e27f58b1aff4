package vn.dvhc.registry.rules;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what the rules find, each thing once. */
final class Findings {

    private final Set<Finding> found = new LinkedHashSet<>();

    void add(Finding finding) {
        found.add(finding);
    }

    /** Errors first; otherwise in the order in which they were found. */
    List<Finding> toList() {
        List<Finding> ordered = new ArrayList<>(found);
        ordered.sort(Comparator.comparing(Finding::severity));
        return List.copyOf(ordered);
    }
}
