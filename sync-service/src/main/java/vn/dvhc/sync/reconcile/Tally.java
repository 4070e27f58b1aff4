package vn.dvhc.sync.reconcile;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How many differences of each kind were found, altogether or of one unit. */
final class Tally {

    private final Map<String, Tally> units = new HashMap<>();
    private long missing;
    private long extra;
    private long different;
    private long late;
    private long repaired;
    private long lacking;

    /** Counts a difference, also for its unit. */
    void count(Difference difference) {
        add(difference);
        units.computeIfAbsent(difference.unit(), unit -> new Tally()).add(difference);
    }

    private void add(Difference difference) {
        switch (difference.kind()) {
            case MISSING -> missing++;
            case EXTRA -> extra++;
            case DIFFERENT -> different++;
            case LATE -> late++;
        }
        if (difference.repair() == Difference.Repair.REPAIRED) {
            repaired++;
        } else if (difference.kind() == Difference.Kind.MISSING) {
            lacking++;
        }
    }

    /** Null if the unit has none. */
    @Nullable
    Tally ofUnit(String unit) {
        return units.get(unit);
    }

    long missing() {
        return missing;
    }

    long extra() {
        return extra;
    }

    long different() {
        return different;
    }

    long late() {
        return late;
    }

    long repaired() {
        return repaired;
    }

    /** Missing and not repaired. */
    long lacking() {
        return lacking;
    }

    /** What is still wrong. */
    long open() {
        return missing + extra + different - repaired;
    }
}
