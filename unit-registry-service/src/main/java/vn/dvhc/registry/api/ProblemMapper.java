package vn.dvhc.registry.api;

import io.quarkus.oidc.OIDCException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns every failure into a problem document: stable, in words a clerk understands, without a trace of the inside. */
class ProblemMapper {

    private static final Logger LOG = Logger.getLogger(ProblemMapper.class);

    @ServerExceptionMapper
    Response malformed(MalformedRequestException malformed) {
        return malformed.toProblem().toResponse();
    }

    @ServerExceptionMapper(priority = 1)
    Response unauthorized(UnauthorizedException missing) {
        return unauthenticated();
    }

    @ServerExceptionMapper(priority = 1)
    Response authenticationFailed(AuthenticationFailedException refused) {
        return unauthenticated();
    }

    @ServerExceptionMapper(priority = 1)
    Response forbidden(ForbiddenException refused) {
        return Problem.of(Problem.Kind.FORBIDDEN, "Tài khoản không có vai trò cần thiết cho thao tác này.")
                .toResponse();
    }

    /** Nobody can be told apart while the identity provider is away. */
    @ServerExceptionMapper
    Response identityUnavailable(OIDCException away) {
        LOG.warnf("A token could not be checked: %s", away.getMessage());
        return Problem.of(Problem.Kind.UNAVAILABLE, "Chưa kiểm tra được mã truy cập. Hãy thử lại sau ít phút.")
                .toResponse();
    }

    @ServerExceptionMapper
    Response http(WebApplicationException failure, HttpServerRequest request) {
        int status = failure.getResponse().getStatus();
        Problem.Kind kind = Problem.Kind.ofStatus(status);
        if (kind == Problem.Kind.INTERNAL) {
            return internal(failure, request);
        }
        return Problem.of(kind, detail(kind)).toResponse();
    }

    @ServerExceptionMapper
    Response internal(Throwable failure, HttpServerRequest request) {
        LOG.errorf(failure, "%s %s failed", request.method(), request.path());
        return Problem.of(
                        Problem.Kind.INTERNAL, "Yêu cầu chưa được thực hiện. Hãy thử lại sau hoặc báo bộ phận hỗ trợ.")
                .toResponse();
    }

    private static Response unauthenticated() {
        return Response.fromResponse(
                        Problem.of(Problem.Kind.UNAUTHENTICATED, "Cần gửi mã truy cập (Bearer) còn hiệu lực.")
                                .toResponse())
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                .build();
    }

    static String detail(Problem.Kind kind) {
        return switch (kind) {
            case NOT_FOUND -> "Địa chỉ này không có tài nguyên nào.";
            case METHOD_NOT_ALLOWED -> "Tài nguyên không nhận phương thức này.";
            case NOT_ACCEPTABLE -> "Dịch vụ trả lời bằng application/json, một số nơi có thêm text/csv.";
            case UNSUPPORTED -> "Nội dung phải ở định dạng mà tài nguyên này nhận, thường là application/json.";
            case TOO_LARGE -> "Nội dung không được vượt quá 10 MB.";
            case MALFORMED, OTHER_CLIENT_ERROR -> "Nội dung hoặc tham số không đọc được.";
            case UNAUTHENTICATED, FORBIDDEN, OUTDATED, ILLEGAL_STEP, CONTRADICTION, UNAVAILABLE, INTERNAL ->
                "Yêu cầu bị từ chối.";
        };
    }
}
