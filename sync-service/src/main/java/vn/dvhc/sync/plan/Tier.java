package vn.dvhc.sync.plan;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** Who holds a database. */
public enum Tier {
    @JsonProperty("commune")
    COMMUNE,
    @JsonProperty("province")
    PROVINCE,
    @JsonProperty("nation")
    NATION;

    /** The word for it in the plan and in answers. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
