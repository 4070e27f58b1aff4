/**
 * The door: one address for everybody.
 *
 * <p>Every request takes the same way: {@code route} refuses paths that could be read in two ways and finds the declared
 * route, {@code identity} learns who asks if the route wants to know, {@code route} passes the request on, and
 * {@code caller} remembers who uses bare codes. This package holds the settings and the handler that walks this way. What is not declared is denied.
 * {@code page} answers the look-up page beside it.
 */
@NullMarked
package vn.dvhc.gateway;

import org.jspecify.annotations.NullMarked;
