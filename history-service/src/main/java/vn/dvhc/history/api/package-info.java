/**
 * The HTTP contract under {@code /v1}: reads parameters, asks {@code query}, writes JSON in the published form.
 *
 * <p>Errors are RFC 9457 problems in words a clerk understands. No rule about units lives here.
 */
@NullMarked
package vn.dvhc.history.api;

import org.jspecify.annotations.NullMarked;
