/**
 * What is declared and not coded: sources (databases of a tier and a province) and datasets (tables, their owner, their unit, what
 * their records follow, who holds copies, what must not leave its tier). Everything wrong with a declaration is told at once. JDK and
 * Jackson's YAML reader only.
 */
@NullMarked
package vn.dvhc.sync.plan;

import org.jspecify.annotations.NullMarked;
