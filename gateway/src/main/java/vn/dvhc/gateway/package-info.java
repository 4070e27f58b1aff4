/**
 * The door: one address for everybody.
 *
 * <p>Every request takes the same way: {@code limit} refuses what is too much, {@code route} refuses paths that could be read in two
 * ways and finds the declared route, {@code identity} learns who asks if the route wants to know, {@code route} passes the request
 * on, and {@code caller} remembers who uses bare codes. {@code page} answers the look-up page beside it, {@code redirect} old addresses
 * that carry codes. Beside that way the door tells who follows the units what happens: {@code change} holds the log of changes,
 * {@code stream} writes it to open connections, {@code subscribe} delivers it to addresses. This package holds the settings and the
 * handler that walks this way. What is not declared is denied.
 */
@NullMarked
package vn.dvhc.gateway;

import org.jspecify.annotations.NullMarked;
