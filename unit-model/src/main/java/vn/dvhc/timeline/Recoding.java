package vn.dvhc.timeline;

import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import vn.dvhc.decision.Basis;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitRef;

/** What becomes of a code of one date on a later date. */
public sealed interface Recoding {

    /** The kinds of answer; lets callers switch exhaustively. */
    enum Kind {
        SAME,
        ONE_SUCCESSOR,
        SPLIT,
        ENDED,
        UNKNOWN,
        AMBIGUOUS
    }

    Kind kind();

    UnitRef asked();

    /** Calls the function of the kind at hand; Java 17 has no switch over sealed types. */
    default <T> T fold(
            Function<Same, T> same,
            Function<OneSuccessor, T> oneSuccessor,
            Function<Split, T> split,
            Function<Ended, T> ended,
            Function<Unknown, T> unknown,
            Function<Ambiguous, T> ambiguous) {
        return switch (kind()) {
            case SAME -> same.apply((Same) this);
            case ONE_SUCCESSOR -> oneSuccessor.apply((OneSuccessor) this);
            case SPLIT -> split.apply((Split) this);
            case ENDED -> ended.apply((Ended) this);
            case UNKNOWN -> unknown.apply((Unknown) this);
            case AMBIGUOUS -> ambiguous.apply((Ambiguous) this);
        };
    }

    /** The unit goes on; a record keeps its code and its vintage, unless the code itself was changed. */
    record Same(UnitRef asked, Unit unit) implements Recoding {
        @Override
        public Kind kind() {
            return Kind.SAME;
        }
    }

    /** The unit ended and all of it went into one unit. */
    record OneSuccessor(UnitRef asked, Unit from, Lineage.Reached successor) implements Recoding {
        @Override
        public Kind kind() {
            return Kind.ONE_SUCCESSOR;
        }
    }

    /** The unit went into several units, or only a part of where it went is known: each record has to be decided. */
    record Split(UnitRef asked, Unit from, List<Lineage.Reached> candidates) implements Recoding {
        @Override
        public Kind kind() {
            return Kind.SPLIT;
        }
    }

    /** The unit ended and nothing is known to have succeeded it. */
    record Ended(UnitRef asked, Unit from, LocalDate endedOn, Basis endedBy) implements Recoding {
        @Override
        public Kind kind() {
            return Kind.ENDED;
        }
    }

    /**
     * No unit bore the code on that date.
     *
     * @param known when the code was or is borne, nearest in time first; empty if never
     */
    record Unknown(UnitRef asked, List<Tenure> known) implements Recoding {
        @Override
        public Kind kind() {
            return Kind.UNKNOWN;
        }
    }

    /** A bare code that several units have borne: never guessed. */
    record Ambiguous(UnitRef asked, List<Tenure> bearers) implements Recoding {
        @Override
        public Kind kind() {
            return Kind.AMBIGUOUS;
        }
    }
}
