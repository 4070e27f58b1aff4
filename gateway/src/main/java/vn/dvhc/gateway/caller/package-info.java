/**
 * Who still asks for codes without a date: known callers only, remembered while the door runs, in bounded memory.
 *
 * <p>A look-up never waits for this: its token is checked beside it, and a token that doesn't hold is nobody's. Whoever
 * prepares a decision asks here which subscribers use the codes it changes.
 */
@NullMarked
package vn.dvhc.gateway.caller;

import org.jspecify.annotations.NullMarked;
