/**
 * The other services that the registry asks for figures, over HTTP and in the name of its own caller.
 *
 * <p>Implements the ports of {@code impact} and {@code plan}. An answer that is late, refused or missing becomes words in the report, never a
 * failure of it; a plan is had whole or not at all. Nothing here is asked for when a decision is judged or takes effect.
 */
@NullMarked
package vn.dvhc.registry.neighbour;

import org.jspecify.annotations.NullMarked;
