/** A commune database's records through the reform of 2025: sync-service's hand-over against one bare statement that re-codes them. */
@NullMarked
package vn.dvhc.benchmark.handover;

import org.jspecify.annotations.NullMarked;
