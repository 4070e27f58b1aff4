/**
 * Where a request goes: the guard against ambiguous paths, the table of declared routes, and the upstream services.
 *
 * <p>Decides nothing about people. {@code PathGuard}, {@code Route} and {@code RouteTable} use the JDK only.
 */
@NullMarked
package vn.dvhc.gateway.route;

import org.jspecify.annotations.NullMarked;
