package vn.dvhc.history.api;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The one place where failures become answers; only unexpected ones are logged, once, with their cause. */
class ProblemMappers {

    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    @ServerExceptionMapper
    Response badParameter(BadParameterException bad) {
        return Problem.badParameter(bad.parameter(), bad.detail()).response().build();
    }

    @ServerExceptionMapper
    Response nothingRecorded(NothingRecordedException nothing) {
        return Problem.of("nothing-recorded", "Chưa có gì được ghi nhận", 404, Texts.nothingRecorded(nothing.first()))
                .response()
                .build();
    }

    @ServerExceptionMapper
    Response refusedByHttp(WebApplicationException refused) {
        Response answer = refused.getResponse();
        int status = answer.getStatus();
        if (status < 400) {
            return answer;
        }
        Problem problem = switch (status) {
            case 404 ->
                Problem.of("no-such-address", "Không tìm thấy", status, "Địa chỉ này không có trong dịch vụ tra cứu.");
            case 405 ->
                Problem.of(
                        "method-not-allowed",
                        "Phương thức không được hỗ trợ",
                        status,
                        "Địa chỉ này không nhận phương thức đã dùng; xem tiêu đề Allow.");
            case 406 ->
                Problem.of(
                        "not-acceptable",
                        "Định dạng không được hỗ trợ",
                        status,
                        "Địa chỉ này không trả lời bằng định dạng đã yêu cầu.");
            case 415 ->
                Problem.of(
                        "unsupported-media-type",
                        "Định dạng gửi lên không được hỗ trợ",
                        status,
                        "Địa chỉ này không nhận định dạng đã gửi.");
            default -> Problem.of("http-" + status, "Yêu cầu không hợp lệ", status, "Yêu cầu không hợp lệ.");
        };
        Response.ResponseBuilder response = problem.response();
        Object allow = answer.getHeaders().getFirst(HttpHeaders.ALLOW);
        return (allow == null ? response : response.header(HttpHeaders.ALLOW, allow)).build();
    }

    /** Bodies and answers are the only streams here: their caller has left, or has been left. */
    @ServerExceptionMapper
    Response brokenOff(IOException broken) {
        return Problem.of("body-broken-off", "Nội dung bị đứt", 400, "Nội dung của yêu cầu bị đứt giữa chừng.")
                .response()
                .build();
    }

    @ServerExceptionMapper
    Response defect(Exception defect) {
        LOG.error("A request failed unexpectedly", defect);
        return Problem.of(
                        "internal",
                        "Lỗi hệ thống",
                        500,
                        "Dịch vụ tra cứu gặp lỗi ngoài dự kiến; lỗi đã được ghi lại. Vui lòng thử lại sau.")
                .response()
                .build();
    }
}
