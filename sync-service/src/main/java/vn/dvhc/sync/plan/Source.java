package vn.dvhc.sync.plan;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import vn.dvhc.unit.UnitCode;

/**
 * A database that takes part.
 *
 * @param name its name, which is also in its topics: {@code cdc.<name>.<schema>.<table>}
 * @param province code of the province it serves; null for the nation
 * @param vintage the date as of which {@code province} is read; null for the nation
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
        Require.that(name != null && name.matches("[a-z][a-z0-9_]{0,40}"), "sources.name", "chữ thường, số và _");
        Require.that(tier != null, "sources." + name + ".tier", "commune, province hoặc nation");
        Require.that(
                tier == Tier.NATION || (province != null && UnitCode.isWellFormed(province) && vintage != null),
                "sources." + name,
                "cần province (mã tỉnh, trong dấu nháy) và vintage (ngày đọc mã)");
        Require.that(
                database != null && database.matches("[^/:]+:[0-9]+/[A-Za-z0-9_-]+"),
                "sources." + name + ".database",
                "có dạng host:port/tên");
        Require.that(epoch >= 0, "sources." + name + ".epoch", "không âm");
    }
}
