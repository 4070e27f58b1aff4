package vn.dvhc.sync.queue;

import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.recode.Evidence;

/**
 * A record that waits for a clerk.
 *
 * @param home the database in which it lives
 * @param unit id of the unit that was split
 * @param candidates ids of all units it may belong to, when it began to wait
 * @param suggestions at most three of those it may belong to by now, the likeliest first; empty if it is gone
 * @param cursor for the page after it
 */
@Schema(name = "QueuedRecord")
public record QueuedRecord(
        String home,
        String dataset,
        String key,
        String unit,
        List<String> candidates,
        @Nullable String locality,
        LocalDate enactment,
        String since,
        List<Suggested> suggestions,
        String cursor) {

    /** How many suggestions are told. */
    static final int SUGGESTIONS = 3;

    /**
     * A unit that a record may belong to.
     *
     * @param confidence {@code certain}, {@code strong} or {@code likely}; null with all that follows if nothing speaks for it
     * @param way {@code assignment}, {@code address} or {@code rule}
     * @param words the assigned locality, the words of the address, or the rule
     * @param legalBasis the acts by which a part of the old unit went there
     */
    @Schema(name = "QueueSuggestion")
    public record Suggested(
            String unit,
            @Nullable String code,
            @Nullable String fullName,
            @Nullable String confidence,
            @Nullable String way,
            @Nullable String words,
            List<String> legalBasis,
            @Nullable String clause) {

        static Suggested of(
                String unit, @Nullable String code, @Nullable String fullName, @Nullable Evidence evidence) {
            return evidence == null
                    ? new Suggested(unit, code, fullName, null, null, null, List.of(), null)
                    : new Suggested(
                            unit,
                            code,
                            fullName,
                            evidence.confidence().label(),
                            evidence.way().label(),
                            evidence.words(),
                            evidence.legalBasis(),
                            evidence.clause());
        }
    }

    QueuedRecord with(List<Suggested> others) {
        return new QueuedRecord(home, dataset, key, unit, candidates, locality, enactment, since, others, cursor);
    }
}
