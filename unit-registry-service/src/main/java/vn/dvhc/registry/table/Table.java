package vn.dvhc.registry.table;

import java.util.List;

/** The rows of a table, in the order of the file; the header is not among them. */
public record Table(List<Row> rows) {

    public Table {
        rows = List.copyOf(rows);
    }

    /**
     * The columns a kind of table has, in any order; others are passed over.
     *
     * @param required without which the table can't be read
     * @param optional which may stay away
     */
    public record Form(List<String> required, List<String> optional) {
        public Form {
            required = List.copyOf(required);
            optional = List.copyOf(optional);
        }
    }
}
