/**
 * Compares what the databases hold with what they must hold, record by record and level by level, and counts. Reads
 * only; knows nothing of how the services work.
 */
@NullMarked
package vn.dvhc.demo.verify;

import org.jspecify.annotations.NullMarked;
