package vn.dvhc.registry.api;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import vn.dvhc.registry.decision.ChangeDocument;

/**
 * What goes with a step in the life of a decision.
 *
 * @param version the version that was read; if it is no longer the latest, nothing is done
 * @param reason why, in the person's words; needed for a rejection
 */
public record StepBody(
        @Schema(required = true, examples = "3") @Nullable Integer version,
        @Nullable String reason) {

    private static final int MAX_REASON = 2_000;

    int seen() {
        return seen(version);
    }

    @Nullable
    String checkedReason() {
        return checkedReason(reason);
    }

    /** @throws MalformedRequestException if there is none */
    String requiredReason() {
        String checked = checkedReason();
        if (checked == null) {
            throw new MalformedRequestException("«reason» không được để trống: hãy nêu lý do.");
        }
        return checked;
    }

    /** @throws MalformedRequestException if no version is named */
    static int seen(@Nullable Integer version) {
        if (version == null) {
            throw new MalformedRequestException("Cần nêu «version»: phiên bản của quyết định đã xem.");
        }
        return version;
    }

    /** @throws MalformedRequestException if people can't read it */
    static @Nullable String checkedReason(@Nullable String reason) {
        try {
            return reason == null ? null : ChangeDocument.text("reason", reason, MAX_REASON);
        } catch (IllegalArgumentException malformed) {
            throw new MalformedRequestException(String.valueOf(malformed.getMessage()));
        }
    }
}
