package vn.dvhc.sync.capture;

import org.jspecify.annotations.Nullable;

/**
 * A message that can't be applied, with its cause.
 *
 * @param detail what is wrong, in Vietnamese, for the clerk who has to mend it
 * @param payload the message as it came, so that nothing is lost
 */
public record DeadLetter(
        Origin origin,
        @Nullable String dataset,
        @Nullable String key,
        Cause cause,
        String detail,
        @Nullable String payload) {

    /** The stable words for causes. */
    public enum Cause {
        UNREADABLE,
        UNDECLARED,
        UNIT_REFUSED,
        PERSONAL_DATA,
        REFUSED_BY_DATABASE
    }
}
