package vn.dvhc.registry.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.dvhc.registry.unit.Objection;

/**
 * RFC 9457: what went wrong, for programs ({@code type}) and for clerks ({@code title} and {@code detail}, in Vietnamese).
 *
 * @param reasons every reason, if there are several to be mended
 * @param version of the decision as it is now, where the caller's was an older one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        @Nullable List<Reason> reasons,
        @Nullable Integer version) {

    static final String MEDIA_TYPE = "application/problem+json";

    private static final int MOST_REASONS = 1_000;

    /** The stable types; the word is the last part of the URI. */
    enum Kind {
        MALFORMED(400, "malformed-request", "Yêu cầu không đúng định dạng"),
        UNAUTHENTICATED(401, "unauthenticated", "Chưa đăng nhập"),
        FORBIDDEN(403, "forbidden", "Không có quyền"),
        NOT_FOUND(404, "not-found", "Không tìm thấy"),
        METHOD_NOT_ALLOWED(405, "method-not-allowed", "Thao tác không được hỗ trợ"),
        NOT_ACCEPTABLE(406, "not-acceptable", "Định dạng trả lời không được hỗ trợ"),
        OUTDATED(409, "outdated-version", "Quyết định đã được người khác thay đổi"),
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
        return new Problem("urn:dvhc:problem:" + kind.slug, kind.title, kind.status, detail, null, null);
    }

    static Problem outdated(int latest) {
        Problem problem = of(Kind.OUTDATED, "Quyết định nay ở phiên bản " + latest + "; hãy xem lại rồi phê duyệt.");
        return new Problem(problem.type, problem.title, problem.status, problem.detail, null, latest);
    }

    static Problem objected(List<Objection> objections) {
        return ofReasons(Kind.CONTRADICTION, objections.stream().map(Reason::of).toList());
    }

    /** Every reason is told, up to a thousand. */
    static Problem ofReasons(Kind kind, List<Reason> reasons) {
        Problem problem = of(kind, "Có " + reasons.size() + " điểm cần xem lại.");
        return new Problem(
                problem.type,
                problem.title,
                problem.status,
                problem.detail,
                reasons.stream().limit(MOST_REASONS).toList(),
                null);
    }

    Response toResponse() {
        return Response.status(status).type(MEDIA_TYPE).entity(this).build();
    }
}
