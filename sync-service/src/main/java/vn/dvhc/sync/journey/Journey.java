package vn.dvhc.sync.journey;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A record's way.
 *
 * @param home the database it lives in; null if no owner has it now
 * @param units every unit it was of, in order
 * @param versions as it is now at home, in the archives of former homes, and in copies
 * @param events in order of time
 * @param truncated whether some database had more lines than an answer may hold
 * @param unreachable databases that do not answer now: what they keep is missing
 */
@Schema(name = "RecordJourney")
public record Journey(
        String dataset,
        String key,
        @Nullable String home,
        List<UnitStop> units,
        List<Version> versions,
        List<Event> events,
        boolean truncated,
        List<String> unreachable) {

    /**
     * A unit the record was of.
     *
     * @param from since when, as far as the ledgers tell; null for the first
     * @param acts what the unit rests on
     * @param passedBy acts by which it passed the record on; empty for the last
     */
    @Schema(name = "JourneyUnit")
    public record UnitStop(
            String unit, String code, String name, @Nullable String from, List<String> acts, List<String> passedBy) {}

    /**
     * The record in one database.
     *
     * @param kind {@code home}, {@code archive} or {@code copy}
     * @param vintage ISO date as of which the code is read
     * @param columns column to value as text, without personal ones; null for a copy
     * @param writtenAt when a copy was written; null for an owner's record
     * @param endedAt when a copy's record was deleted at its owner; null while it is there
     */
    @Schema(name = "JourneyVersion")
    public record Version(
            String database,
            String kind,
            @Nullable String code,
            @Nullable String vintage,
            @Nullable String unit,
            @Nullable Map<String, @Nullable String> columns,
            @Nullable String writtenAt,
            @Nullable String endedAt) {}

    /**
     * Something that happened to it.
     *
     * @param at ISO moment
     * @param kind {@code handed-over}, {@code revised} (by a correction, an undone hand-over or an assignment of localities), {@code edited} (by its owner, in columns
     *     of the dataset's journal; the database is the owner's), {@code queued}, {@code assigned}, {@code assignment-undone}, {@code conflict},
     *     {@code conflict-decided}, {@code dead-letter}, {@code dead-letter-ended}, {@code foreign-write}, {@code deed} or {@code ended}
     * @param database where the line is kept
     * @param from unit, or account, that it came from; of an edit the unit it was of then
     * @param to unit, or owner, that it went to
     * @param detail in Vietnamese, or a stable word; of an edit {@code created}, {@code edited} or {@code deleted}
     * @param reference id of a manifest, conflict or dead letter
     * @param late whether it came after the hand-over of its home
     * @param who who decided
     * @param before the columns that an edit changed, as text; null for other kinds
     * @param after the same columns after it
     */
    @Schema(name = "JourneyEvent")
    public record Event(
            String at,
            String kind,
            String database,
            @Nullable String from,
            @Nullable String to,
            @Nullable String detail,
            @Nullable String reference,
            @Nullable Boolean late,
            @Nullable String who,
            @Nullable Map<String, @Nullable String> before,
            @Nullable Map<String, @Nullable String> after) {

        /** One that is no edit. */
        Event(
                String at,
                String kind,
                String database,
                @Nullable String from,
                @Nullable String to,
                @Nullable String detail,
                @Nullable String reference,
                @Nullable Boolean late,
                @Nullable String who) {
            this(at, kind, database, from, to, detail, reference, late, who, null, null);
        }
    }
}
