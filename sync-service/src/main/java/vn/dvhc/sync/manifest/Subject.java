package vn.dvhc.sync.manifest;

import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vn.dvhc.unit.UnitId;

/**
 * What a manifest is about.
 *
 * @param to null for what has no receiving unit: the records that wait for a clerk, and those refused
 */
record Subject(
        LocalDate enactment,
        String dataset,
        UnitId from,
        @Nullable UnitId to) {

    /** Its id, unique within the day. */
    String id() {
        return ManifestId.of(dataset, from.toString(), to == null ? null : to.toString());
    }

    static Optional<Subject> parse(LocalDate enactment, String id) {
        String[] parts = id.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Subject(
                    enactment,
                    parts[0],
                    UnitId.parse(parts[1]),
                    parts[2].equals(ManifestId.UNDECIDED) ? null : UnitId.parse(parts[2])));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
