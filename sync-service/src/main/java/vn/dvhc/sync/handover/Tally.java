package vn.dvhc.sync.handover;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.recode.Verdict;
import vn.dvhc.unit.UnitId;

/** What one batch read, counted by the unit that gives. */
final class Tally {

    private final Map<String, Count> units = new HashMap<>();
    private long entered;

    /**
     * Records of one unit.
     *
     * @param kept those without a line in the ledger, since their unit goes on where they are
     */
    record Count(long read, long kept) {
        private Count plus(Count other) {
            return new Count(read + other.read, kept + other.kept);
        }
    }

    /** Counts a record that has, or will have, a line in the ledger. */
    void line(Verdict verdict) {
        units.merge(unit(verdict.from()), new Count(1, 0), Count::plus);
    }

    /** Counts records that have lines in the ledger and stand in the books by unit already. */
    void entered(long records) {
        entered += records;
    }

    /** Counts records that stay as they are. */
    void kept(Verdict verdict, long records) {
        units.merge(unit(verdict.from()), new Count(records, records), Count::plus);
    }

    /** The unit as the books name it; empty if it can't be read. */
    static String unit(@Nullable UnitId unit) {
        return unit == null ? "" : unit.toString();
    }

    /** What is not in the books yet. */
    Map<String, Count> units() {
        return Map.copyOf(units);
    }

    long read() {
        return entered + units.values().stream().mapToLong(Count::read).sum();
    }

    long kept() {
        return units.values().stream().mapToLong(Count::kept).sum();
    }
}
