/**
 * The words of the domain: codes, identities, levels, types and the dated state of a unit.
 *
 * <p>Everything else speaks these words. A code is not an identity: a {@link vn.dvhc.unit.UnitId} is the code a unit was
 * born with and its date of birth, and never changes; the code it bears today is one dated attribute among others. Only
 * the JDK may be used here.
 */
@NullMarked
package vn.dvhc.unit;

import org.jspecify.annotations.NullMarked;
