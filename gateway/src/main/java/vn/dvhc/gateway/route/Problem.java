package vn.dvhc.gateway.route;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/** An error after RFC 9457, with words for the person who reads it. */
public record Problem(String slug, String title, int status, String detail) {

    public static final String MEDIA_TYPE = "application/problem+json";

    public static final Problem AMBIGUOUS_PATH = new Problem(
            "ambiguous-path",
            "Địa chỉ không hợp lệ",
            400,
            "Địa chỉ chứa ký tự không được phép (như ; // .. hoặc dấu gạch chéo, chữ, số bị mã hoá bằng %).");
    public static final Problem BODY_AMBIGUOUS = new Problem(
            "ambiguous-body", "Yêu cầu không hợp lệ", 400, "Yêu cầu nêu độ dài nội dung theo hai cách khác nhau.");
    public static final Problem LENGTH_REQUIRED = new Problem(
            "length-required", "Thiếu độ dài nội dung", 411, "Yêu cầu có nội dung phải nêu Content-Length.");
    public static final Problem UNAUTHENTICATED = new Problem(
            "unauthenticated",
            "Cần đăng nhập",
            401,
            "Yêu cầu này cần mã truy cập (Bearer token) còn hiệu lực của hệ thống đăng nhập.");
    public static final Problem REVOKED = new Problem(
            "token-revoked",
            "Phiên đăng nhập đã kết thúc",
            401,
            "Mã truy cập này đã bị thu hồi, vì đã đăng xuất hoặc vì người quản trị thu hồi. Hãy đăng nhập lại hoặc lấy mã mới.");
    public static final Problem TOO_LONG_LIVED = new Problem(
            "token-too-long-lived",
            "Mã truy cập có thời hạn quá dài",
            401,
            "Mã truy cập này có thời hạn dài hơn mức cổng cho phép, nên không thể thu hồi chắc chắn. Hãy lấy mã mới; nếu vẫn vậy,"
                    + " báo người quản trị hệ thống đăng nhập rút ngắn thời hạn.");
    public static final Problem FORBIDDEN =
            new Problem("forbidden", "Không đủ quyền", 403, "Tài khoản này không có vai trò cần thiết cho yêu cầu.");
    public static final Problem UNIT_CLAIM = new Problem(
            "unit-claim",
            "Tài khoản chưa khai báo đúng đơn vị",
            403,
            "Đơn vị (dvhc_unit) trong mã truy cập phải là VN hoặc mã định danh đơn vị như 31@2025-07-01. Hãy báo người quản lý"
                    + " tài khoản.");
    public static final Problem UNIT_ENDED = new Problem(
            "unit-ended",
            "Đơn vị của tài khoản đã chấm dứt",
            403,
            "Quyền đã chuyển sang đơn vị kế thừa. Tài khoản này chỉ còn xem và ký biên bản bàn giao của đơn vị cũ.");
    public static final Problem UNIT_UNKNOWN = new Problem(
            "unit-unknown",
            "Không có đơn vị này",
            403,
            "Đơn vị của tài khoản không có, hoặc chưa có, trong danh mục đơn vị hành chính.");
    public static final Problem FOREIGN_UNIT = new Problem(
            "foreign-unit",
            "Không thuộc đơn vị của tài khoản",
            403,
            "Yêu cầu này về một đơn vị mà tài khoản không được xem hay xử lý.");
    public static final Problem RIGHTS_UNAVAILABLE = new Problem(
            "rights-unavailable",
            "Chưa xét được quyền theo đơn vị",
            503,
            "Cổng chưa đọc hết dòng thay đổi đơn vị nên chưa biết đơn vị nào kế thừa đơn vị nào. Vui lòng thử lại sau ít giây.");
    public static final Problem NO_SUCH_ADDRESS =
            new Problem("no-such-address", "Không tìm thấy", 404, "Địa chỉ này không có trên cổng.");
    public static final Problem METHOD_NOT_ALLOWED = new Problem(
            "method-not-allowed",
            "Phương thức không được hỗ trợ",
            405,
            "Địa chỉ này không nhận phương thức của yêu cầu.");
    public static final Problem NO_CODES = new Problem(
            "no-codes", "Yêu cầu không hợp lệ", 400, "Cần trường codes gồm từ 1 đến 5.000 mã 2, 3 hoặc 5 chữ số.");
    public static final Problem IDENTITY_UNAVAILABLE = new Problem(
            "identity-unavailable",
            "Hệ thống đăng nhập chưa sẵn sàng",
            503,
            "Chưa kiểm tra được mã truy cập vì hệ thống đăng nhập không trả lời. Tra cứu công khai vẫn hoạt động.");
    public static final Problem UPSTREAM_UNAVAILABLE = new Problem(
            "upstream-unavailable",
            "Dịch vụ tạm thời không sẵn sàng",
            503,
            "Dịch vụ phía sau cổng chưa sẵn sàng. Vui lòng thử lại sau ít giây.");
    public static final Problem UPSTREAM_FAILED = new Problem(
            "upstream-failed",
            "Dịch vụ không trả lời trọn vẹn",
            502,
            "Dịch vụ phía sau cổng đã ngắt giữa chừng hoặc trả lời quá lâu. Vui lòng thử lại sau ít giây.");
    public static final Problem INTERNAL =
            new Problem("internal", "Lỗi hệ thống", 500, "Cổng gặp lỗi ngoài dự kiến; lỗi đã được ghi lại.");

    public static Problem bodyTooLarge(long limit) {
        return new Problem(
                "body-too-large",
                "Nội dung quá lớn",
                413,
                "Nội dung của yêu cầu vượt giới hạn " + limit / (1024 * 1024) + " MB.");
    }

    public Buffer json() {
        return new JsonObject()
                .put("type", "urn:dvhc:problem:" + slug)
                .put("title", title)
                .put("status", status)
                .put("detail", detail)
                .toBuffer();
    }

    public Future<Void> send(HttpServerResponse response) {
        return response.setStatusCode(status)
                .putHeader("Content-Type", MEDIA_TYPE)
                .putHeader("Cache-Control", "no-store")
                .end(json());
    }
}
