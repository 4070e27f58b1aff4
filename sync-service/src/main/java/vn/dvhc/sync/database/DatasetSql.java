package vn.dvhc.sync.database;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Source;

/**
 * The statements for a dataset, built once from its declaration. Only identifiers that the declaration has checked become
 * part of the text; every value is bound.
 */
public final class DatasetSql {

    /** Debezium's word for a large column that an update left alone and the log therefore does not hold. */
    public static final String UNCHANGED = "__debezium_unavailable_value";

    private final Dataset dataset;

    public DatasetSql(Dataset dataset) {
        this.dataset = dataset;
    }

    /**
     * Writes versions into the copy; an older one of the same home changes nothing, and a former home's version gives way to
     * the new home's. A row of a snapshot bears its position negated: it gives way to every change that the log holds of it, since a
     * transaction that was open while the snapshot was taken wrote its changes at earlier positions. Binds the copied columns, then position and end of each row, then home, epoch, and the former homes.
     */
    public String upsertReplica() {
        List<String> copied = dataset.copiedColumns();
        List<String> names = new ArrayList<>(copied);
        names.add("sync_position");
        names.add("ended_at");
        String set = copied.stream()
                .filter(column -> !dataset.key().contains(column))
                .map(column -> column + " = " + kept("excluded." + column, column))
                .collect(Collectors.joining(", "));
        return "INSERT INTO " + dataset.replica() + " AS t (" + String.join(", ", copied)
                + ", sync_position, ended_at, sync_home, sync_epoch, sync_applied_at)"
                + " SELECT " + casts("v", copied)
                + ", v.sync_position::bigint, v.ended_at::timestamptz, p.home, p.epoch, clock_timestamp()"
                + " FROM " + Rows.unnest("v", names) + ", (SELECT ?::text AS home, ?::integer AS epoch) p"
                + " ON CONFLICT (" + keyColumns("") + ") DO UPDATE SET " + set
                + ", sync_position = CASE WHEN excluded.sync_position < 0 AND t.sync_home = excluded.sync_home"
                + " AND t.sync_epoch = excluded.sync_epoch THEN t.sync_position ELSE excluded.sync_position END"
                + ", ended_at = excluded.ended_at, sync_home = excluded.sync_home"
                + ", sync_epoch = excluded.sync_epoch, sync_applied_at = excluded.sync_applied_at"
                + " WHERE (t.sync_home = excluded.sync_home"
                + " AND (t.sync_epoch, t.sync_position) < (excluded.sync_epoch, abs(excluded.sync_position)))"
                + " OR t.sync_home = ANY (?::text[])";
    }

    /** Like {@link #upsertReplica}; answers the keys of the versions that were written. */
    public String upsertReplicaAndTell() {
        return upsertReplica() + " RETURNING " + keyText("t");
    }

    /**
     * Adds lines to the journal of edits; one that is there already stays as it is. A record that begins is none where the copy has it from
     * a former home: it has moved. Binds {@link #editColumns}, then dataset, home, epoch and the former homes; to be run before the copy
     * is written.
     */
    public String enterEdits() {
        return "INSERT INTO sync.record_edit (dataset, record_key, source, epoch, position, kind, transaction, unit_code,"
                + " unit_vintage, before, after, late, committed_at) SELECT p.dataset, v.sync_key, p.source, p.epoch,"
                + " v.sync_position::bigint, v.sync_kind, v.sync_transaction::bigint, v.sync_code, v.sync_vintage,"
                + " v.sync_before::json, v.sync_after::json, v.sync_late::boolean,"
                + " coalesce(v.sync_committed_at::timestamptz, clock_timestamp()) FROM "
                + Rows.unnest("v", editColumns())
                + ", (SELECT ?::text AS dataset, ?::text AS source, ?::integer AS epoch) p"
                + " WHERE v.sync_kind <> 'created' OR NOT EXISTS (SELECT 1 FROM " + dataset.replica() + " t WHERE "
                + sameKey() + " AND t.ended_at IS NULL AND t.sync_home = ANY (?::text[])) ON CONFLICT DO NOTHING";
    }

    /** The columns of the key, then what a line of the journal holds. */
    public List<String> editColumns() {
        List<String> names = new ArrayList<>(dataset.key());
        names.addAll(List.of(
                "sync_key",
                "sync_position",
                "sync_kind",
                "sync_transaction",
                "sync_code",
                "sync_vintage",
                "sync_before",
                "sync_after",
                "sync_late",
                "sync_committed_at"));
        return names;
    }

    /**
     * Reads the next records of an owner's table in order of key, each with the checksum of its content and the snapshot it
     * was read in. Binds the values of the range, then the limit.
     */
    public String readBatch(KeyRange range) {
        return "SELECT pg_current_snapshot()::text, " + hash("t") + ", " + texts("t") + " FROM " + dataset.table()
                + " t WHERE " + within(range) + " ORDER BY " + keyColumns("t.") + " LIMIT ?";
    }

    /** Reads one key of a range, counted from its beginning. Binds the values of the range, then how many come before it. */
    public String keyWithin(KeyRange range) {
        return "SELECT " + keyText("t") + " FROM " + dataset.table() + " t WHERE " + within(range) + " ORDER BY "
                + keyColumns("t.") + " OFFSET ? LIMIT 1";
    }

    /** Counts the records of a range. Binds the values of the range. */
    public String count(KeyRange range) {
        return "SELECT count(*) FROM " + dataset.table() + " t WHERE " + within(range);
    }

    /**
     * Counts the records of a range that bear a vintage before a date, or none, and are not in the ledger of an enactment, by code and
     * vintage. Binds the values of the range, the date and {@link #ledger}.
     */
    public String countByUnit(KeyRange range) {
        return "SELECT t." + dataset.unit() + ", t." + vintage() + "::text, count(*) FROM " + dataset.table()
                + " t WHERE " + within(range) + " AND " + notFrom() + " AND " + notInLedger() + " GROUP BY 1, 2";
    }

    /** Counts the records of the table that bear a vintage before a date, by code and vintage; workers may share in it. Binds the date. */
    public String countAllByUnit() {
        return "SELECT t." + dataset.unit() + ", t." + vintage() + "::text, count(*) FROM " + dataset.table()
                + " t WHERE t." + vintage() + " < ?::date GROUP BY t." + dataset.unit() + ", t." + vintage();
    }

    /**
     * Locks the records of a range that bear a vintage before a date, or none, and are not in the ledger of an enactment, in order of key.
     * Binds the values of the range, the date, and {@link #ledger}.
     */
    public String lockBefore(KeyRange range) {
        return "SELECT " + hash("t") + ", " + texts("t") + " FROM " + dataset.table() + " t WHERE " + within(range)
                + " AND " + notFrom() + " AND " + notInLedger() + " ORDER BY " + keyColumns("t.") + " FOR UPDATE OF t";
    }

    /**
     * Locks the records of a range that bear some units and are not in the ledger of an enactment. Binds the codes and vintages of the
     * units, the values of the range, and {@link #ledger}.
     */
    public String lockUnits(KeyRange range) {
        return "SELECT " + hash("t") + ", " + texts("t") + " FROM " + dataset.table() + " t JOIN "
                + Rows.unnest("v", List.of("code", "vintage"))
                // Hashed by the first; null and empty are two codes, or a record of either would be read twice.
                + " ON coalesce(t." + dataset.unit() + ", '') = coalesce(v.code, '') AND (t." + dataset.unit()
                + " IS NULL) = (v.code IS NULL) AND t." + vintage() + " IS NOT DISTINCT FROM v.vintage::date WHERE "
                + within(range) + " AND " + notInLedger() + " ORDER BY " + keyColumns("t.") + " FOR UPDATE OF t";
    }

    /**
     * Gives the records of a range that bear units of {@code sync.handover_whole_unit}, and are not in the ledger of an enactment, others;
     * answers key, checksum after and before, code and vintage before, and what is carried with each unit. For PostgreSQL 18 and later. Binds the part that the units
     * are of, then the values of the range, and {@link #ledger}.
     */
    public String recodeUnits(KeyRange range, List<String> carried) {
        return "UPDATE " + dataset.table() + " AS t SET " + dataset.unit() + " = v.to_code, " + vintage()
                + " = v.to_vintage FROM sync.handover_whole_unit v WHERE v.enactment = ?::date AND v.dataset = ?"
                + " AND v.from_home = ? AND t." + dataset.unit() + " = v.code AND t." + vintage()
                + " = v.vintage AND " + within(range) + " AND " + notInLedger()
                + " RETURNING WITH (OLD AS o, NEW AS n) " + keyText("n") + " AS record_key, " + hash("n")
                // Nobody else's trigger has changed the content, as a rule: then it is hashed once.
                + " AS in_hash, CASE WHEN " + content("o") + " IS DISTINCT FROM " + content("n") + " THEN " + hash("o")
                + " END AS former_hash, v.code AS from_code, v.vintage::text AS from_vintage, "
                + carried.stream().map(name -> "v." + name).collect(Collectors.joining(", "));
    }

    /**
     * Reads the keys, in their order as text, of records that bear some codes with a vintage before a date and that an enactment has not seen.
     * Binds the codes, the date, the key to go on after, the enactment, the dataset's name, and how many.
     */
    public String keysLeft() {
        return "SELECT " + keyText("t") + " COLLATE \"C\" FROM " + dataset.table() + " t WHERE t." + dataset.unit()
                + " = ANY (?::text[]) AND t."
                + vintage() + " < ?::date AND " + keyText("t")
                + " COLLATE \"C\" > ? AND NOT EXISTS (SELECT 1 FROM sync.handed_over h WHERE h.enactment = ?::date"
                + " AND h.dataset = ? AND h.record_key = " + keyText("t") + ") ORDER BY 1 LIMIT ?";
    }

    /** A record without vintage can't be read, which has to be told: only what bears the date or a later one is left out. */
    private String notFrom() {
        return "(t." + vintage() + " >= ?::date) IS NOT TRUE";
    }

    /** What the statements bind that leave out records in the ledger of an enactment. */
    public Object[] ledger(LocalDate enactment) {
        String day = enactment.toString();
        return new Object[] {day, day, dataset.name(), day, dataset.name()};
    }

    /**
     * A batch that re-codes whole units in place finds no lines of its own. Only while there are others, of late changes, of other homes or of
     * records that were refused, is each record looked up by its key: the offset keeps that from becoming a join, for which the ledger of a
     * day that has just begun is taken to be empty and read whole each time. Whether there are others is asked for the last day of a range of one:
     * that is looked up in their index, while for any one of them the whole ledger might be read, since statistics can't tell that
     * homes seldom differ.
     */
    private String notInLedger() {
        return "((SELECT max(o.enactment) FROM sync.handed_over o WHERE o.enactment BETWEEN ?::date AND ?::date AND o.dataset = ?"
                + " AND (o.late OR o.from_home <> o.to_home OR o.outcome = 'rejected')) IS NULL"
                + " OR NOT EXISTS (SELECT 1 FROM sync.handed_over h WHERE h.enactment = ?::date AND h.dataset = ?"
                + " AND h.record_key = " + keyText("t") + " OFFSET 0))";
    }

    private String within(KeyRange range) {
        String bound = "("
                + dataset.key().stream()
                        .map(column -> "?::" + dataset.columns().get(column))
                        .collect(Collectors.joining(", "))
                + ")";
        String key = "(" + keyColumns("t.") + ")";
        return (range.after().isEmpty() ? "true" : key + " > " + bound)
                + (range.upTo().isEmpty() ? "" : " AND " + key + " <= " + bound);
    }

    /** Locks the records of the given keys, in order of key. Binds {@link #keys}. */
    public String lockKeys() {
        return readKeys() + " FOR UPDATE OF t";
    }

    /** Reads the records of the given keys, in order of key. Binds {@link #keys}. */
    public String readKeys() {
        return "SELECT " + hash("t") + ", " + texts("t") + " FROM " + Rows.unnest("v", dataset.key()) + " JOIN "
                + dataset.table() + " t ON " + sameKey() + " ORDER BY " + keyColumns("t.");
    }

    /**
     * Reads what tells where records are: key, code, vintage, address (null if none is declared), then the localities. Binds
     * {@link #keys}.
     */
    public String readPlaces() {
        String address = dataset.split().address();
        return "SELECT " + keyText("t") + ", t." + dataset.unit() + ", t." + vintage() + "::text, "
                + (address == null ? "NULL::text" : "t." + address)
                + dataset.locality().stream().map(column -> ", t." + column).collect(Collectors.joining()) + " FROM "
                + Rows.unnest("v", dataset.key()) + " JOIN " + dataset.table() + " t ON " + sameKey();
    }

    /** Keys as the statements want them bound: by their columns. */
    public Rows keys(List<String> recordKeys) {
        Rows rows = new Rows(dataset.key().size());
        recordKeys.forEach(key -> rows.add(dataset.keyParts(key)));
        return rows;
    }

    /** Inserts records that are not there yet; answers key and checksum of those it inserted. Binds the columns. */
    public String insertOwner() {
        return "INSERT INTO " + dataset.table() + " AS t (" + String.join(", ", dataset.columnNames()) + ") SELECT "
                + casts("v", dataset.columnNames()) + " FROM " + Rows.unnest("v", dataset.columnNames())
                + " ON CONFLICT (" + keyColumns("") + ") DO NOTHING RETURNING " + keyText("t") + ", " + hash("t");
    }

    /** Overwrites records; answers key and checksum. Binds the columns. */
    public String updateOwner() {
        String set = dataset.columnNames().stream()
                .filter(column -> !dataset.key().contains(column))
                .map(column -> column + " = "
                        + kept("v." + column + "::" + dataset.columns().get(column), column))
                .collect(Collectors.joining(", "));
        return "UPDATE " + dataset.table() + " t SET " + set + " FROM " + Rows.unnest("v", dataset.columnNames())
                + " WHERE " + sameKey() + " RETURNING " + keyText("t") + ", " + hash("t");
    }

    /** Gives records another unit; answers key and checksum. Binds the columns of the keys, then codes and vintages. */
    public String recodeOwner() {
        List<String> names = new ArrayList<>(dataset.key());
        names.add("sync_code");
        names.add("sync_vintage");
        return "UPDATE " + dataset.table() + " t SET " + dataset.unit() + " = v.sync_code, " + vintage()
                + " = v.sync_vintage::date FROM " + Rows.unnest("v", names) + " WHERE " + sameKey() + " RETURNING "
                + keyText("t") + ", " + hash("t");
    }

    /**
     * Corrects columns of records that still bear what is wrong; answers the keys of those. Binds the columns of the keys, then of each
     * corrected column what is right and what is wrong.
     */
    public String correctOwner(List<String> corrected) {
        List<String> names = new ArrayList<>(dataset.key());
        corrected.forEach(column -> names.addAll(List.of("right_" + column, "wrong_" + column)));
        String set = corrected.stream()
                .map(column -> column + " = v.right_" + column + "::"
                        + dataset.columns().get(column))
                .collect(Collectors.joining(", "));
        String still = corrected.stream()
                .map(column -> "t." + column + " IS NOT DISTINCT FROM v.wrong_" + column + "::"
                        + dataset.columns().get(column))
                .collect(Collectors.joining(" AND "));
        return "UPDATE " + dataset.table() + " t SET " + set + " FROM " + Rows.unnest("v", names) + " WHERE "
                + sameKey() + " AND " + still + " RETURNING " + keyText("t");
    }

    /**
     * Reads what any tier may see of an owner's records: their keys, the open columns as text, and all of these as one JSON. Binds
     * {@link #keys}.
     */
    public String readOpen() {
        return "SELECT " + keyText("t") + ", "
                + dataset.openColumns().stream()
                        .map(column -> "t." + column + "::text")
                        .collect(Collectors.joining(", "))
                + ", " + open("t") + "::text FROM " + Rows.unnest("v", dataset.key()) + " JOIN " + dataset.table()
                + " t ON "
                + sameKey();
    }

    /**
     * Reads code, vintage, home, position, time of writing and end of copies. Binds {@link #keys}.
     */
    public String readCopies() {
        return "SELECT t." + dataset.unit() + ", t." + vintage()
                + "::text, t.sync_home, t.sync_position, t.sync_applied_at, t.ended_at FROM "
                + Rows.unnest("v", dataset.key()) + " JOIN " + dataset.replica() + " t ON " + sameKey();
    }

    /** Locks a record of an owner and reads it as JSON. Binds {@link #keys} of one. */
    public String lockOpen() {
        return "SELECT " + open("t") + "::text FROM " + Rows.unnest("v", dataset.key()) + " JOIN " + dataset.table()
                + " t ON " + sameKey() + " FOR UPDATE OF t";
    }

    /** Overwrites the open columns of an owner's record. Binds the columns of its version's JSON. */
    public String updateOpen() {
        String set = dataset.openColumns().stream()
                .filter(column -> !dataset.key().contains(column))
                .map(column -> column + " = v." + column)
                .collect(Collectors.joining(", "));
        return "UPDATE " + dataset.table() + " t SET " + set + " FROM " + ofJson("v") + " WHERE "
                + dataset.key().stream()
                        .map(column -> "t." + column + " = v." + column)
                        .collect(Collectors.joining(" AND "));
    }

    /** Inserts an owner's record with its open columns. Binds its version's JSON. */
    public String insertOpen() {
        String open = String.join(", ", dataset.openColumns());
        return "INSERT INTO " + dataset.table() + " (" + open + ") SELECT " + open + " FROM " + ofJson("v");
    }

    /** The texts of a version's columns, in the dataset's order. Binds its JSON. */
    public String textsOfJson() {
        return "SELECT "
                + dataset.columnNames().stream()
                        .map(column -> "v.version ->> '" + column + "'")
                        .collect(Collectors.joining(", "))
                + " FROM (SELECT ?::jsonb AS version) v";
    }

    /** A version of a copy's row, as it was caught, as JSON of the open columns only. */
    public String openOfCaught(String caught) {
        return "CASE WHEN " + caught + " IS NOT NULL THEN (SELECT to_jsonb(o) FROM (SELECT "
                + dataset.openColumns().stream()
                        .map(column -> "(" + caught + " ->> '" + column + "')::"
                                + dataset.columns().get(column) + " AS " + column)
                        .collect(Collectors.joining(", "))
                + ") o) END";
    }

    /** Locks copies and reads each whole, as JSON. Binds {@link #keys}. */
    public String lockCopies() {
        return "SELECT " + keyText("t") + ", to_jsonb(t)::text FROM " + Rows.unnest("v", dataset.key()) + " JOIN "
                + dataset.replica() + " t ON " + sameKey() + " ORDER BY " + keyColumns("t.") + " FOR UPDATE OF t";
    }

    /** Takes copies away. Binds {@link #keys}. */
    public String deleteCopies() {
        return "DELETE FROM " + dataset.replica() + " t USING " + Rows.unnest("v", dataset.key()) + " WHERE "
                + sameKey();
    }

    /** Puts copies back as they were caught. Binds an array of JSON. */
    public String restoreCopies() {
        return "INSERT INTO " + dataset.replica() + " SELECT (jsonb_populate_record(NULL::" + dataset.replica()
                + ", caught::jsonb)).* FROM unnest(?::text[]) AS c(caught) ON CONFLICT DO NOTHING";
    }

    /**
     * Enters the versions among those given whose key an owner that is not in the way of homes holds already. Binds the copied columns,
     * position and end of each row, then the dataset's name and the home, then all homes that are no strangers.
     */
    public String enterCollisions() {
        List<String> names = new ArrayList<>(dataset.copiedColumns());
        names.add("sync_position");
        names.add("ended_at");
        return "INSERT INTO sync.conflict (kind, dataset, record_key, cause, owner, other, owner_version, other_version,"
                + " other_position) SELECT 'key-collision', p.dataset, " + keyText("t")
                + ", 'Hai nguồn cùng ghi một khoá hồ sơ.', t.sync_home, p.home, " + open("t") + ", " + open("v")
                + ", abs(v.sync_position::bigint) FROM " + Rows.unnest("v", names) + " JOIN " + dataset.replica()
                + " t ON " + sameKey() + ", (SELECT ?::text AS dataset, ?::text AS home) p"
                + " WHERE v.ended_at IS NULL AND t.sync_home <> ALL (?::text[])"
                + " ON CONFLICT (dataset, record_key, owner, other) WHERE kind = 'key-collision' AND state = 'open'"
                + " DO UPDATE SET other_version = excluded.other_version, other_position = excluded.other_position,"
                + " detected_at = clock_timestamp()";
    }

    /**
     * Enters a late change. Binds topic, partition, offset, dataset, key, cause, owner, former home, position and whether it is a
     * deletion, then the columns of the change.
     */
    public String enterLateChange() {
        return "INSERT INTO sync.conflict (kind, topic, partition, kafka_offset, dataset, record_key, cause, owner, other,"
                + " other_position, owner_version, other_version) SELECT 'late-change', p.*, (SELECT " + open("t")
                + " FROM "
                + dataset.table() + " t WHERE " + sameKey() + "), CASE WHEN NOT d.deleted THEN " + open("v")
                + " END FROM (SELECT ?::text, ?::integer, ?::bigint, ?::text, ?::text, ?::text, ?::text, ?::text, ?::bigint) p,"
                + " (SELECT ?::boolean AS deleted) d, " + Rows.unnest("v", dataset.columnNames())
                + " ON CONFLICT (topic, partition, kafka_offset, kind) DO NOTHING";
    }

    private String open(String alias) {
        return "(SELECT to_jsonb(o) FROM (SELECT "
                + dataset.openColumns().stream()
                        .map(column ->
                                alias + "." + column + "::" + dataset.columns().get(column) + " AS " + column)
                        .collect(Collectors.joining(", "))
                + ") o)";
    }

    private String ofJson(String alias) {
        return "jsonb_to_record(?::jsonb) AS " + alias + "("
                + dataset.openColumns().stream()
                        .map(column -> column + " " + dataset.columns().get(column))
                        .collect(Collectors.joining(", "))
                + ")";
    }

    /** Deletes records. Binds {@link #keys}. */
    public String deleteOwner() {
        return "DELETE FROM " + dataset.table() + " t USING " + Rows.unnest("v", dataset.key()) + " WHERE " + sameKey();
    }

    /**
     * Counts an owner's records by unit and locality, in that order. A record belongs to the unit whose code it bears at a
     * vintage in the unit's range. Binds place of the unit, code, first date and end of each range, then the limit.
     */
    public String countByLocality(Source source) {
        String locality = dataset.locality().isEmpty()
                ? "NULL::text"
                : "coalesce("
                        + dataset.locality().stream()
                                .map(column -> "t." + column)
                                .collect(Collectors.joining(", "))
                        + ")";
        String vintage = dataset.isRecoded() ? "t." + vintage() : "date '" + source.vintage() + "'";
        return "SELECT v.unit::integer, " + locality + ", count(*) FROM "
                + Rows.unnest("v", List.of("unit", "code", "since", "until")) + " JOIN " + dataset.table() + " t ON t."
                + dataset.unit() + " = v.code AND " + vintage + " >= v.since::date AND " + vintage
                + " < coalesce(v.until::date, 'infinity') GROUP BY 1, 2 ORDER BY 1, 2 LIMIT ?";
    }

    /** The checksum that each of the given rows would have if it were stored. Binds the columns. */
    public String hashOfValues() {
        String typed = "SELECT "
                + dataset.columns().entrySet().stream()
                        .map(column -> "v." + column.getKey() + "::" + column.getValue() + " AS " + column.getKey())
                        .collect(Collectors.joining(", "));
        return "SELECT " + keyText("t") + ", " + hash("t") + " FROM (" + typed + " FROM "
                + Rows.unnest("v", dataset.columnNames()) + ") t";
    }

    /** Over all columns but the unit and its vintage, so that re-coding leaves it as it is. */
    private String hash(String alias) {
        return "hashtextextended(" + content(alias) + "::text, 0)";
    }

    private String content(String alias) {
        return "ROW("
                + dataset.contentColumns().stream()
                        .map(column -> alias + "." + column)
                        .collect(Collectors.joining(", "))
                + ")";
    }

    /** The incoming value, or the present one where the log did not hold it. */
    private String kept(String incoming, String column) {
        return "text".equals(dataset.columns().get(column))
                ? "CASE WHEN " + incoming + " = '" + UNCHANGED + "' THEN t." + column + " ELSE " + incoming + " END"
                : incoming;
    }

    /** The record's key as {@link Dataset#keyOf} makes it. */
    private String keyText(String alias) {
        return keyText(dataset, alias);
    }

    static String keyText(Dataset dataset, String alias) {
        return dataset.key().stream()
                .map(column -> alias + "." + column + "::text")
                .collect(Collectors.joining(" || E'\\x1f' || "));
    }

    private String keyColumns(String prefix) {
        return dataset.key().stream().map(column -> prefix + column).collect(Collectors.joining(", "));
    }

    private String sameKey() {
        return sameKey(dataset);
    }

    static String sameKey(Dataset dataset) {
        return dataset.key().stream()
                .map(column -> "t." + column + " = v." + column + "::"
                        + dataset.columns().get(column))
                .collect(Collectors.joining(" AND "));
    }

    private String vintage() {
        return dataset.vintage().column();
    }

    private String casts(String alias, List<String> names) {
        return names.stream()
                .map(column -> alias + "." + column + "::" + dataset.columns().get(column))
                .collect(Collectors.joining(", "));
    }

    private String texts(String alias) {
        return dataset.columnNames().stream()
                .map(column -> alias + "." + column + "::text")
                .collect(Collectors.joining(", "));
    }
}
