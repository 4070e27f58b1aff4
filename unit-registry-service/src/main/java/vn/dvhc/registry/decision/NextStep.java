package vn.dvhc.registry.decision;

import java.util.Locale;

/** What a person may do with a decision; taking effect at midnight is nobody's step. */
public enum NextStep {
    REVISION,
    SUBMISSION,
    APPROVAL,
    SCHEDULE,
    REJECTION,
    WITHDRAWAL;

    /** The word used in contracts; all but the revision have an address of this name. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
