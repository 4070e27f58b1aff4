package vn.dvhc.gateway.redirect;

import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.Basis;
import vn.dvhc.timeline.DatedEdge;
import vn.dvhc.timeline.Lineage;
import vn.dvhc.timeline.Tenure;
import vn.dvhc.unit.Unit;

/** What became of the unit that a code meant. */
sealed interface Resolution {

    /** Calls the function of the case at hand; Java 17 has no switch over sealed types. */
    <T> T fold(
            Function<Moved, T> moved, Function<Split, T> split, Function<Ended, T> ended, Function<Unknown, T> unknown);

    /**
     * All of it is in one unit, which may be itself.
     *
     * @param old its last state under the code
     * @param now today's state of the unit
     * @param since from when on the code means it no more; null if it still does
     * @param path what was passed on, nearest reform first; empty if the unit goes on
     */
    record Moved(Unit old, Unit now, @Nullable LocalDate since, List<DatedEdge> path) implements Resolution {
        @Override
        public <T> T fold(
                Function<Moved, T> moved,
                Function<Split, T> split,
                Function<Ended, T> ended,
                Function<Unknown, T> unknown) {
            return moved.apply(this);
        }
    }

    /**
     * It went into several units, or only a part of where it went is known.
     *
     * @param choices at least one; those that are open ended on the way without known successor
     */
    record Split(Unit old, LocalDate since, List<Lineage.Reached> choices) implements Resolution {
        @Override
        public <T> T fold(
                Function<Moved, T> moved,
                Function<Split, T> split,
                Function<Ended, T> ended,
                Function<Unknown, T> unknown) {
            return split.apply(this);
        }
    }

    /**
     * It ended and nothing is known to have succeeded it.
     *
     * @param endedOn when the last that came of it ended, which may be later
     * @param basis what ended that
     */
    record Ended(Unit old, LocalDate since, LocalDate endedOn, Basis basis) implements Resolution {
        @Override
        public <T> T fold(
                Function<Moved, T> moved,
                Function<Split, T> split,
                Function<Ended, T> ended,
                Function<Unknown, T> unknown) {
            return ended.apply(this);
        }
    }

    /** Nobody bore the code on the date; tells when it was borne, nearest first. */
    record Unknown(List<Tenure> known) implements Resolution {
        @Override
        public <T> T fold(
                Function<Moved, T> moved,
                Function<Split, T> split,
                Function<Ended, T> ended,
                Function<Unknown, T> unknown) {
            return unknown.apply(this);
        }
    }
}
