package vn.dvhc.sync.database;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import vn.dvhc.sync.plan.Dataset;

/**
 * The statements for a dataset, built once from its declaration. Only identifiers that the declaration has checked become
 * part of the text; every value is bound.
 */
public final class DatasetSql {

    /** Debezium's word for a large column that an update left alone and the log therefore does not hold. */
    private static final String UNCHANGED = "__debezium_unavailable_value";

    private final Dataset dataset;

    public DatasetSql(Dataset dataset) {
        this.dataset = dataset;
    }

    /**
     * Writes versions into the copy; an older one of the same home changes nothing, and a former home's version gives way to
     * the new home's. Binds the columns, then position and end of each row, then home, epoch, and the former homes.
     */
    public String upsertReplica() {
        List<String> names = new ArrayList<>(dataset.columnNames());
        names.add("sync_position");
        names.add("ended_at");
        String set = dataset.columnNames().stream()
                .filter(column -> !column.equals(dataset.key()))
                .map(column -> column + " = " + kept("excluded." + column, column))
                .collect(Collectors.joining(", "));
        return "INSERT INTO " + dataset.replica() + " AS t (" + columns()
                + ", sync_position, ended_at, sync_home, sync_epoch, sync_applied_at)"
                + " SELECT " + casts("v")
                + ", v.sync_position::bigint, v.ended_at::timestamptz, p.home, p.epoch, clock_timestamp()"
                + " FROM " + Rows.unnest("v", names) + ", (SELECT ?::text AS home, ?::integer AS epoch) p"
                + " ON CONFLICT (" + dataset.key() + ") DO UPDATE SET " + set
                + ", sync_position = excluded.sync_position, ended_at = excluded.ended_at, sync_home = excluded.sync_home"
                + ", sync_epoch = excluded.sync_epoch, sync_applied_at = excluded.sync_applied_at"
                + " WHERE (t.sync_home = excluded.sync_home"
                + " AND (t.sync_epoch, t.sync_position) < (excluded.sync_epoch, excluded.sync_position))"
                + " OR t.sync_home = ANY (?::text[])";
    }

    /**
     * Reads the next records of an owner's table in order of key, each with the checksum of its content and the snapshot it
     * was read in. Binds the last key and the limit.
     */
    public String readBatch() {
        return "SELECT pg_current_snapshot()::text, " + hash("t") + ", " + texts("t") + " FROM " + dataset.table()
                + " t WHERE t." + dataset.key() + " > ? ORDER BY t." + dataset.key() + " LIMIT ?";
    }

    /**
     * Locks the next records that bear a vintage before a date and are not in the ledger of its enactment. Binds the last
     * key, the date twice, the dataset's name and the limit.
     */
    public String lockBatch() {
        return "SELECT " + hash("t") + ", " + texts("t") + " FROM " + dataset.table() + " t WHERE t." + dataset.key()
                + " > ? AND t." + dataset.vintage() + " < ?::date AND NOT EXISTS (SELECT 1 FROM sync.handed_over h"
                + " WHERE h.enactment = ?::date AND h.dataset = ? AND h.record_key = t." + dataset.key() + ")"
                + " ORDER BY t." + dataset.key() + " LIMIT ? FOR UPDATE OF t";
    }

    /** Locks the records of the given keys, in order of key. Binds the keys. */
    public String lockKeys() {
        return "SELECT " + hash("t") + ", " + texts("t") + " FROM " + dataset.table() + " t WHERE t." + dataset.key()
                + " = ANY (?::text[]) ORDER BY t." + dataset.key() + " FOR UPDATE OF t";
    }

    /** Inserts records that are not there yet; answers key and checksum of those it inserted. Binds the columns. */
    public String insertOwner() {
        return "INSERT INTO " + dataset.table() + " AS t (" + columns() + ") SELECT " + casts("v") + " FROM "
                + Rows.unnest("v", dataset.columnNames()) + " ON CONFLICT (" + dataset.key()
                + ") DO NOTHING RETURNING t."
                + dataset.key() + ", " + hash("t");
    }

    /** Overwrites records; answers key and checksum. Binds the columns. */
    public String updateOwner() {
        String set = dataset.columnNames().stream()
                .filter(column -> !column.equals(dataset.key()))
                .map(column -> column + " = "
                        + kept("v." + column + "::" + dataset.columns().get(column), column))
                .collect(Collectors.joining(", "));
        return "UPDATE " + dataset.table() + " t SET " + set + " FROM " + Rows.unnest("v", dataset.columnNames())
                + " WHERE t." + dataset.key() + " = v." + dataset.key() + " RETURNING t." + dataset.key() + ", "
                + hash("t");
    }

    /** Gives records another unit; answers key and checksum. Binds keys, codes and vintages. */
    public String recodeOwner() {
        return "UPDATE " + dataset.table() + " t SET " + dataset.unit() + " = v.code, " + dataset.vintage()
                + " = v.vintage::date FROM " + Rows.unnest("v", List.of("record_key", "code", "vintage")) + " WHERE t."
                + dataset.key() + " = v.record_key RETURNING t." + dataset.key() + ", " + hash("t");
    }

    /** Deletes records. Binds the keys. */
    public String deleteOwner() {
        return "DELETE FROM " + dataset.table() + " t WHERE t." + dataset.key() + " = ANY (?::text[])";
    }

    /**
     * Counts an owner's records by unit and locality, in that order. A record belongs to the unit whose code it bears at a
     * vintage in the unit's range. Binds place of the unit, code, first date and end of each range, then the limit.
     */
    public String countByLocality() {
        String locality = dataset.locality() == null ? "NULL::text" : "t." + dataset.locality();
        return "SELECT v.unit::integer, " + locality + ", count(*) FROM "
                + Rows.unnest("v", List.of("unit", "code", "since", "until")) + " JOIN " + dataset.table() + " t ON t."
                + dataset.unit() + " = v.code AND t." + dataset.vintage() + " >= v.since::date AND t."
                + dataset.vintage() + " < coalesce(v.until::date, 'infinity')" + " GROUP BY 1, 2 ORDER BY 1, 2 LIMIT ?";
    }

    /** The checksum that each of the given rows would have if it were stored. Binds the columns. */
    public String hashOfValues() {
        String typed = "SELECT "
                + dataset.columns().entrySet().stream()
                        .map(column -> "v." + column.getKey() + "::" + column.getValue() + " AS " + column.getKey())
                        .collect(Collectors.joining(", "));
        return "SELECT t." + dataset.key() + ", " + hash("t") + " FROM (" + typed + " FROM "
                + Rows.unnest("v", dataset.columnNames()) + ") t";
    }

    /** Over all columns but the unit and its vintage, so that re-coding leaves it as it is. */
    private String hash(String alias) {
        return "hashtextextended(ROW("
                + dataset.contentColumns().stream()
                        .map(column -> alias + "." + column)
                        .collect(Collectors.joining(", "))
                + ")::text, 0)";
    }

    /** The incoming value, or the present one where the log did not hold it. */
    private String kept(String incoming, String column) {
        return "text".equals(dataset.columns().get(column))
                ? "CASE WHEN " + incoming + " = '" + UNCHANGED + "' THEN t." + column + " ELSE " + incoming + " END"
                : incoming;
    }

    private String columns() {
        return String.join(", ", dataset.columnNames());
    }

    private String casts(String alias) {
        return dataset.columns().entrySet().stream()
                .map(column -> alias + "." + column.getKey() + "::" + column.getValue())
                .collect(Collectors.joining(", "));
    }

    private String texts(String alias) {
        return dataset.columnNames().stream()
                .map(column -> alias + "." + column + "::text")
                .collect(Collectors.joining(", "));
    }
}
