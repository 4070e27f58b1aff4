package vn.dvhc.history.api;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import vn.dvhc.history.query.LookUp;

/** What people read, in Vietnamese. */
final class Texts {

    static final String BAD_CODE =
            "Mã đơn vị hành chính gồm 2 chữ số (tỉnh), 3 chữ số (huyện) hoặc 5 chữ số (xã), giữ nguyên số 0 ở đầu.";
    static final String BAD_LEVEL = "Tham số level phải là province (tỉnh), district (huyện) hoặc commune (xã).";
    static final String BAD_CURSOR = "Tham số cursor không hợp lệ; hãy dùng đúng giá trị next của trang trước.";
    static final String BAD_PARENT =
            "Tham số parent phải là mã đơn vị (ví dụ 01) hoặc định danh đơn vị (ví dụ 01@2004-08-31).";
    static final String CURSOR_OF_OTHER_DATE = "Tham số cursor thuộc về một danh sách của ngày khác với tham số at.";

    static final String KNOWN_AT_TO_COME =
            "Tham số knownAt nằm trong tương lai; chỉ hỏi được sổ đăng ký tại một thời điểm đã qua.";

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy");

    private Texts() {}

    static String day(LocalDate date) {
        return DAY.format(date);
    }

    static String badDate(String name) {
        return "Tham số " + name + " phải là một ngày có thật dạng năm-tháng-ngày, ví dụ 2025-07-01.";
    }

    static String badMoment(String name) {
        return "Tham số " + name + " phải là một thời điểm theo RFC 3339 có múi giờ, ví dụ 2026-11-25T08:00:00Z hoặc"
                + " 2026-11-25T15:00:00%2B07:00 (dấu + trong địa chỉ viết là %2B).";
    }

    static String nothingRecorded(@Nullable Instant first) {
        return first == null
                ? "Sổ đăng ký chưa ghi nhận gì."
                : "Tại thời điểm này sổ đăng ký chưa ghi nhận gì; lần ghi nhận đầu tiên là " + first + ".";
    }

    static String empty(String name) {
        return "Tham số " + name + " để trống; hãy bỏ tham số hoặc cho giá trị.";
    }

    static String badLimit(int max) {
        return "Tham số limit phải là số nguyên từ 1 đến " + max + ".";
    }

    static String notKnown(LookUp.NotKnown notKnown) {
        String code = notKnown.code().value();
        if (notKnown.known().isEmpty()) {
            return "Danh mục không có đơn vị hành chính nào từng mang mã " + code + ".";
        }
        String detail = "Không có đơn vị hành chính nào mang mã " + code + " vào ngày " + day(notKnown.at())
                + "; xem các thời gian mã này được dùng ở mục known.";
        return notKnown.at().isBefore(notKnown.firstDay())
                ? detail + " Danh mục bắt đầu từ ngày " + day(notKnown.firstDay()) + "."
                : detail;
    }

    static String ended(LookUp.Ended ended) {
        String fullName = ended.unit().state().fullName();
        String detail =
                fullName + " đã kết thúc từ ngày " + day(ended.endedOn()) + " và danh mục không ghi đơn vị kế thừa.";
        return ended.endedBy().acts().isEmpty()
                ? detail
                : detail + " Căn cứ: " + String.join("; ", ended.endedBy().actNumbers()) + ".";
    }

    static String successorsBefore(LocalDate at, LocalDate on) {
        return "Ngày xem đơn vị kế thừa (" + day(on) + ") không được trước ngày của mã (" + day(at) + ").";
    }

    static String predecessorsAfter(LocalDate at, LocalDate on) {
        return "Ngày xem đơn vị tiền thân (" + day(on) + ") không được sau ngày của mã (" + day(at) + ").";
    }
}
