/**
 * What is declared and not coded: sources (databases of a tier and a province) and datasets (tables, their owner, their unit, what their records follow). Read from YAML, validated as it is read; JDK and Jackson's YAML reader only.
 */
@NullMarked
package vn.dvhc.sync.plan;

import org.jspecify.annotations.NullMarked;
