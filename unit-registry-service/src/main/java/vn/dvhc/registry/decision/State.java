package vn.dvhc.registry.decision;

import java.util.Locale;
import java.util.Optional;

/** Where a decision is in its life; {@link Life} says what may follow. */
public enum State {
    DRAFT,
    SUBMITTED,
    APPROVED,
    SCHEDULED,
    IN_FORCE,
    REJECTED,
    WITHDRAWN;

    /** The word used in contracts and tables. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Empty if there is no such state. */
    public static Optional<State> ofLabel(String label) {
        for (State state : values()) {
            if (state.label().equals(label)) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }
}
