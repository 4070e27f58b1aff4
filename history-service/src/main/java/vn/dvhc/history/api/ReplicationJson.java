package vn.dvhc.history.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import vn.dvhc.history.timeline.Logged;

/** The published forms of what a replica is made and kept up with. */
final class ReplicationJson {

    private ReplicationJson() {}

    /** The units in force on a date; {@link StateWriter} writes it. */
    @Schema(name = "Snapshot")
    record SnapshotJson(
            LocalDate at, long sequence, long knownThrough, String digest, int total, List<StateJson> units) {}

    /** A unit of a snapshot. */
    @Schema(name = "SnapshotUnit")
    record StateJson(
            String unitId,
            String code,
            String level,
            String type,
            String name,
            String fullName,
            @Nullable String parent,
            LocalDate validFrom,
            List<String> legalBasis) {}

    /**
     * A part of the log.
     *
     * @param last the last message there is now
     * @param next the address of the following part; null if this one reaches the end
     */
    @Schema(name = "Changes")
    record ChangesJson(
            long after,
            long last,
            List<ChangeJson> items,
            @Nullable String next) {}

    /**
     * A message of the log.
     *
     * @param group day (a day as it took effect), correction (it mends a day before), notice (of a decision to take effect,
     *     or no longer to)
     * @param index place within its group; a group is applied whole
     * @param struck only if it counts no more, since a later correction struck it
     * @param data as on the topic: of a unit change, or of a decision
     */
    @Schema(name = "Change")
    record ChangeJson(
            long sequence,
            String type,
            String group,
            int index,
            int count,
            Instant recordedAt,
            String subject,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Boolean struck,

            @Schema(implementation = Object.class) Object data) {

        static ChangeJson of(Logged logged, boolean struck) {
            return new ChangeJson(
                    logged.message().sequence(),
                    logged.message().type(),
                    logged.kind().name().toLowerCase(Locale.ROOT),
                    logged.message().index(),
                    logged.message().count(),
                    logged.recordedAt(),
                    logged.message().subject(),
                    struck ? Boolean.TRUE : null,
                    logged.message().data());
        }
    }
}
