package vn.dvhc.history.search;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.UnitId;

/**
 * What is looked for.
 *
 * @param text a name in any spelling, alone or with units above it
 * @param level only units of this level; null for all
 * @param within only units below this one; null for all
 * @param at only units and names of this date; null for any era
 */
public record Query(
        String text,
        @Nullable Level level,
        @Nullable UnitId within,
        @Nullable LocalDate at) {}
