package vn.dvhc.sync.plan;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** How sure it is where a record of a split unit belongs; the order is from surest to least sure. */
public enum Sureness {
    /** An act, an assignment that came with it, or a person says so. */
    @JsonProperty("certain")
    CERTAIN,
    /** The record's address names it in full. */
    @JsonProperty("strong")
    STRONG,
    /** A rule, or words that could mean something else too. */
    @JsonProperty("likely")
    LIKELY;

    /** The word for it in the plan, in the ledger and in answers. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether this is as sure as is asked for. */
    public boolean isAtLeast(Sureness asked) {
        return compareTo(asked) <= 0;
    }
}
