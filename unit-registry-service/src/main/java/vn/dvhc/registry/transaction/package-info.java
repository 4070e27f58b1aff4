/**
 * What happens all or nothing: one class a transaction, from its lock to what is done after the commit.
 *
 * <p>Each is one reactive pipeline; heavy computing leaves the event loop and comes back to it.
 */
@NullMarked
package vn.dvhc.registry.transaction;

import org.jspecify.annotations.NullMarked;
