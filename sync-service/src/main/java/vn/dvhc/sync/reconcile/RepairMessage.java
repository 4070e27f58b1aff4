package vn.dvhc.sync.reconcile;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.database.DatasetSql;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.plan.Treatment;

/**
 * What re-emits a record: a message as Debezium would send it for a row of a snapshot, or for its end. {@code source.snapshot} is
 * {@code repair}, and {@code source.lsn} the barrier: every change of the owner before it is contained, and every change that is not
 * contained lies behind it and wins.
 */
final class RepairMessage {

    /** The mark in {@code source.snapshot}. */
    static final String MARK = "repair";

    private final ObjectMapper json;
    private final Source home;
    private final Dataset dataset;
    private final long barrier;

    RepairMessage(ObjectMapper json, Source home, Dataset dataset, long barrier) {
        this.json = json;
        this.home = home;
        this.dataset = dataset;
        this.barrier = barrier;
    }

    /** The columns that a record's owner is asked for: what may leave it in clear. */
    static List<String> ownerColumns(Dataset dataset) {
        return dataset.storedColumns().stream()
                .filter(column -> !dataset.personal().containsKey(column))
                .toList();
    }

    /** The message's key, of the same form as Debezium's, so that it goes to the same partition. */
    String key(String recordKey) {
        ObjectNode key = json.createObjectNode();
        String[] parts = dataset.keyParts(recordKey);
        for (int i = 0; i < parts.length; i++) {
            put(key, dataset.key().get(i), parts[i]);
        }
        return key.toString();
    }

    /** The record as its owner has it; a pseudonym is left as the copy has it. */
    String present(List<@Nullable String> values) {
        ObjectNode row = row(ownerColumns(dataset), values);
        dataset.personal().forEach((column, treatment) -> {
            if (treatment == Treatment.PSEUDONYM) {
                row.put(column, DatasetSql.UNCHANGED);
            }
        });
        ObjectNode message = message("r");
        message.putNull("before");
        message.set("after", row);
        return message.toString();
    }

    /** The record's end; the columns are those of the copy, as it has them. */
    String ended(List<@Nullable String> values) {
        ObjectNode message = message("d");
        message.set("before", row(dataset.copiedColumns(), values));
        message.putNull("after");
        return message.toString();
    }

    private ObjectNode message(String operation) {
        ObjectNode message = json.createObjectNode().put("op", operation);
        String[] table = dataset.table().split("\\.", 2);
        message.putObject("source")
                .put("connector", "postgresql")
                .put("name", home.topicPrefix())
                .put("snapshot", MARK)
                .put("db", home.databaseName())
                .put("schema", table[0])
                .put("table", table[1])
                .put("lsn", barrier);
        return message;
    }

    private ObjectNode row(List<String> columns, List<@Nullable String> values) {
        ObjectNode row = json.createObjectNode();
        for (int i = 0; i < columns.size(); i++) {
            put(row, columns.get(i), values.get(i));
        }
        return row;
    }

    private void put(ObjectNode row, String column, @Nullable String value) {
        if (value == null) {
            row.putNull(column);
            return;
        }
        switch (String.valueOf(dataset.columns().get(column))) {
            case "integer", "bigint" -> row.put(column, Long.parseLong(value));
            case "boolean" -> row.put(column, value.startsWith("t"));
            case "date" -> putDate(row, column, value);
            case "timestamptz" -> row.put(column, value.replaceFirst(" ", "T").replaceFirst("\\+00$", "Z"));
            default -> row.put(column, value);
        }
    }

    private static void putDate(ObjectNode row, String column, String value) {
        try {
            row.put(column, LocalDate.parse(value).toEpochDay());
        } catch (DateTimeException beyondTheCalendar) {
            row.put(column, value); // infinity, or before Christ: the copy reads it as text.
        }
    }
}
