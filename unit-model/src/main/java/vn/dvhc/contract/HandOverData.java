package vn.dvhc.contract;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the chain of hand-over records, as {@code handovers.v1} tells it: counts, checksums and hashes, and nothing of a person. What
 * does not belong to a kind is null, and absent in JSON.
 *
 * @param sequence its place in the chain, from 1 on without gap
 * @param enactment ISO date of the day whose records were handed over
 * @param manifest id of the hand-over record, unique within the day; null where the day is told
 * @param version of the hand-over record
 * @param from id of the unit that gives
 * @param to id of the unit that receives; null for records that have none yet
 * @param signed of {@link Kind#SIGNED} only
 * @param records of {@link Kind#SEALED} only
 * @param manifests of {@link Kind#COMPLETED}: how many hand-over records the day has
 * @param datasets of {@link Kind#COMPLETED}: what was handed over in all
 * @param previous hash of the entry before
 * @param hash of this entry
 */
public record HandOverData(
        long sequence,
        String enactment,
        @Nullable String manifest,
        @Nullable Integer version,
        @Nullable String dataset,
        @Nullable String from,
        @Nullable String to,
        @Nullable Signed signed,
        @Nullable Records records,
        @Nullable Integer manifests,
        @Nullable List<OfDataset> datasets,
        String previous,
        String hash) {

    /** What the entry tells. */
    public enum Kind {
        /** A version of a hand-over record was sealed. */
        SEALED,
        /** A side has signed a version. */
        SIGNED,
        /** All records of a day are handed over and all its hand-over records are sealed. */
        COMPLETED;

        private static final String PREFIX = "vn.dvhc.handover.";

        /** The type of the event. */
        public String type() {
            return PREFIX + name().toLowerCase(Locale.ROOT);
        }

        /** @throws IllegalArgumentException if the contract has no such type */
        public static Kind ofType(String type) {
            for (Kind kind : values()) {
                if (kind.type().equals(type)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("Unknown type of hand-over event: " + type);
        }
    }

    /**
     * A signature.
     *
     * @param side {@code from} or {@code to}
     * @param unit id of the unit that the signer is of
     * @param manifestHash hash of the entry that was signed
     */
    public record Signed(String side, String unit, String manifestHash) {}

    /**
     * Records by count and by a checksum that does not depend on their order.
     *
     * @param equal whether both sides agree
     * @param queued of the giving unit and the dataset, those that wait for a person
     * @param rejected those that could not be stored
     */
    public record Records(
            long given,
            String givenChecksum,
            long received,
            String receivedChecksum,
            boolean equal,
            long queued,
            long rejected) {}

    /** Records of a dataset on the day. */
    public record OfDataset(String dataset, long given, long received, long queued, long rejected) {}
}
