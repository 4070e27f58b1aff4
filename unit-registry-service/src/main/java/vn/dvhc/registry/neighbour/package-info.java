/**
 * The other services that the registry asks for figures, over HTTP and in the name of its own caller.
 *
 * <p>Implements the ports of {@code impact}. An answer that is late, refused or missing becomes words in the report, never a
 * failure of it. Nothing here is asked for when a decision is judged or takes effect.
 */
@NullMarked
package vn.dvhc.registry.neighbour;

import org.jspecify.annotations.NullMarked;
