package vn.dvhc.registry.transaction;

import java.time.LocalDate;
import java.util.List;
import vn.dvhc.registry.unit.EnactedDay;
import vn.dvhc.registry.unit.Objection;

/** What came of an attempt to enact the next day. */
public sealed interface EnactmentOutcome {

    /** The cases; lets callers switch exhaustively. */
    enum Kind {
        NOTHING_DUE,
        ENACTED,
        REFUSED
    }

    Kind kind();

    /** No scheduled day has come. */
    record NothingDue() implements EnactmentOutcome {
        @Override
        public Kind kind() {
            return Kind.NOTHING_DUE;
        }
    }

    /** The day took effect. */
    record Enacted(EnactedDay day) implements EnactmentOutcome {
        @Override
        public Kind kind() {
            return Kind.ENACTED;
        }
    }

    /** The day stays scheduled, and every later day with it. */
    record Refused(LocalDate date, List<Objection> objections) implements EnactmentOutcome {
        public Refused {
            objections = List.copyOf(objections);
        }

        @Override
        public Kind kind() {
            return Kind.REFUSED;
        }
    }
}
