package vn.dvhc.registry.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import vn.dvhc.registry.rules.Finding;
import vn.dvhc.registry.unit.Objection;

/**
 * One reason why something was refused, or one thing found in a decision.
 *
 * @param severity {@code error} or {@code warning}; absent where nothing but errors can be told
 * @param code a stable word for programs
 * @param subject what is at fault: a code, a unit id, an act or a place in the request
 * @param message what is wrong, in Vietnamese
 * @param messageEn the same in English, where there is one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Reason(
        @Nullable String severity,
        String code,
        String subject,
        String message,
        @Nullable String messageEn) {

    static Reason of(Finding finding) {
        return new Reason(
                finding.severity().label(), finding.code(), finding.subject(), finding.message(), finding.messageEn());
    }

    static Reason of(Objection objection) {
        return new Reason(null, objection.code(), objection.subject(), objection.message(), null);
    }

    /** Something in the request that can't be read. */
    static Reason malformed(String subject, RuntimeException unreadable) {
        return new Reason(null, "MALFORMED", subject, String.valueOf(unreadable.getMessage()), null);
    }
}
