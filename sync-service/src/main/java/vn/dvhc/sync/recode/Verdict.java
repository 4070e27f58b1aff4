package vn.dvhc.sync.recode;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vn.dvhc.unit.UnitId;

/**
 * What becomes of a record's unit.
 *
 * @param from the unit the record bears; null if there is none
 * @param to the unit it is to bear; null unless moved or kept
 * @param code the code to write; null unless moved
 * @param vintage the vintage to write; null unless moved
 * @param suggestions the units among which a clerk decides, the likeliest first; may be empty if nothing is known
 * @param reason why it is queued or rejected, in Vietnamese
 * @param evidence why a record of a split unit moves where it does; null if its whole unit went there
 */
public record Verdict(
        Outcome outcome,
        @Nullable UnitId from,
        @Nullable UnitId to,
        @Nullable String code,
        @Nullable LocalDate vintage,
        List<Suggestion> suggestions,
        @Nullable String reason,
        @Nullable Evidence evidence) {

    /** The four ends of a record in a hand-over; each record has exactly one. */
    public enum Outcome {
        /** Its unit changed. */
        MOVED,
        /** Its unit goes on. */
        KEPT,
        /** Undecided: it keeps its unit and waits. */
        QUEUED,
        /** Its unit can't be read: it is in the dead letters. */
        REJECTED;

        /** The word stored and published. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What a person may choose, the likeliest first: where its whole unit went too, if he is to confirm that. */
    public List<Suggestion> choices() {
        return suggestions.isEmpty() && outcome == Outcome.MOVED && to != null
                ? List.of(new Suggestion(to, evidence))
                : suggestions;
    }

    /** The units among which a clerk decides, the likeliest first. */
    public List<UnitId> candidates() {
        return choices().stream().map(Suggestion::unit).toList();
    }

    static Verdict moved(
            UnitId from,
            UnitId to,
            String code,
            LocalDate vintage,
            @Nullable Evidence evidence,
            List<Suggestion> suggestions) {
        return new Verdict(Outcome.MOVED, from, to, code, vintage, suggestions, null, evidence);
    }

    static Verdict kept(UnitId unit) {
        return new Verdict(Outcome.KEPT, unit, unit, null, null, List.of(), null, null);
    }

    static Verdict queued(UnitId from, List<Suggestion> suggestions, String reason) {
        return new Verdict(Outcome.QUEUED, from, null, null, null, suggestions, reason, null);
    }

    /** The same record, which is to wait where it came from until a person puts it where it should go. */
    public Verdict withheld(String why) {
        return queued(Objects.requireNonNull(from), choices(), why);
    }

    private Verdict by(Evidence other) {
        return new Verdict(outcome, from, to, code, vintage, suggestions, reason, other);
    }

    /** The same record, which a person puts where its whole unit went; empty if that is not there. */
    Optional<Verdict> confirmed(UnitId unit) {
        return outcome == Outcome.MOVED && unit.equals(to) ? Optional.of(by(Evidence.ofPerson())) : Optional.empty();
    }

    /** A unit that goes on, of a record that came to it from another by a decision made meanwhile. */
    public Verdict decidedFrom(@Nullable UnitId former) {
        return new Verdict(Outcome.MOVED, former, to, null, null, List.of(), null, null);
    }

    static Verdict rejected(String reason) {
        return new Verdict(Outcome.REJECTED, null, null, null, null, List.of(), reason, null);
    }
}
