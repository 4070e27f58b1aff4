package vn.dvhc.sync.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.plan.InvalidDeclarationException;

/** The one place where failures become RFC 9457 answers: no class names, no SQL. */
class Problems {

    private static final Logger LOG = Logger.getLogger(Problems.class);

    /** The body of an error. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Problem(
            String type,
            String title,
            int status,
            String detail,
            @Nullable List<String> problems) {}

    @ServerExceptionMapper
    Response undeclarable(InvalidDeclarationException invalid) {
        return answer(new Problem(
                "/problems/invalid-declaration",
                "Khai báo không hợp lệ",
                422,
                "Khai báo có " + invalid.problems().size() + " chỗ cần sửa, liệt kê ở problems.",
                invalid.problems()));
    }

    @ServerExceptionMapper
    Response refused(WebApplicationException refusal) {
        int status = refusal.getResponse().getStatus();
        String message = refusal.getMessage();
        return problem(
                status,
                switch (status) {
                    case 400 -> "Yêu cầu không hợp lệ";
                    case 401 -> "Cần đăng nhập";
                    case 403 -> "Không có quyền";
                    case 404 -> "Không tìm thấy";
                    case 409 -> "Trái với hiện trạng";
                    case 422 -> "Nội dung không dùng được";
                    case 503 -> "Tạm thời chưa phục vụ được";
                    default -> "Không xử lý được yêu cầu";
                },
                message != null && !message.startsWith("HTTP ") ? message : "Xem lại địa chỉ và tham số của yêu cầu.");
    }

    @ServerExceptionMapper
    Response invalid(ConstraintViolationException invalid) {
        return problem(400, "Yêu cầu không hợp lệ", "Tham số limit phải từ 1 đến 1000.");
    }

    @ServerExceptionMapper
    Response failed(Exception failure) {
        String reference = UUID.randomUUID().toString();
        LOG.errorf(failure, "Request failed: reference=%s", reference);
        return problem(500, "Lỗi hệ thống", "Hệ thống gặp lỗi; mã tra cứu " + reference + ".");
    }

    private static Response problem(int status, String title, String detail) {
        return answer(new Problem("/problems/" + status, title, status, detail, null));
    }

    private static Response answer(Problem problem) {
        return Response.status(problem.status())
                .type("application/problem+json")
                .entity(problem)
                .build();
    }
}
