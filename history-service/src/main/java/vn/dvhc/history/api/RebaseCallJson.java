package vn.dvhc.history.api;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The published form of a call; {@link RebaseRequest} reads it.
 *
 * @param kind sum or ratio
 * @param by unit (if absent) or province
 */
@Schema(
        name = "RebaseCall",
        requiredProperties = {"from", "to", "level", "kind", "values"})
record RebaseCallJson(
        LocalDate from,
        LocalDate to,
        String level,
        String kind,
        @Nullable String by,
        List<FigureJson> values) {

    /**
     * A figure of a unit.
     *
     * @param code as of the first date, with leading zeros, as text
     * @param weight what a ratio is a ratio of
     */
    @Schema(
            name = "Figure",
            requiredProperties = {"code", "value"})
    record FigureJson(
            String code, BigDecimal value, @Nullable BigDecimal weight) {}
}
