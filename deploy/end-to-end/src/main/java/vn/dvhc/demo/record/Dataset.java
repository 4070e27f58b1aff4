package vn.dvhc.demo.record;

import java.util.List;
import vn.dvhc.timeline.Following;

/**
 * The two kinds of records. The names of tables and columns are those of {@code deploy/connectors/sql}; they become part
 * of SQL.
 */
public enum Dataset {
    /** Owned by communes; follows people. */
    CASE_FILE(
            "case_file",
            "commune",
            "HS",
            Following.PEOPLE,
            List.of(
                    "case_number",
                    "unit_code",
                    "unit_vintage",
                    "hamlet",
                    "procedure",
                    "status",
                    "steps",
                    "created_at",
                    "updated_at")),
    /** Owned by provinces; its unit is the commune of the site, so it follows the land. */
    PERMIT(
            "permit",
            "province",
            "GP",
            Following.LAND,
            List.of(
                    "permit_number",
                    "unit_code",
                    "unit_vintage",
                    "hamlet",
                    "kind",
                    "status",
                    "holder_kind",
                    "issued_at",
                    "updated_at",
                    "area_m2"));

    private final String table;
    private final String tier;
    private final String keyMark;
    private final Following follows;
    private final List<String> columns;

    Dataset(String table, String tier, String keyMark, Following follows, List<String> columns) {
        this.table = table;
        this.tier = tier;
        this.keyMark = keyMark;
        this.follows = follows;
        this.columns = columns;
    }

    /** The table's name without schema: {@code public} at the owner, {@code replica} for copies. */
    public String table() {
        return table;
    }

    /** The tier that owns it: {@code commune} or {@code province}. */
    public String tier() {
        return tier;
    }

    /** The database of its owner in a province: {@code commune_30} for case files of Hải Dương. */
    public String database(String province) {
        return tier + "_" + province;
    }

    String keyMark() {
        return keyMark;
    }

    public Following follows() {
        return follows;
    }

    /** Key, code, vintage, hamlet, subject, status, text, times of receipt and of the last change; for a permit the area. */
    public List<String> columns() {
        return columns;
    }

    public String key() {
        return columns.get(0);
    }

    public String unitCode() {
        return columns.get(1);
    }

    public String unitVintage() {
        return columns.get(2);
    }

    public String hamlet() {
        return columns.get(3);
    }

    public String status() {
        return columns.get(5);
    }

    public String text() {
        return columns.get(6);
    }

    public String updatedAt() {
        return columns.get(8);
    }
}
