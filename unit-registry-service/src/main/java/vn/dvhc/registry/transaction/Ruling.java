package vn.dvhc.registry.transaction;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import vn.dvhc.registry.decision.Life;
import vn.dvhc.registry.rules.Finding;

/** What came of a step in the life of a decision. */
public sealed interface Ruling {

    /** The cases; lets callers switch exhaustively. */
    enum Kind {
        ACCEPTED,
        OBJECTED,
        OUTDATED,
        OUT_OF_TURN,
        UNKNOWN
    }

    Kind kind();

    /** Calls the function of the case at hand; Java 17 has no switch over sealed types. */
    default <T> T fold(
            Function<Accepted, T> accepted,
            Function<Objected, T> objected,
            Function<Outdated, T> outdated,
            Function<OutOfTurn, T> outOfTurn,
            Supplier<T> unknown) {
        return switch (kind()) {
            case ACCEPTED -> accepted.apply((Accepted) this);
            case OBJECTED -> objected.apply((Objected) this);
            case OUTDATED -> outdated.apply((Outdated) this);
            case OUT_OF_TURN -> outOfTurn.apply((OutOfTurn) this);
            case UNKNOWN -> unknown.get();
        };
    }

    /**
     * The step was taken.
     *
     * @param findings what was found on the way: warnings, and of a draft errors too
     */
    record Accepted(Life decision, List<Finding> findings) implements Ruling {
        public Accepted {
            findings = List.copyOf(findings);
        }

        @Override
        public Kind kind() {
            return Kind.ACCEPTED;
        }
    }

    /** Nothing was changed; at least one finding is an error. */
    record Objected(List<Finding> findings) implements Ruling {
        public Objected {
            findings = List.copyOf(findings);
        }

        @Override
        public Kind kind() {
            return Kind.OBJECTED;
        }
    }

    /** Nothing was changed: somebody else took a step in between. */
    record Outdated(Life latest) implements Ruling {
        @Override
        public Kind kind() {
            return Kind.OUTDATED;
        }
    }

    /** Nothing was changed: the step does not follow the state that the decision is in. */
    record OutOfTurn(Life latest) implements Ruling {
        @Override
        public Kind kind() {
            return Kind.OUT_OF_TURN;
        }
    }

    /** There is no such decision. */
    record Unknown() implements Ruling {
        @Override
        public Kind kind() {
            return Kind.UNKNOWN;
        }
    }
}
