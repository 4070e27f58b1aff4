/**
 * The official list of a date beside the register: every difference, and the corrections that would remove it.
 *
 * <p>A list comes in as a {@link vn.dvhc.registry.table.Table}; differences go out, each with the day on which a correction
 * would have to mend the register. JDK and unit-model only.
 */
@NullMarked
package vn.dvhc.registry.comparison;

import org.jspecify.annotations.NullMarked;
