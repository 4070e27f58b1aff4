package vn.dvhc.registry.decision;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import vn.dvhc.registry.unit.Objection;

/** What came of a step in the life of a decision. */
public sealed interface Ruling {

    /** Calls the function of the case at hand; Java 17 has no switch over sealed types. */
    <T> T fold(
            Function<RecordedDecision, T> accepted,
            Function<List<Objection>, T> objected,
            Function<RecordedDecision, T> outdated,
            Supplier<T> unknown);

    /** The step was taken. */
    record Accepted(RecordedDecision decision) implements Ruling {
        @Override
        public <T> T fold(
                Function<RecordedDecision, T> accepted,
                Function<List<Objection>, T> objected,
                Function<RecordedDecision, T> outdated,
                Supplier<T> unknown) {
            return accepted.apply(decision);
        }
    }

    /** Nothing was changed, for every one of these reasons. */
    record Objected(List<Objection> objections) implements Ruling {
        public Objected {
            objections = List.copyOf(objections);
        }

        @Override
        public <T> T fold(
                Function<RecordedDecision, T> accepted,
                Function<List<Objection>, T> objected,
                Function<RecordedDecision, T> outdated,
                Supplier<T> unknown) {
            return objected.apply(objections);
        }
    }

    /** Nothing was changed: somebody else took a step in between. */
    record Outdated(RecordedDecision latest) implements Ruling {
        @Override
        public <T> T fold(
                Function<RecordedDecision, T> accepted,
                Function<List<Objection>, T> objected,
                Function<RecordedDecision, T> outdated,
                Supplier<T> unknown) {
            return outdated.apply(latest);
        }
    }

    /** There is no such decision. */
    record Unknown() implements Ruling {
        @Override
        public <T> T fold(
                Function<RecordedDecision, T> accepted,
                Function<List<Objection>, T> objected,
                Function<RecordedDecision, T> outdated,
                Supplier<T> unknown) {
            return unknown.get();
        }
    }
}
