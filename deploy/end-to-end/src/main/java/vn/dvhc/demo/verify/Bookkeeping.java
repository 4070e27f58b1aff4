package vn.dvhc.demo.verify;

/**
 * What sync-service says of the hand-over: claims to be checked, never the yardstick.
 *
 * @param manifests pairs of units and datasets with a manifest
 * @param checksumsEqual whether every manifest's checksums are equal on both sides
 * @param deadLetters messages that could not be applied
 * @param conflicts late changes that were not applied since the record had been edited in its new home
 */
public record Bookkeeping(
        long in,
        long moved,
        long kept,
        long queued,
        long rejected,
        long late,
        long manifests,
        boolean checksumsEqual,
        long deadLetters,
        long conflicts) {}
