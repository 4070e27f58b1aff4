/**
 * Old addresses that carry a unit's code, and where what they meant is now.
 *
 * <p>Portals register their addresses as patterns with the date as of which the codes in them are to be read, on hosts that an
 * operator has given them. An address is resolved here, out of the timeline that {@code change} holds and patterns kept in memory:
 * nobody is asked. A pattern without a date is never resolved, since its codes may mean several units. Who still calls old
 * addresses and codes is counted by day. Nothing leads to a host that is not registered.
 *
 * <p>{@code UrlTemplate}, {@code AskedUrl}, {@code Resolver}, {@code RedirectMap} and {@code Uses} use the JDK and the model only.
 */
@NullMarked
package vn.dvhc.gateway.redirect;

import org.jspecify.annotations.NullMarked;
