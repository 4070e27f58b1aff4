package vn.dvhc.sync.plan;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What becomes of a column that must not leave its owner's tier, before the change reaches Kafka. */
public enum Treatment {
    /** The column is left out. */
    @JsonProperty("drop")
    DROP,
    /** Its value is replaced by its HMAC-SHA256, so that equal values stay equal and nobody without the key can go back. */
    @JsonProperty("pseudonym")
    PSEUDONYM
}
