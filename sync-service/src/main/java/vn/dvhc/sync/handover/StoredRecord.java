package vn.dvhc.sync.handover;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.capture.Change;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.recode.RecordUnit;
import vn.dvhc.sync.recode.Verdict;

/**
 * A record as read from an owner's table.
 *
 * @param hash checksum of its content
 * @param values its columns as text, in the dataset's order
 */
record StoredRecord(String key, RecordUnit unit, long hash, List<@Nullable String> values) {

    /** Reads a row whose columns from {@code first} on are the checksum and then the dataset's columns. */
    static StoredRecord read(Dataset dataset, ResultSet row, int first) throws SQLException {
        int width = dataset.columns().size();
        List<@Nullable String> values = new ArrayList<>(width);
        for (int i = 0; i < width; i++) {
            values.add(row.getString(first + 1 + i));
        }
        String key = Objects.requireNonNull(dataset.keyOf(values), "a primary key is not null");
        return new StoredRecord(key, Change.unit(dataset, values), row.getLong(first), values);
    }

    /** The columns as they are to be written: with the verdict's unit if the record moves. */
    static @Nullable String[] withVerdict(Dataset dataset, List<@Nullable String> values, Verdict verdict) {
        @Nullable String[] written = values.toArray(new String[0]);
        if (verdict.outcome() == Verdict.Outcome.MOVED) {
            List<String> columns = dataset.columnNames();
            written[columns.indexOf(dataset.unit())] = verdict.code();
            written[columns.indexOf(dataset.vintage().column())] = String.valueOf(verdict.vintage());
        }
        return written;
    }
}
