package vn.dvhc.sync.recode;

import org.jspecify.annotations.Nullable;
import vn.dvhc.unit.UnitId;

/** A unit that a record of a split unit may belong to, and what speaks for it; null if nothing does. */
public record Suggestion(UnitId unit, @Nullable Evidence evidence) {}
