package vn.dvhc.sync.database;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.plan.Vintage;

/**
 * The statements that read one end of a comparison, an owner's table or a copy, so that equal records give equal answers at both
 * ends: columns are read as their declared types, and hashed by value and not by text, so that neither the table's own types nor
 * a session's settings matter ({@code 1.0} and {@code 1.00} are the same number).
 *
 * <p>Of a copy only present records of the given homes are read; bind their names where it says so.
 */
public final class ComparisonSql {

    /** Into how many parts the records of a unit are summed, so that few are read where a sum differs. */
    public static final int BUCKETS = 64;

    private final Dataset dataset;
    private final String table;
    private final String home;
    private final String vintage;
    private final String live;

    private ComparisonSql(Dataset dataset, String table, String home, String vintage, String live) {
        this.dataset = dataset;
        this.table = table;
        this.home = home;
        this.vintage = vintage;
        this.live = live;
    }

    /** The owner's table in one of its homes. */
    public static ComparisonSql ofOwner(Dataset dataset, Source source) {
        String vintage = dataset.vintage().rule() == Vintage.Rule.SOURCE
                ? "date '" + source.vintage() + "'"
                : "t." + dataset.vintage().column();
        return new ComparisonSql(dataset, dataset.table(), "NULL::text", vintage, "");
    }

    /** The table of copies. */
    public static ComparisonSql ofCopy(Dataset dataset) {
        return new ComparisonSql(
                dataset,
                dataset.replica(),
                "t.sync_home",
                "t." + dataset.vintage().column(),
                " AND t.sync_home = ANY (?::text[]) AND t.ended_at IS NULL");
    }

    /** What is compared: all that is copied as it is, key included, without unit and vintage. */
    public static List<String> comparedColumns(Dataset dataset) {
        List<String> compared = new ArrayList<>(dataset.contentColumns());
        compared.removeAll(dataset.personal().keySet());
        return compared;
    }

    /** The pages of the table and the rows it has by estimate. Binds nothing. */
    public String size() {
        return "SELECT pg_relation_size(c.oid) / current_setting('block_size')::bigint, greatest(c.reltuples, 0)::bigint"
                + " FROM pg_class c WHERE c.oid = '" + table + "'::regclass";
    }

    /**
     * Counts and sums the records in a range of pages by home, code, vintage and bucket. Binds the first page and the first one
     * after the range, both as {@code (page,0)}, then the homes.
     */
    public String sums() {
        return "SELECT s.home, s.code, s.vintage::text, s.bucket, s.records, s.checksum FROM (SELECT " + home
                + " AS home, t." + dataset.unit() + " AS code, " + vintage + " AS vintage, " + bucket()
                + " AS bucket, count(*) AS records, bit_xor(" + hash() + ") AS checksum FROM " + table
                + " t WHERE t.ctid >= ?::tid AND t.ctid < ?::tid" + live + " GROUP BY 1, 2, 3, 4) s";
    }

    /**
     * Reads key, checksum, code, vintage and localities of the records in some groups, in the byte order of the keys. Binds their
     * codes, the groups as {@link #group} writes them, then the homes. Few codes are found by an index, if there is one; groups are
     * looked up in a hash, so that many cost no more than few.
     */
    public String rowsOfGroups() {
        return "SELECT " + row() + " FROM " + table + " t WHERE t." + dataset.unit() + " = ANY (?::text[]) AND t."
                + dataset.unit() + " || '@' || " + vintage + "::text || '/' || " + bucket()
                + "::text = ANY (?::text[])" + live + " ORDER BY (" + key() + ") COLLATE \"C\"";
    }

    /** A group as {@link #rowsOfGroups} wants it bound. */
    public static String group(String code, String vintage, int bucket) {
        return code + "@" + vintage + "/" + bucket;
    }

    /**
     * Reads key, checksum, code, vintage, localities and a checksum of each compared column of the records with some keys. Binds
     * {@link DatasetSql#keys}, then the homes.
     */
    public String rowsOfKeys() {
        return "SELECT " + row() + ", ARRAY["
                + comparedColumns(dataset).stream()
                        .map(column -> "hash_record_extended(ROW(" + typed(column) + "), 0)")
                        .collect(Collectors.joining(", "))
                + "] FROM " + keyed();
    }

    /** Reads key and some columns as text. Binds {@link DatasetSql#keys}, then the homes. */
    public String valuesOfKeys(List<String> columns) {
        return "SELECT " + key()
                + columns.stream()
                        .map(column -> ", " + typed(column) + "::text")
                        .collect(Collectors.joining()) + " FROM " + keyed();
    }

    private String row() {
        return key() + ", " + hash() + ", t." + dataset.unit() + ", " + vintage + "::text, ARRAY["
                + dataset.locality().stream().map(column -> "t." + column).collect(Collectors.joining(", "))
                + "]::text[]";
    }

    private String keyed() {
        return Rows.unnest("v", dataset.key()) + " JOIN " + table + " t ON " + DatasetSql.sameKey(dataset) + live;
    }

    private String hash() {
        return "hash_record_extended(ROW("
                + comparedColumns(dataset).stream().map(this::typed).collect(Collectors.joining(", ")) + "), 0)";
    }

    /** By the key alone, so that a record is in the same bucket at both ends whatever became of it. */
    private String bucket() {
        return "(hashtextextended(" + key() + ", 0) & " + (BUCKETS - 1) + ")::integer";
    }

    private String key() {
        return DatasetSql.keyText(dataset, "t");
    }

    private String typed(@Nullable String column) {
        return "t." + column + "::" + dataset.columns().get(column);
    }
}
