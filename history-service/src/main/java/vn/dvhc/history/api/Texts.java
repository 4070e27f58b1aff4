package vn.dvhc.history.api;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import vn.dvhc.history.query.LookUp;
import vn.dvhc.history.query.Relative;
import vn.dvhc.history.rebase.Rebased;
import vn.dvhc.unit.Unit;

/** What people read, in Vietnamese. */
final class Texts {

    static final String BAD_CODE =
            "Mã đơn vị hành chính gồm 2 chữ số (tỉnh), 3 chữ số (huyện) hoặc 5 chữ số (xã), giữ nguyên số 0 ở đầu.";
    static final String BAD_PROVINCE = "Tham số province phải là mã tỉnh gồm 2 chữ số, ví dụ 01.";
    static final String BAD_LEVEL = "Tham số level phải là province (tỉnh), district (huyện) hoặc commune (xã).";
    static final String BAD_JSON = "Nội dung gửi lên phải là một đối tượng JSON đúng cú pháp.";
    static final String BAD_KIND = "Trường kind phải là sum (tổng) hoặc ratio (tỷ lệ).";
    static final String BAD_BY = "Trường by phải là unit (đơn vị) hoặc province (tỉnh).";
    static final String BAD_CURSOR = "Tham số cursor không hợp lệ; hãy dùng đúng giá trị next của trang trước.";
    static final String BAD_PARENT =
            "Tham số parent phải là mã đơn vị (ví dụ 01) hoặc định danh đơn vị (ví dụ 01@2004-08-31).";
    static final String CURSOR_OF_OTHER_DATE = "Tham số cursor thuộc về một danh sách của ngày khác với tham số at.";

    static final String BAD_QUERY = "Tham số q phải chứa ít nhất một chữ cái hoặc chữ số và không có ký tự điều khiển.";
    static final String NO_SEARCH_OF_THE_PAST =
            "Tham số knownAt không dùng được cùng với q; hãy tìm theo ngày bằng tham số at.";
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

    static String badSequence(String name, long last) {
        return "Tham số " + name + " phải là số nguyên từ 0 đến " + last + " (số của thông điệp cuối cùng hiện có).";
    }

    static String badValues(int most) {
        return "Trường values phải là danh sách có nhiều nhất " + most + " số liệu.";
    }

    static String badCodeAt(int index) {
        return "Số liệu thứ " + (index + 1) + " thiếu mã đơn vị; mã là chuỗi ký tự, giữ nguyên số 0 ở đầu.";
    }

    static String badNumberAt(int index) {
        return "Số liệu thứ " + (index + 1) + " có giá trị hoặc trọng số không phải là số có nhiều nhất 30 chữ số.";
    }

    /** Why a figure could not be taken. */
    static String rejected(Rebased.Rejected.Reason reason) {
        return switch (reason) {
            case MALFORMED_CODE -> BAD_CODE;
            case OTHER_LEVEL -> "Mã thuộc cấp hành chính khác với cấp của lượt gọi.";
            case NOT_KNOWN -> "Không có đơn vị hành chính nào mang mã này vào ngày from.";
            case TWICE -> "Đơn vị này đã có số liệu ở trước trong danh sách.";
            case NO_VALUE -> "Số liệu thiếu giá trị.";
            case NEGATIVE -> "Số liệu cộng dồn không được âm.";
            case NEGATIVE_WEIGHT -> "Trọng số không được âm.";
        };
    }

    static String missing(String name) {
        return "Thiếu tham số " + name + ".";
    }

    static String badFormat(String offered) {
        return "Tham số format phải là một trong: " + offered + ".";
    }

    static String beforeFirstDay(String name, LocalDate firstDay) {
        return "Tham số " + name + " ở trước ngày đầu tiên của danh mục (" + day(firstDay) + ").";
    }

    static String badLimit(int max) {
        return "Tham số limit phải là số nguyên từ 1 đến " + max + ".";
    }

    static String queryTooLong(int max) {
        return "Tham số q dài nhất " + max + " ký tự.";
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

    /** Why a way ends before the date it was to lead to. */
    static String lost(Relative.Lost lost, Unit unit) {
        return switch (lost.reason()) {
            case NO_SUCCESSOR_RECORDED ->
                unit.fullName() + " đã kết thúc và danh mục không ghi đơn vị kế thừa."
                        + (lost.endedBy().acts().isEmpty()
                                ? ""
                                : " Căn cứ: " + String.join("; ", lost.endedBy().actNumbers()) + ".");
            case NO_PREDECESSOR_RECORDED ->
                unit.fullName() + " được thành lập ngày " + day(unit.validFrom())
                        + " và danh mục không ghi đơn vị tiền thân.";
            case BEFORE_FIRST_DAY -> "Danh mục bắt đầu từ ngày " + day(unit.validFrom()) + ", không biết xa hơn.";
        };
    }

    static String successorsBefore(LocalDate at, LocalDate on) {
        return "Ngày xem đơn vị kế thừa (" + day(on) + ") không được trước ngày của mã (" + day(at) + ").";
    }

    static String predecessorsAfter(LocalDate at, LocalDate on) {
        return "Ngày xem đơn vị tiền thân (" + day(on) + ") không được sau ngày của mã (" + day(at) + ").";
    }
}
