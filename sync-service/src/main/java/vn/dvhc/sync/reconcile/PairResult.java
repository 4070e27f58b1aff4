package vn.dvhc.sync.reconcile;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the comparison of one owner's dataset with one copy came to.
 *
 * @param partial whether only some units were compared
 * @param unreadable records of the owner whose unit nobody can read: the stream refuses them
 * @param lacking missing and not repaired
 * @param notCompared columns that are not the same at both ends by declaration
 * @param ownerPosition end of the owner's log when it was read
 * @param ownerReadAt ISO instant; null if it could not be read
 */
record PairResult(
        long run,
        String dataset,
        String source,
        String copy,
        State state,
        boolean partial,
        long ownerRows,
        long copyRows,
        long unreadable,
        int units,
        long missing,
        long extra,
        long different,
        long late,
        long repaired,
        long lacking,
        List<String> notCompared,
        @Nullable Long ownerPosition,
        @Nullable String ownerReadAt,
        @Nullable String copyReadAt,
        double seconds) {

    /** How it ended. */
    enum State {
        /** Nothing differs, or no longer. */
        EQUAL,
        DIFFERENT,
        /** A database did not answer. */
        UNREACHABLE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /** A pair of which nothing is known. */
    static PairResult without(long run, String dataset, String source, String copy, State state, double seconds) {
        return new PairResult(
                run, dataset, source, copy, state, false, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, List.of(), null, null, null,
                seconds);
    }

    /** Found and not repaired. */
    long open() {
        return missing + extra + different - repaired;
    }

    /** The part of the owner's records that the copy has, 0 to 1; records that nobody can apply do not count. */
    double completeness() {
        long due = ownerRows - unreadable;
        return due <= 0 ? 1 : (double) (due - lacking) / due;
    }
}
