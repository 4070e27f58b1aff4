package vn.dvhc.registry.decision;

import java.util.Locale;

/** How a decision came into the register. */
public enum Origin {
    /** Recorded import of the national catalogue: free of the rules on past dates and on two persons. */
    CATALOGUE,
    /** Drafted by a person through the API; takes effect at a midnight to come. */
    DRAFTED,
    /** Drafted by a person to mend a day that has taken effect; free of the rule on past dates. */
    CORRECTION;

    /** The word used in contracts and tables. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if the label is none of these */
    public static Origin ofLabel(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
