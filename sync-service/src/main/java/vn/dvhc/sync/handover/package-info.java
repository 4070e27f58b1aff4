/**
 * What happens when a day takes effect: records are re-coded where they live, or move to the successor's database; what is undecided is queued. Ends in a ledger of every record and manifests with checksums.
 */
@NullMarked
package vn.dvhc.sync.handover;

import org.jspecify.annotations.NullMarked;
