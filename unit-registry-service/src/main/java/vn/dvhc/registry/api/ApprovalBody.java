package vn.dvhc.registry.api;

import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import vn.dvhc.registry.transaction.ApprovalTransaction;

/**
 * What an approver sends.
 *
 * @param version the version that was read; if it is no longer the latest, nothing is approved
 * @param schedule whether the decision takes effect on its day without another step; assumed if absent. A correction takes
 *     effect with its approval, whatever is said here
 * @param reason a remark
 * @param plan {@code digest} of the hand-over plan that was read and is approved with the decision (SHA-256, 64 hexadecimal
 *     digits): one of those made by {@code POST …/plans} since it was last revised
 */
public record ApprovalBody(
        @Schema(required = true, examples = "1") @Nullable Integer version,
        @Schema(defaultValue = "true") @Nullable Boolean schedule,
        @Nullable String reason,
        @Schema(pattern = "^[0-9a-f]{64}$") @Nullable String plan) {

    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    /** @throws MalformedRequestException if it is incomplete */
    ApprovalTransaction.Approval toApproval(String by) {
        if (plan != null && !DIGEST.matcher(plan).matches()) {
            throw new MalformedRequestException(
                    "«plan» phải là mã băm của phương án bàn giao: 64 chữ số thập lục phân.");
        }
        return new ApprovalTransaction.Approval(
                by, StepBody.seen(version), schedule == null || schedule, StepBody.checkedReason(reason), plan);
    }
}
