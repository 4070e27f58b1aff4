package vn.dvhc.registry.rules;

import java.util.Locale;

/** Whether a finding stands in the way of a decision. */
public enum Severity {
    /** Must be mended before the decision goes on. */
    ERROR,
    /** Worth a second look; may be right. */
    WARNING;

    /** The word used in contracts. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
