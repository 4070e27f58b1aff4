package vn.dvhc.history.lineage;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * The share of a unit that went one way, as counted.
 *
 * @param value from 0 to 1; the weights of one unit sum to 1
 * @param source what was counted, like {@code records-handed-over:case_file}
 * @param countedOn the day on which it was counted
 */
public record Weight(BigDecimal value, String source, LocalDate countedOn) {

    public Weight {
        if (value.signum() < 0 || value.compareTo(BigDecimal.ONE) > 0) {
            throw new IllegalArgumentException("A weight lies between 0 and 1, not: " + value);
        }
    }
}
