package vn.dvhc.registry.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.dvhc.registry.decision.Life;
import vn.dvhc.registry.decision.NextStep;
import vn.dvhc.registry.rules.Finding;
import vn.dvhc.registry.unit.Objection;

/**
 * RFC 9457: what went wrong, for programs ({@code type}) and for clerks ({@code title} and {@code detail}, in Vietnamese).
 *
 * @param reasons every reason, if there are several to be mended
 * @param version of the decision as it is now, where the caller's was an older one
 * @param state of the decision, where the step does not follow it
 * @param nextSteps the steps that do
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        @Nullable List<Reason> reasons,
        @Nullable Integer version,
        @Nullable String state,
        @Nullable List<String> nextSteps) {

    static final String MEDIA_TYPE = "application/problem+json";

    /** More than anybody mends in one go. */
    static final int MOST_REASONS = 1_000;

    /** The stable types; the word is the last part of the URI. */
    enum Kind {
        MALFORMED(400, "malformed-request", "Yêu cầu không đúng định dạng"),
        UNAUTHENTICATED(401, "unauthenticated", "Chưa đăng nhập"),
        FORBIDDEN(403, "forbidden", "Không có quyền"),
        NOT_FOUND(404, "not-found", "Không tìm thấy"),
        METHOD_NOT_ALLOWED(405, "method-not-allowed", "Thao tác không được hỗ trợ"),
        NOT_ACCEPTABLE(406, "not-acceptable", "Định dạng trả lời không được hỗ trợ"),
        OUTDATED(409, "outdated-version", "Quyết định đã được người khác thay đổi"),
        ILLEGAL_STEP(409, "illegal-step", "Bước này không hợp lệ ở trạng thái hiện tại của quyết định"),
        TOO_LARGE(413, "too-large", "Yêu cầu quá lớn"),
        UNSUPPORTED(415, "unsupported-media-type", "Định dạng nội dung không được hỗ trợ"),
        CONTRADICTION(422, "contradicts-register", "Trái với dữ liệu đăng ký đơn vị hành chính"),
        OTHER_CLIENT_ERROR(400, "bad-request", "Yêu cầu không hợp lệ"),
        UNAVAILABLE(503, "unavailable", "Dịch vụ tạm thời gián đoạn"),
        INTERNAL(500, "internal-error", "Lỗi hệ thống");

        private final int status;
        private final String slug;
        private final String title;

        Kind(int status, String slug, String title) {
            this.status = status;
            this.slug = slug;
            this.title = title;
        }

        int status() {
            return status;
        }

        static Kind ofStatus(int status) {
            for (Kind kind : values()) {
                if (kind.status == status) {
                    return kind;
                }
            }
            return status < 500 ? OTHER_CLIENT_ERROR : INTERNAL;
        }
    }

    static Problem of(Kind kind, String detail) {
        return new Problem("urn:dvhc:problem:" + kind.slug, kind.title, kind.status, detail, null, null, null, null);
    }

    static Problem outdated(Life latest) {
        int version = latest.recorded().version();
        Problem problem = of(Kind.OUTDATED, "Quyết định nay ở phiên bản " + version + "; hãy xem lại rồi thử lại.");
        return problem.with(null, version, latest);
    }

    /** Tells the state and the steps that follow it. */
    static Problem illegalStep(Life latest) {
        Problem problem = of(
                Kind.ILLEGAL_STEP,
                "Quyết định đang ở trạng thái «" + latest.state().label() + "»"
                        + (latest.nextSteps().isEmpty()
                                ? " và không còn bước nào tiếp theo."
                                : "; các bước hợp lệ: " + String.join(", ", labels(latest)) + "."));
        return problem.with(null, latest.recorded().version(), latest);
    }

    static Problem contradiction(List<Finding> findings) {
        return ofReasons(Kind.CONTRADICTION, findings.stream().map(Reason::of).toList());
    }

    static Problem objected(List<Objection> objections) {
        return ofReasons(Kind.CONTRADICTION, objections.stream().map(Reason::of).toList());
    }

    /** Every reason is told, up to a thousand. */
    static Problem ofReasons(Kind kind, List<Reason> reasons) {
        return of(kind, "Có " + reasons.size() + " điểm cần xem lại.")
                .with(reasons.stream().limit(MOST_REASONS).toList(), null, null);
    }

    private Problem with(@Nullable List<Reason> allReasons, @Nullable Integer latestVersion, @Nullable Life latest) {
        return new Problem(
                type,
                title,
                status,
                detail,
                allReasons,
                latestVersion,
                latest == null ? null : latest.state().label(),
                latest == null ? null : labels(latest));
    }

    private static List<String> labels(Life life) {
        return life.nextSteps().stream().map(NextStep::label).toList();
    }

    Response toResponse() {
        return Response.status(status).type(MEDIA_TYPE).entity(this).build();
    }
}
