package vn.dvhc.sync.conflict;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Two versions of one record.
 *
 * @param id the database it was found in, and its number there
 * @param kind {@code late-change}, {@code foreign-write} or {@code key-collision}
 * @param state {@code open}; {@code undone}: the owner's version was put back and nothing is to be decided; or {@code kept} or
 *     {@code accepted} by a rule or a person
 * @param owner the source whose version counts; null if nobody knows
 * @param other whose the other version is: a source, or the account that wrote it
 * @param cause what happened, in Vietnamese
 */
@Schema(name = "Conflict")
public record Conflict(
        String id,
        String kind,
        String state,
        String dataset,
        String key,
        @Nullable String owner,
        @Nullable String other,
        String cause,
        String detectedAt,
        @Nullable String decidedAt,
        @Nullable String decidedBy,
        @Nullable String reason) {

    /** What may meet. */
    enum Kind {
        LATE_CHANGE,
        FOREIGN_WRITE,
        KEY_COLLISION;

        String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** The states; only an open one is to be decided. */
    enum State {
        OPEN,
        KEPT,
        ACCEPTED,
        UNDONE;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        static boolean knows(String label) {
            return Arrays.stream(values()).anyMatch(state -> state.label().equals(label));
        }
    }

    /**
     * Both versions side by side.
     *
     * @param ownerVersion column to value as text; null if the owner has no such record
     * @param otherVersion the same; null if the other version is a deletion
     * @param differing the columns that differ
     * @param version what the owner's version is called: to be given with a decision, so that nobody decides over what he has not seen
     */
    @Schema(name = "ConflictDetail")
    public record Detail(
            Conflict conflict,
            @Nullable Map<String, @Nullable String> ownerVersion,
            @Nullable Map<String, @Nullable String> otherVersion,
            List<String> differing,
            String version) {}

    /** Where a conflict lies. */
    record Place(String database, long number) {

        static Optional<Place> parse(String id) {
            int colon = id.indexOf(':');
            return colon > 0 && id.substring(colon + 1).matches("[0-9]{1,18}")
                    ? Optional.of(new Place(id.substring(0, colon), Long.parseLong(id.substring(colon + 1))))
                    : Optional.empty();
        }

        @Override
        public String toString() {
            return database + ":" + number;
        }
    }
}
