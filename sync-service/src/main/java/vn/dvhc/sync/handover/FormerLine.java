package vn.dvhc.sync.handover;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a record that came from a former home, and of the last change of that home which it holds.
 *
 * @param rejected whether the record could not come
 * @param snapshot of the former home in which it was read; null if it came late
 * @param epoch of the former home, with the position
 * @param position of the last late change; null if there was none
 * @param outHash checksum of its content there
 * @param inHash checksum of its content as it was stored for that; null if it was edited on its way
 * @param to the unit it was given
 */
record FormerLine(
        boolean rejected,
        @Nullable Snapshot snapshot,
        int epoch,
        @Nullable Long position,
        @Nullable Long outHash,
        @Nullable Long inHash,
        @Nullable String to) {

    /** The same in the next home, if the record went on into that: one that was edited in between is edited. */
    FormerLine then(FormerLine next) {
        boolean untouched = inHash != null && inHash.equals(next.outHash);
        return new FormerLine(
                rejected || next.rejected, snapshot, epoch, position, outHash, untouched ? next.inHash : null, next.to);
    }

    /** The same if the record is in no line of the next home: it was gone, or another one has its key there. */
    FormerLine lost() {
        return new FormerLine(rejected, snapshot, epoch, position, outHash, null, to);
    }

    /** The same after a late change. */
    FormerLine after(int changedEpoch, long changedAt, @Nullable Long out, @Nullable Long in) {
        return new FormerLine(rejected, snapshot, changedEpoch, changedAt, out, in, to);
    }
}
