package vn.dvhc.registry.decision;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that was done with a decision.
 *
 * @param by the name the person signed in with, or the part of the register that did it
 * @param at recorded time, not the time of effect
 * @param reason why, in the person's words
 * @param plan digest of the hand-over plan that was approved with the decision; null if none was
 */
public record Step(
        Kind kind,
        String by,
        Instant at,
        @Nullable String reason,
        @Nullable String plan) {

    /** The part of the register that records the national catalogue. */
    public static final String CATALOGUE = "catalogue";

    /** The part of the register that lets days take effect. */
    public static final String MIDNIGHT = "midnight";

    /** The kinds of step. */
    public enum Kind {
        DRAFTED,
        IMPORTED,
        REVISED,
        SUBMITTED,
        APPROVED,
        REJECTED,
        SCHEDULED,
        WITHDRAWN,
        ENACTED;

        /** The word used in contracts and tables. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** @throws IllegalArgumentException if the label is none of these */
        public static Kind ofLabel(String label) {
            return valueOf(label.toUpperCase(Locale.ROOT));
        }
    }

    /** @throws IllegalArgumentException if a rejection gives no reason */
    public Step {
        if (kind == Kind.REJECTED && reason == null) {
            throw new IllegalArgumentException("A rejection needs a reason");
        }
        if (plan != null && kind != Kind.APPROVED) {
            throw new IllegalArgumentException("A plan is approved, nothing else");
        }
    }

    /** A step without a plan. */
    public Step(Kind kind, String by, Instant at, @Nullable String reason) {
        this(kind, by, at, reason, null);
    }
}
