package vn.dvhc.history.query;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * How a code was read that came without a date.
 *
 * @param asOf the date it was read at: the business date of the answer
 * @param ambiguousBefore before this date the code meant another unit; null if no other unit ever bore it
 */
public record Reading(LocalDate asOf, @Nullable LocalDate ambiguousBefore) {}
