package vn.dvhc.sync.recode;

import org.jspecify.annotations.Nullable;

/**
 * The unit a record bears, as its table holds it.
 *
 * @param vintage ISO date as of which the code is read
 * @param locality what decides a split; null if the record does not say
 */
public record RecordUnit(
        @Nullable String code,
        @Nullable String vintage,
        @Nullable String locality) {}
