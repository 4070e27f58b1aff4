package vn.dvhc.sync.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vn.dvhc.timeline.Following;

/**
 * A kind of record and the table that holds it.
 *
 * @param owner the tier that writes it: its single writer
 * @param table {@code schema.table} in the owners' databases
 * @param key the column of the record's global key
 * @param unit the column of the unit's code
 * @param vintage the column of the date as of which the code is read
 * @param locality the column that decides a split (hamlet, street, parcel); null if there is none
 * @param follows what the records follow when a unit is split
 * @param columns every column with its PostgreSQL type, in the order of the table
 */
public record Dataset(
        String name,
        Tier owner,
        String table,
        String key,
        String unit,
        String vintage,
        @Nullable String locality,
        Following follows,
        Map<String, String> columns) {

    private static final Set<String> TYPES =
            Set.of("text", "date", "timestamptz", "numeric", "integer", "bigint", "boolean");

    private static final String IDENTIFIER = "[a-z_][a-z0-9_]{0,60}";

    /** Names become part of SQL, so nothing but plain identifiers is accepted. */
    public Dataset {
        String place = "datasets." + name;
        Require.that(name != null && name.matches(IDENTIFIER), "datasets.name", "chữ thường, số và _");
        Require.that(owner == Tier.COMMUNE || owner == Tier.PROVINCE, place + ".owner", "commune hoặc province");
        Require.that(
                table != null && table.matches(IDENTIFIER + "\\." + IDENTIFIER),
                place + ".table",
                "có dạng schema.table");
        Require.that(columns != null && !columns.isEmpty(), place + ".columns", "phải nêu các cột");
        columns.forEach((column, type) -> {
            Require.that(column.matches(IDENTIFIER), place + ".columns", "tên cột chữ thường: " + column);
            Require.that(TYPES.contains(type), place + ".columns." + column, "một trong " + TYPES);
        });
        Require.that(columns.containsKey(key), place + ".key", "là một cột");
        Require.that(columns.containsKey(unit), place + ".unit", "là một cột");
        Require.that("date".equals(columns.get(vintage)), place + ".vintage", "là một cột kiểu date");
        Require.that(locality == null || columns.containsKey(locality), place + ".locality", "là một cột");
        Require.that(follows != null, place + ".follows", "people, land hoặc everything");
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }

    /** The column names, in the order of the table. */
    public List<String> columnNames() {
        return List.copyOf(columns.keySet());
    }

    /** The columns that a re-coding leaves alone: all but unit and vintage. */
    public List<String> contentColumns() {
        List<String> content = new ArrayList<>(columns.keySet());
        content.remove(unit);
        content.remove(vintage);
        return content;
    }

    /** The table that holds copies of this dataset. */
    public String replica() {
        return "replica." + name;
    }
}
