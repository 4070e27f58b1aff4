package vn.dvhc.registry.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tables in few words: cells are parted by {@code |}, without quoting. */
public final class Tables {

    private Tables() {}

    public static Table of(String header, String... lines) {
        return of(header, Arrays.asList(lines));
    }

    public static Table of(String header, List<String> lines) {
        String[] columns = header.split("\\|", -1);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String[] fields = lines.get(i).split("\\|", -1);
            Map<String, String> cells = new HashMap<>();
            for (int column = 0; column < columns.length; column++) {
                cells.put(columns[column], fields[column]);
            }
            rows.add(new Row(i + 2, cells));
        }
        return new Table(rows);
    }

    /** What could be read. */
    public static <V> V read(Reading<V> reading) {
        return reading.fold(value -> value, problems -> {
            throw new AssertionError(problems.toString());
        });
    }

    /** What was wrong; empty if it could be read. */
    public static <V> List<LineProblem> problems(Reading<V> reading) {
        return reading.fold(value -> List.of(), problems -> problems);
    }
}
