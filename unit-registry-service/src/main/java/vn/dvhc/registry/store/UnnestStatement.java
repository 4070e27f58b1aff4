package vn.dvhc.registry.store;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * A statement over many rows that are sent as one array a column: some five times as fast as a statement a row, and a day
 * has tens of thousands.
 */
final class UnnestStatement<R> {

    /** Stands in the statement for the rows; they keep their order. */
    static final String ROWS = "{rows}";

    private final String sql;
    private final List<Function<R, @Nullable String>> columns;

    /**
     * @param sql reads its rows from {@link #ROWS}; their columns are text and called c0, c1, …
     * @param columns what the columns hold
     */
    @SafeVarargs
    UnnestStatement(String sql, Function<R, @Nullable String>... columns) {
        this.columns = List.of(columns);
        String parameters = names("CAST(:p", " AS text[])");
        this.sql = sql.replace(
                ROWS,
                "(SELECT * FROM unnest(" + parameters + ") WITH ORDINALITY AS u(" + names("c", "")
                        + ", place) ORDER BY place) r");
    }

    /** Rows laid out by column, ready to be sent. */
    static final class Rows {

        private final String[][] columns;
        private final int size;

        private Rows(String[][] columns, int size) {
            this.columns = columns;
            this.size = size;
        }

        int size() {
            return size;
        }
    }

    /** Pure computing: may run anywhere. */
    Rows rows(List<R> rows) {
        String[][] values = columns.stream()
                .map(column -> rows.stream().map(column).toArray(String[]::new))
                .toArray(String[][]::new);
        return new Rows(values, rows.size());
    }

    /** Sends the rows, so many at a time. */
    Uni<Void> execute(Mutiny.StatelessSession session, int batchSize, Rows rows) {
        List<Integer> starts = new ArrayList<>();
        for (int start = 0; start < rows.size; start += batchSize) {
            starts.add(start);
        }
        return Multi.createFrom()
                .iterable(starts)
                .onItem()
                .transformToUniAndConcatenate(
                        start -> execute(session, rows, start, Math.min(rows.size, start + batchSize)))
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Integer> execute(Mutiny.StatelessSession session, Rows rows, int from, int to) {
        Mutiny.Query<?> query = session.createNativeQuery(sql);
        for (int i = 0; i < rows.columns.length; i++) {
            query.setParameter("p" + i, Arrays.copyOfRange(rows.columns[i], from, to));
        }
        return query.executeUpdate().invoke(written -> {
            if (written != to - from) {
                throw new IllegalStateException(written + " rows were written instead of " + (to - from));
            }
        });
    }

    private String names(String before, String after) {
        return IntStream.range(0, columns.size())
                .mapToObj(i -> before + i + after)
                .collect(Collectors.joining(", "));
    }
}
