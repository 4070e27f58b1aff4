package vn.dvhc.history.api;

import java.util.ArrayList;
import java.util.List;
import vn.dvhc.history.convert.Conversion;
import vn.dvhc.history.convert.Target;
import vn.dvhc.history.search.Fit;

/** Why an item was converted as it was, in Vietnamese. */
final class ConvertTexts {

    static final String BAD_ENVELOPE = "Nội dung phải là một đối tượng JSON có mảng items; to (nếu có) là một ngày dạng"
            + " năm-tháng-ngày, ví dụ 2025-07-01.";
    static final String BAD_CODES = "Nội dung phải là một đối tượng JSON có mảng codes gồm các mã dạng chuỗi.";
    static final String BAD_HEADER = "Dòng đầu của tệp CSV phải có cột code (và có thể có cột at) hoặc cột address.";

    private ConvertTexts() {}

    static String tooManyItems(int most) {
        return "Mỗi lần gọi nhận nhiều nhất " + most + " mục; hãy chia nhỏ hoặc dùng dạng application/x-ndjson.";
    }

    static String tooManyCodes(int most) {
        return "Mỗi lần gọi nhận nhiều nhất " + most + " mã.";
    }

    static String recordTooLong(int most) {
        return "Dòng dài quá " + most
                + " ký tự (có thể thiếu dấu ngoặc kép đóng); phần còn lại của tệp chưa được chuyển đổi.";
    }

    static String reason(Conversion conversion) {
        String reason = cause(conversion);
        if (conversion.doubts().isEmpty()) {
            return reason;
        }
        List<String> doubts = new ArrayList<>();
        for (Fit.Doubt doubt : Fit.Doubt.values()) {
            if (conversion.doubts().contains(doubt)) {
                doubts.add(doubt(doubt));
            }
        }
        return reason + " Lưu ý khi đọc địa chỉ: " + String.join("; ", doubts) + ".";
    }

    private static String cause(Conversion conversion) {
        return switch (conversion.cause()) {
            case GOES_ON -> "Đơn vị vẫn còn hiệu lực, giữ nguyên mã.";
            case RECODED -> "Đơn vị vẫn còn hiệu lực nhưng mang mã mới " + first(conversion) + ".";
            case READ_LATER -> "Mã hoặc địa chỉ thuộc thời điểm sau ngày chuyển đổi nên được giữ nguyên.";
            case ONE_SUCCESSOR -> "Toàn bộ đơn vị nay thuộc một đơn vị.";
            case SEVERAL_SUCCESSORS -> "Đơn vị đã được chia cho nhiều đơn vị; cần xác định từng hồ sơ.";
            case PARTLY_KNOWN -> "Danh mục chỉ ghi một phần đơn vị chuyển về đâu; cần xác định từng hồ sơ.";
            case NO_SUCCESSOR -> "Đơn vị đã kết thúc và danh mục không ghi đơn vị kế thừa.";
            case NOT_BORNE_THEN -> "Không có đơn vị nào mang mã này vào ngày đã cho; xem các thời gian ở vintages.";
            case NEVER_BORNE -> "Danh mục không có đơn vị nào từng mang mã này.";
            case BORNE_BY_SEVERAL ->
                "Mã không kèm ngày và đã từng thuộc về nhiều đơn vị; hãy thêm at theo một thời gian ở vintages.";
            case ADDRESS_FITS_SEVERAL -> "Địa chỉ phù hợp với " + conversion.candidateCount() + " đơn vị.";
            case ADDRESS_CONTRADICTS ->
                "Các phần của địa chỉ không khớp nhau hoặc không có trong danh mục: " + conversion.leftOver() + ".";
            case ADDRESS_NAMES_NOTHING -> "Không nhận ra tên đơn vị hành chính nào trong địa chỉ.";
            case MALFORMED_CODE -> Texts.BAD_CODE;
            case MALFORMED_DATE -> Texts.badDate("at");
            case ADDRESS_TOO_LONG -> "Địa chỉ quá dài.";
            case MALFORMED_ITEM -> "Mỗi mục phải có code hoặc address (chỉ một trong hai), dạng chuỗi.";
        };
    }

    private static String doubt(Fit.Doubt doubt) {
        return switch (doubt) {
            case LEVEL_MISSING -> "thiếu cấp trên";
            case MISSPELT -> "có lỗi chính tả";
            case OTHER_MARKS -> "dấu khác với tên trong danh mục";
            case OTHER_TYPE -> "loại đơn vị khác với danh mục";
            case OTHER_ERA -> "tên cấp trên thuộc thời kỳ khác";
            case WORDS_LEFT -> "còn phần chưa hiểu";
        };
    }

    private static String first(Conversion conversion) {
        Target target = conversion.to().get(0);
        return target.unit().unit().code().value();
    }
}
