/**
 * Tables that people upload, as values: rows with their line, cells by column, and what is wrong with them line by line.
 *
 * <p>How bytes become a table is the edge's business; what a table means is that of {@code succession}, {@code comparison}
 * and {@code unit}. JDK and unit-model only.
 */
@NullMarked
package vn.dvhc.registry.table;

import org.jspecify.annotations.NullMarked;
