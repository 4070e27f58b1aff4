package vn.dvhc.sync.plan;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What decides records of a split unit where no locality was assigned. What is less sure than the threshold only orders the
 * suggestions that clerks get.
 *
 * @param address the column with the record's address in words; null if there is none
 * @param rule what is assumed where nothing else speaks; null for nothing
 * @param threshold records are decided without a person if that is at least as sure; strong if not declared
 */
public record Splitting(@Nullable String address, @Nullable Rule rule, Sureness threshold) {

    /** Only assignments decide. */
    public static final Splitting NONE = new Splitting(null, null, Sureness.STRONG);

    /** What may be assumed of records that say nothing; never more than likely. */
    public enum Rule {
        /** They went with «phần còn lại»: what an act does not name apart. */
        @JsonProperty("rest")
        REST;

        /** The word for it in the plan and in answers. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Splitting {
        threshold = threshold == null ? Sureness.STRONG : threshold;
    }
}
