package vn.dvhc.registry.api;

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
 */
public record ApprovalBody(
        @Schema(required = true, examples = "1") @Nullable Integer version,
        @Schema(defaultValue = "true") @Nullable Boolean schedule,
        @Nullable String reason) {

    /** @throws MalformedRequestException if it is incomplete */
    ApprovalTransaction.Approval toApproval(String by) {
        return new ApprovalTransaction.Approval(
                by, StepBody.seen(version), schedule == null || schedule, StepBody.checkedReason(reason));
    }
}
