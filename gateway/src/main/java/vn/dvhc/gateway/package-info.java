/**
 * The door: one address for everybody.
 *
 * <p>Every request takes the same way: {@code limit} refuses what is too much and ends what is too slow, {@code route} refuses paths that could be read in two
 * ways and finds the declared route, {@code identity} learns who asks if the route wants to know, {@code right} decides whether they
 * may, over whose affairs, {@code route} passes the request on, {@code caller} remembers who uses bare codes, and {@code audit} what was
 * refused and changed. {@code page} answers the pages beside it, {@code document} the joined contracts, {@code redirect} old addresses that carry codes. Beside that way the door
 * tells who follows the units what happens: {@code change} holds the log of changes, {@code stream} writes it to open connections,
 * {@code subscribe} delivers it to addresses. {@code revocation} keeps which tokens count no more, {@code transport} sees to it that the door is reached by TLS.
 * {@code store} is the door's own database. This package holds the settings and the handler that walks this way. What is not
 * declared is denied.
 */
@NullMarked
package vn.dvhc.gateway;

import org.jspecify.annotations.NullMarked;
