package vn.dvhc.sync.letter;

import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A message that could not be applied.
 *
 * @param source the database it comes from, as its topic says
 * @param key the record's key; null if nobody can tell
 * @param cause the stable word for why it was refused last
 * @param detail the same for the clerk, in Vietnamese
 * @param state {@code open}, {@code applied}, {@code superseded} or {@code discarded}
 * @param attempts redrives that were refused since it, the plan or the units last changed
 * @param amended whether a person's version of it stands beside the original
 */
@Schema(name = "Letter")
public record Letter(
        long id,
        String topic,
        int partition,
        long offset,
        String source,
        @Nullable String dataset,
        @Nullable String key,
        String cause,
        String detail,
        String state,
        int attempts,
        boolean amended,
        String receivedAt,
        @Nullable String changedAt) {

    /** The states of a case; only an open one can be worked on. */
    enum State {
        OPEN,
        APPLIED,
        /** A newer version is there, or it waits as a conflict. */
        SUPERSEDED,
        /** Ended by a person, with a reason. */
        DISCARDED;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The name of a letter in the trail. */
    static String subject(long id) {
        return "dead-letter:" + id;
    }

    boolean isOpen() {
        return state.equals(State.OPEN.label());
    }
}
