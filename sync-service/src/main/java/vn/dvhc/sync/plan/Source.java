package vn.dvhc.sync.plan;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import vn.dvhc.unit.UnitCode;

/**
 * A database that takes part.
 *
 * @param name its name, which is also in its topics: {@code cdc.<name>.<schema>.<table>}
 * @param province code of the province it serves; null for the nation
 * @param vintage the date as of which {@code province} is read, and the codes of its records where a dataset says so; null for
 *     the nation
 * @param database {@code host:port/name}
 * @param epoch grows when the database was restored or a replica promoted, so that its positions start anew
 */
public record Source(
        String name,
        Tier tier,
        @Nullable String province,
        @Nullable LocalDate vintage,
        String database,
        int epoch) {

    public Source {
        String place = "sources." + name;
        Findings found = new Findings();
        found.require(
                name != null && name.matches("[a-z][a-z0-9_]{0,40}"), "sources.name", "chữ thường không dấu, số và _");
        found.require(tier != null, place + ".tier", "commune, province hoặc nation");
        if (tier != Tier.NATION) {
            found.require(
                    province != null && UnitCode.isWellFormed(province),
                    place + ".province",
                    "cần mã tỉnh, viết trong dấu nháy");
            found.require(vintage != null, place + ".vintage", "cần ngày đọc mã (YYYY-MM-DD)");
        }
        found.require(
                database != null && database.matches("[A-Za-z0-9._-]+:[0-9]{1,5}/[A-Za-z0-9_-]+"),
                place + ".database",
                "có dạng host:port/tên");
        found.require(epoch >= 0, place + ".epoch", "không âm");
        found.throwIfAny();
    }

    /** The name of its replication slot. */
    public String slot() {
        return "dvhc_" + name;
    }

    /** The prefix of its topics. */
    public String topicPrefix() {
        return "cdc." + name;
    }

    public String host() {
        return database.substring(0, database.indexOf(':'));
    }

    public String port() {
        return database.substring(database.indexOf(':') + 1, database.indexOf('/'));
    }

    public String databaseName() {
        return database.substring(database.indexOf('/') + 1);
    }
}
