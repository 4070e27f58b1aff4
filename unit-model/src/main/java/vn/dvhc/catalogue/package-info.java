/**
 * The national catalogue of units from 2004-08-31 to 2026-04-30 as decisions, the project's own resource.
 *
 * <p>The tables in {@code /catalogue} hold one change or edge a line; {@code /catalogue/README.md} says what they contain,
 * where they come from and what was derived. JDK only.
 */
@NullMarked
package vn.dvhc.catalogue;

import org.jspecify.annotations.NullMarked;
