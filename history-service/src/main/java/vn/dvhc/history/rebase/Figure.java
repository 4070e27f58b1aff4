package vn.dvhc.history.rebase;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A figure as it was sent in.
 *
 * @param code the code of its unit as of the first date, as written
 * @param value null if none was given
 * @param weight what a ratio is a ratio of, like the people of the unit; null if none was given
 */
public record Figure(
        String code, @Nullable BigDecimal value, @Nullable BigDecimal weight) {}
