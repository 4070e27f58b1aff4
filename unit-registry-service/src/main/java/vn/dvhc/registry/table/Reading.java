package vn.dvhc.registry.table;

import java.util.List;
import java.util.function.Function;

/** What came of reading a table: a value, or every problem. */
public sealed interface Reading<V> {

    /** Calls the function of the case at hand; Java 17 has no switch over sealed types. */
    <T> T fold(Function<V, T> read, Function<List<LineProblem>, T> unreadable);

    /** Reads on with what was read. */
    default <W> Reading<W> then(Function<V, Reading<W>> next) {
        return fold(next, Unreadable::new);
    }

    /** @param problems empty if it could be read */
    static <V> Reading<V> of(V value, List<LineProblem> problems) {
        return problems.isEmpty() ? new Read<>(value) : new Unreadable<>(problems);
    }

    record Read<V>(V value) implements Reading<V> {
        @Override
        public <T> T fold(Function<V, T> read, Function<List<LineProblem>, T> unreadable) {
            return read.apply(value);
        }
    }

    /** @param problems at least one */
    record Unreadable<V>(List<LineProblem> problems) implements Reading<V> {
        public Unreadable {
            problems = List.copyOf(problems);
        }

        @Override
        public <T> T fold(Function<V, T> read, Function<List<LineProblem>, T> unreadable) {
            return unreadable.apply(problems);
        }
    }
}
