/**
 * The memory: answers every question about units at any date out of an in-memory timeline fed by the log.
 *
 * <p>The packages are the way of the data: {@code ingest} reads {@code unit-changes.v1}, {@code timeline} holds what was
 * read as whole days, {@code lineage} leads units to another date with the weights that {@code edge-weights.v1} tells, {@code query} answers from one snapshot of it, {@code search} finds units by the names people write,
 * {@code convert} brings codes and addresses to another date, {@code api} speaks HTTP and JSON. This package only wires them
 * and declares the settings.
 */
@NullMarked
package vn.dvhc.history;

import org.jspecify.annotations.NullMarked;
