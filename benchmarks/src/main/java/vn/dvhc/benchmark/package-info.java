/**
 * What all benchmarks share: telling where they are, medians, and the result as a table and as one JSON object.
 *
 * <p>A benchmark is a package of its own below, with one main class, and a script of its name beside the module's pom. It
 * starts what it needs, runs its contenders by turns and ends what it started.
 */
@NullMarked
package vn.dvhc.benchmark;

import org.jspecify.annotations.NullMarked;
