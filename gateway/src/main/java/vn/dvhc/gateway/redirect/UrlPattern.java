package vn.dvhc.gateway.redirect;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.UnitCode;

/**
 * Addresses of a portal that carry codes, and where the pages of units are now.
 *
 * @param owner the client to which an operator gave the addresses' host
 * @param vintage the date as of which codes in the addresses are to be read; null if nobody knows, and then nothing is resolved
 * @param level the only level whose codes the addresses carry; null for any
 * @param successor where the page of a unit is today, by its present code
 * @param sunset from when on the portal may answer the addresses no more; null if it does not say
 */
record UrlPattern(
        String id,
        String owner,
        UrlTemplate template,
        @Nullable LocalDate vintage,
        @Nullable Level level,
        UrlTemplate successor,
        @Nullable String description,
        @Nullable LocalDate sunset,
        Instant createdAt,
        Instant changedAt) {

    /** Whether addresses of the pattern carry codes like this one. */
    boolean takes(UnitCode code) {
        return level == null || level == code.level();
    }
}
