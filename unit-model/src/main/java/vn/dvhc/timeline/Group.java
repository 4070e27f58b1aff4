package vn.dvhc.timeline;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import vn.dvhc.decision.DecisionId;

/** Messages of the log that belong together: they count all or none. */
public sealed interface Group {

    /** The kinds of group. */
    enum Kind {
        DAY,
        CORRECTION,
        NOTICE;

        /** The word used in contracts: {@code day}, {@code correction} or {@code notice}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Kind kind();

    /** When it came to be known; not to be mixed with the date on which anything takes effect. */
    Instant recordedAt();

    long firstSequence();

    /** One less than the first if the group has no message. */
    long lastSequence();

    /** Handles each case; Java 17 has no switch over sealed types. */
    <T> T fold(Function<Day, T> day, Function<Correction, T> correction, Function<Notice, T> notice);

    /**
     * All decisions of one date, enacted together.
     *
     * @param entries in order, numbered from {@code firstSequence} without a gap
     */
    record Day(LocalDate date, Instant recordedAt, long firstSequence, List<Entry> entries) implements Group {
        public Day {
            entries = numbered(entries, firstSequence);
        }

        /** The day as its enactment gave it out. */
        public static Day of(Enactment.Enacted enacted, Instant recordedAt, long firstSequence) {
            return new Day(enacted.date(), recordedAt, firstSequence, Entry.of(enacted.facts(), firstSequence));
        }

        @Override
        public Kind kind() {
            return Kind.DAY;
        }

        @Override
        public long lastSequence() {
            return firstSequence + entries.size() - 1;
        }

        @Override
        public <T> T fold(Function<Day, T> day, Function<Correction, T> correction, Function<Notice, T> notice) {
            return day.apply(this);
        }
    }

    /**
     * What one decision mends in a date that was enacted before.
     *
     * @param date the date that is mended
     * @param entries in order, numbered from {@code firstSequence} without a gap; at least one
     */
    record Correction(LocalDate date, DecisionId decision, Instant recordedAt, long firstSequence, List<Entry> entries)
            implements Group {
        public Correction {
            entries = numbered(entries, firstSequence);
            if (entries.isEmpty()) {
                throw new IllegalArgumentException("A correction mends something: " + decision);
            }
        }

        @Override
        public Kind kind() {
            return Kind.CORRECTION;
        }

        @Override
        public long lastSequence() {
            return firstSequence + entries.size() - 1;
        }

        @Override
        public <T> T fold(Function<Day, T> day, Function<Correction, T> correction, Function<Notice, T> notice) {
            return correction.apply(this);
        }
    }

    /**
     * Tells that a decision is to take effect, or no longer is. Changes no timeline.
     *
     * @param withdrawn whether a decision that was scheduled will not take effect
     */
    record Notice(
            DecisionId decision,
            LocalDate effectiveDate,
            boolean withdrawn,
            Instant recordedAt,
            long firstSequence,
            long lastSequence)
            implements Group {
        public Notice {
            if (lastSequence < firstSequence) {
                throw new IllegalArgumentException("A notice has at least one message: " + decision);
            }
        }

        @Override
        public Kind kind() {
            return Kind.NOTICE;
        }

        @Override
        public <T> T fold(Function<Day, T> day, Function<Correction, T> correction, Function<Notice, T> notice) {
            return notice.apply(this);
        }
    }

    private static List<Entry> numbered(List<Entry> entries, long firstSequence) {
        long expected = firstSequence;
        for (Entry entry : entries) {
            if (entry.sequence() != expected) {
                throw new IllegalArgumentException("Expected message " + expected + ", not " + entry.sequence());
            }
            expected++;
        }
        return List.copyOf(entries);
    }
}
