/** Over what the door may be reached: by TLS, unless it is told why not. Decided once, at the start. */
@NullMarked
package vn.dvhc.gateway.transport;

import org.jspecify.annotations.NullMarked;
