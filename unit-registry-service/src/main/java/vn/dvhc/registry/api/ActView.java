package vn.dvhc.registry.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.dvhc.registry.act.Act;
import vn.dvhc.registry.act.ActDescription;
import vn.dvhc.registry.act.ActId;

/**
 * An act; what is not known is absent.
 *
 * @param id ours; absent while the act is only described by a decision that nobody has approved
 * @param year of signing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ActView(
        @Nullable String id,
        String number,
        @Nullable String issuer,
        @Nullable Integer year,
        @Nullable String signedOn,
        @Nullable String inForceOn,
        @Nullable String title,
        List<String> clauses,
        @Nullable String documentSha256) {

    static ActView of(Act act) {
        return of(act.id(), act.description());
    }

    static ActView of(ActDescription description) {
        return of(null, description);
    }

    private static ActView of(@Nullable ActId id, ActDescription act) {
        return new ActView(
                id == null ? null : id.value(),
                act.number(),
                act.issuer(),
                act.year(),
                act.signedOn() == null ? null : act.signedOn().toString(),
                act.inForceOn() == null ? null : act.inForceOn().toString(),
                act.title(),
                act.clauses(),
                act.documentSha256());
    }

    /** Acts by number; {@code next} is handed back as {@code after}, and absent on the last page. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Page(List<ActView> acts, @Nullable String next) {}
}
