package vn.dvhc.registry.unit;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.timeline.Group;

/**
 * A group of messages that was published: a day that took effect, a correction of one, or a notice.
 *
 * @param position place in the order of recording, from 1
 * @param date the day, the corrected day, or the effective date of the decision the notice is about
 * @param decision the correction or the decision the notice is about; null for a day
 * @param lastSequence one less than {@code firstSequence} if the day published nothing
 * @param digest of the register afterwards; null for a notice, and where a day was enacted while a later one was due already
 * @param recordedAt recorded time
 */
public record GroupRecord(
        long position,
        Kind kind,
        LocalDate date,
        @Nullable DecisionId decision,
        long firstSequence,
        long lastSequence,
        @Nullable String digest,
        Instant recordedAt) {

    /** The kinds of group; notices are told apart by what they tell. */
    public enum Kind {
        DAY,
        CORRECTION,
        SCHEDULED,
        WITHDRAWN;

        /** The word used in tables and contracts. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** @throws IllegalArgumentException if the label is none of these */
        public static Kind ofLabel(String label) {
            return valueOf(label.toUpperCase(Locale.ROOT));
        }
    }

    /** The group that a register has taken in last. */
    static GroupRecord lastOf(RegisterState register, @Nullable String digest) {
        Group group = register.lastGroup();
        return group.fold(
                day -> of(register, Kind.DAY, day.date(), null, digest),
                correction -> of(register, Kind.CORRECTION, correction.date(), correction.decision(), digest),
                notice -> of(
                        register,
                        notice.withdrawn() ? Kind.WITHDRAWN : Kind.SCHEDULED,
                        notice.effectiveDate(),
                        notice.decision(),
                        null));
    }

    private static GroupRecord of(
            RegisterState register, Kind kind, LocalDate date, @Nullable DecisionId decision, @Nullable String digest) {
        Group group = register.lastGroup();
        return new GroupRecord(
                register.position(),
                kind,
                date,
                decision,
                group.firstSequence(),
                group.lastSequence(),
                digest,
                group.recordedAt());
    }
}
