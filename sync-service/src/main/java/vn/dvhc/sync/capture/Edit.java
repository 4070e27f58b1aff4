package vn.dvhc.sync.capture;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.database.DatasetSql;

/**
 * What an owner did to the columns of a dataset's journal, as the owner's log tells it: both sides come from one message, so nothing
 * depends on what a copy holds, and a re-coding is none.
 *
 * @param before the columns that differ, as text; empty for a record that begins
 * @param after the same columns; empty for one that ends
 */
public record Edit(Kind kind, Map<String, @Nullable String> before, Map<String, @Nullable String> after) {

    /** The longest text that is kept of a value, in characters. */
    public static final int LONGEST = 10_000;

    /** What was done. */
    public enum Kind {
        CREATED,
        EDITED,
        DELETED;

        /** The word for it in answers and in the database. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Edit {
        before = shortened(before);
        after = shortened(after);
    }

    /** A record that begins. */
    static Edit created(Map<String, @Nullable String> row) {
        return new Edit(Kind.CREATED, Map.of(), row);
    }

    /** A record that ends. */
    static Edit deleted(Map<String, @Nullable String> row) {
        return new Edit(Kind.DELETED, row, Map.of());
    }

    /** Empty if the two don't differ. @param after of the same columns */
    static Optional<Edit> between(Map<String, @Nullable String> before, Map<String, @Nullable String> after) {
        List<String> edited = before.keySet().stream()
                .filter(column -> !DatasetSql.UNCHANGED.equals(after.get(column))
                        && !Objects.equals(before.get(column), after.get(column)))
                .toList();
        return edited.isEmpty()
                ? Optional.empty()
                : Optional.of(new Edit(Kind.EDITED, only(before, edited), only(after, edited)));
    }

    private static Map<String, @Nullable String> only(Map<String, @Nullable String> row, List<String> columns) {
        Map<String, @Nullable String> some = new LinkedHashMap<>();
        columns.forEach(column -> some.put(column, row.get(column)));
        return some;
    }

    private static Map<String, @Nullable String> shortened(Map<String, @Nullable String> row) {
        Map<String, @Nullable String> bounded = new LinkedHashMap<>();
        row.forEach((column, value) -> bounded.put(column, value == null ? null : shortened(value)));
        return Collections.unmodifiableMap(bounded);
    }

    private static String shortened(String value) {
        if (value.length() <= LONGEST) {
            return value;
        }
        int end = Character.isHighSurrogate(value.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return value.substring(0, end) + "…";
    }
}
