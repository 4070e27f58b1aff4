package vn.dvhc.registry.table;

import java.util.Map;

/**
 * A row.
 *
 * @param line of the file on which it begins, from 1; the header is on line 1
 * @param cells by column
 */
public record Row(int line, Map<String, String> cells) {

    public Row {
        cells = Map.copyOf(cells);
    }

    /** Empty if the cell is, or if the table lacks the column. */
    public String cell(String column) {
        return cells.getOrDefault(column, "");
    }
}
