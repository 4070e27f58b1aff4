package vn.dvhc.sync.manifest;

import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One version of a hand-over record, as it was sealed.
 *
 * @param id unique within the day
 * @param version 1 for the first; each further one tells what the ledger says since then
 * @param to null for records that have no receiving unit: {@code exceptions} counts them
 * @param basis the edges along which the records went, nearest reform first
 * @param startedAt when the first record was handed over
 * @param endedAt when the last one was
 * @param sealedAt when this version was written down, by the business clock
 */
@Schema(name = "SealedManifest")
public record Manifest(
        String id,
        LocalDate enactment,
        int version,
        String dataset,
        Party from,
        @Nullable Party to,
        List<String> fromHomes,
        List<String> toHomes,
        Records records,
        Exceptions exceptions,
        List<Clause> basis,
        @Nullable String startedAt,
        @Nullable String endedAt,
        String sealedAt) {

    /**
     * A side.
     *
     * @param unit its id
     * @param code the code it bore last
     * @param province full name of its province; null for a province
     */
    @Schema(name = "ManifestParty")
    public record Party(
            String unit, String code, String name, @Nullable String province) {}

    /**
     * Records by count and by the sum of their checksums, which does not depend on their order.
     *
     * @param late among them, those that came after the hand-over of their home
     * @param lateChanges changes made at the former home after the hand-over, and taken over
     */
    @Schema(name = "ManifestRecords")
    public record Records(
            long given,
            String givenChecksum,
            long received,
            String receivedChecksum,
            boolean equal,
            long late,
            long lateChanges) {}

    /**
     * What of the giving unit's records in the dataset was not handed to a unit when the version was sealed.
     *
     * @param reasons in Vietnamese
     */
    @Schema(name = "ManifestExceptions")
    public record Exceptions(long queued, long rejected, List<String> reasons) {}

    /**
     * An edge with what it rests on.
     *
     * @param extent {@code full}, {@code partial} or {@code unknown}
     * @param portion the act's words; empty if it has none
     * @param decision id at the register; null if it is not known
     */
    @Schema(name = "ManifestClause")
    public record Clause(
            LocalDate date,
            String from,
            String to,
            String extent,
            String portion,
            List<String> acts,
            @Nullable String clause,
            @Nullable String decision) {}
}
