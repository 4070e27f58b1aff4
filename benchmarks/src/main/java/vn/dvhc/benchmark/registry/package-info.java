/**
 * The registry's promises about speed: loading the catalogue, enacting the reform of 2025-07-01 against the bare SQL inserts of
 * the very same rows, and rebuilding the timeline from the log.
 */
@NullMarked
package vn.dvhc.benchmark.registry;

import org.jspecify.annotations.NullMarked;
