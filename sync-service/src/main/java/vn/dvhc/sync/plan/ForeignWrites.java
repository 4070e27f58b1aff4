package vn.dvhc.sync.plan;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What becomes of a write to a copy by somebody who does not own the record; the copy is put right in any case. */
public enum ForeignWrites {
    /** The owner's version stays; the other one is kept for the record. */
    @JsonProperty("undo")
    UNDO,
    /** The other version is written to the owner's record, unless that has changed since: then people decide. */
    @JsonProperty("accept")
    ACCEPT,
    /** People decide. */
    @JsonProperty("ask")
    ASK;

    /** The word for it in the plan and in answers. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
