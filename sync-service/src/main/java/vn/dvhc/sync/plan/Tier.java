package vn.dvhc.sync.plan;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who holds a database. */
public enum Tier {
    @JsonProperty("commune")
    COMMUNE,
    @JsonProperty("province")
    PROVINCE,
    @JsonProperty("nation")
    NATION
}
