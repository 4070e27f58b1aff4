package vn.dvhc.registry.rules;

/**
 * The rules of this package with what they say in both languages; {@code %1$s} is the subject. Refusals of the timeline
 * have their words in {@link Refusals}.
 */
enum Rule {
    DATE_NOT_IN_FUTURE(
            Severity.ERROR,
            "Ngày có hiệu lực %1$s phải sau ngày hôm nay (%2$s).",
            "The effective date %1$s must be after today (%2$s)."),
    CORRECTION_OF_A_DAY_TO_COME(
            Severity.ERROR,
            "Quyết định đính chính phải nêu một ngày đã có hiệu lực; %1$s sau ngày gần nhất %2$s.",
            "A correction mends a day that took effect; %1$s is after the last one, %2$s."),

    UNIT_ENDS_WITHOUT_SUCCESSOR(
            Severity.ERROR,
            "Đơn vị %1$s (%2$s) kết thúc nhưng không nêu đơn vị kế thừa; nếu chủ định, hãy ghi mã vào «endedOnPurpose».",
            "Unit %1$s (%2$s) ends without a successor; if that is meant, name it in endedOnPurpose."),
    ENDED_ON_PURPOSE_HAS_SUCCESSOR(
            Severity.ERROR,
            "Đơn vị %1$s được ghi là kết thúc không có kế thừa nhưng lại chuyển giao cho %2$s.",
            "Unit %1$s is said to end without successor, yet passes something to %2$s."),
    ENDED_ON_PURPOSE_GOES_ON(
            Severity.ERROR,
            "Mã %1$s được ghi trong «endedOnPurpose» nhưng quyết định không kết thúc đơn vị nào mang mã này.",
            "endedOnPurpose names %1$s, but the decision ends no unit of that code."),
    FULL_EDGE_BESIDE_OTHERS(
            Severity.ERROR,
            "Đơn vị %1$s chuyển giao toàn bộ cho %2$s nên không thể chuyển giao thêm cho đơn vị khác.",
            "Unit %1$s passes whole to %2$s, so nothing is left for another unit."),
    PARTIAL_EDGE_ALONE(
            Severity.ERROR,
            "Đơn vị %1$s kết thúc nhưng chỉ nêu một phần, chuyển cho %2$s; thiếu phần còn lại.",
            "Unit %1$s ends, but only a part of it is told of, passed to %2$s: the rest is missing."),
    REST_MISSING(
            Severity.ERROR,
            "Đơn vị %1$s bị chia tách thành %2$s phần nhưng không phần nào là «phần còn lại».",
            "Unit %1$s is split into %2$s parts, none of which is the rest («phần còn lại»)."),
    REST_TWICE(
            Severity.ERROR,
            "Đơn vị %1$s có %2$s đơn vị cùng nhận «phần còn lại»; chỉ được một.",
            "%2$s units receive the rest («phần còn lại») of unit %1$s; only one can."),
    REST_OF_UNIT_THAT_GOES_ON(
            Severity.ERROR,
            "Đơn vị %1$s không kết thúc nên phần còn lại vẫn thuộc chính nó, không thể chuyển cho %2$s.",
            "Unit %1$s goes on, so the rest stays with it and can't pass to %2$s."),
    PORTION_CONTRADICTS_EXTENT(
            Severity.ERROR,
            "Chuyển giao từ %1$s sang %2$s ghi «%3$s» nhưng mức độ là %4$s.",
            "The words «%3$s» of the edge from %1$s to %2$s do not go with the extent %4$s."),
    ALL_PEOPLE_TAKEN_TWICE(
            Severity.ERROR,
            "Toàn bộ dân số của đơn vị %1$s đã chuyển cho %2$s nên không thể chuyển dân số cho %3$s.",
            "All people of unit %1$s pass to %2$s, so none can pass to %3$s."),

    TYPE_DOES_NOT_FIT_CODE(
            Severity.ERROR,
            "Loại «%2$s» không thuộc cấp của mã %1$s (2 chữ số: tỉnh, 3: huyện, 5: xã).",
            "The type «%2$s» is not of the level of code %1$s (2 digits: province, 3: district, 5: commune)."),
    CODE_NOT_INHERITED(
            Severity.ERROR,
            "Mã %1$s do đơn vị %2$s mang đến hôm trước; đơn vị mới chỉ được dùng lại nếu đơn vị đó kết thúc và chuyển"
                    + " giao cho nó.",
            "Code %1$s was borne by %2$s until the day before; the new unit may have it only if that one ends and"
                    + " passes something to it."),
    NAME_NOT_NFC(
            Severity.ERROR,
            "Tên của đơn vị %1$s phải theo chuẩn Unicode NFC.",
            "The name of unit %1$s must be in Unicode's form NFC."),
    NAME_UNTIDY(
            Severity.ERROR,
            "Tên của đơn vị %1$s để trống, quá dài, thừa khoảng trắng hoặc chứa ký tự không nhìn thấy.",
            "The name of unit %1$s is blank, too long, or has spare spaces or invisible characters."),
    NAME_NOT_UNIQUE(
            Severity.ERROR,
            "Tên «%2$s» của đơn vị %1$s trùng với đơn vị %3$s cùng loại, cùng cấp trên.",
            "The name «%2$s» of unit %1$s is also that of unit %3$s of the same type and parent."),
    STATED_TWICE(
            Severity.ERROR,
            "Quyết định nêu cùng một loại thay đổi hai lần cho đơn vị %1$s.",
            "The decision states the same kind of change twice for unit %1$s."),
    TOUCHED_BY_ANOTHER_DECISION(
            Severity.ERROR,
            "Đơn vị %1$s cũng được thay đổi trong cùng ngày bởi quyết định %2$s.",
            "Unit %1$s is changed on the same day by decision %2$s too."),
    LATER_DAY_NO_LONGER_HOLDS(
            Severity.ERROR,
            "Các quyết định đã lên lịch cho ngày %2$s sẽ không còn thực hiện được (%1$s): %3$s",
            "What is scheduled for %2$s would no longer hold (%1$s): %4$s"),

    OTHERS_OF_THE_DAY_FAIL(
            Severity.WARNING,
            "Các quyết định khác của ngày %1$s vẫn còn %2$s điểm trái với dữ liệu đăng ký.",
            "The other decisions of %1$s contradict the register at %2$s points."),
    SCHEDULED_DAY_FAILS(
            Severity.WARNING,
            "Ngày %1$s đã lên lịch nhưng không thực hiện được, kể cả khi không có quyết định này.",
            "The scheduled day %1$s does not hold, even without this decision."),
    PLAN_UNKNOWN(
            Severity.ERROR,
            "Không có phương án bàn giao nào mang mã băm %1$s được lập cho quyết định này; hãy lập lại, xem rồi duyệt.",
            "No hand-over plan with the digest %1$s was made for this decision; make one, read it and approve that."),
    PLAN_OF_EARLIER_DRAFT(
            Severity.ERROR,
            "Phương án bàn giao %1$s được lập trước lần sửa gần nhất của quyết định; hãy lập lại, xem rồi duyệt.",
            "The hand-over plan %1$s was made before the decision was last revised; make a new one and read it."),
    PLAN_NOT_INTACT(
            Severity.ERROR,
            "Phương án bàn giao đã lưu không còn khớp với mã băm %1$s; hãy báo người quản trị và lập lại.",
            "The hand-over plan that was kept no longer is what its digest %1$s says; tell the administrators."),
    PLAN_INCOMPLETE(
            Severity.WARNING,
            "Phương án bàn giao %1$s chưa đủ: có cơ sở dữ liệu có nhiều số liệu hơn một câu trả lời cho phép.",
            "The hand-over plan %1$s is not whole: some database had more to tell than an answer holds."),
    WHOLE_AREA_BUT_NOT_ALL_PEOPLE(
            Severity.WARNING,
            "Chuyển giao từ %1$s sang %2$s ghi «toàn bộ» nhưng một phần dân số chuyển nơi khác; được hiểu là toàn bộ"
                    + " diện tích.",
            "The edge from %1$s to %2$s says «toàn bộ» though some people pass elsewhere; it is read as the whole area."),
    UNIT_LEFT_WITHOUT_PEOPLE(
            Severity.WARNING,
            "Đơn vị %1$s tiếp tục tồn tại nhưng toàn bộ dân số chuyển cho %2$s.",
            "Unit %1$s goes on, but all its people pass to %2$s."),
    EXTENT_UNKNOWN(
            Severity.WARNING,
            "Chuyển giao từ %1$s sang %2$s không nêu mức độ; hồ sơ của đơn vị sẽ phải chờ phân giao.",
            "The extent of the edge from %1$s to %2$s is unknown; records will wait to be assigned."),
    EDGE_CROSSES_LEVELS(
            Severity.WARNING,
            "Chuyển giao từ %1$s sang %2$s là giữa hai cấp khác nhau.",
            "The edge from %1$s to %2$s joins two levels."),
    SPLIT_CROSSES_PROVINCES(
            Severity.WARNING,
            "Đơn vị %1$s được chia cho nhiều tỉnh (%2$s); hồ sơ chưa phân giao không biết thuộc tỉnh nào.",
            "Unit %1$s is split between provinces (%2$s); undecided records belong to none of them."),
    NEW_UNIT_WITHOUT_PREDECESSOR(
            Severity.WARNING,
            "Đơn vị mới %1$s (%2$s) không nhận gì từ đơn vị nào.",
            "The new unit %1$s (%2$s) receives nothing from any unit."),
    CODE_REUSED(
            Severity.WARNING,
            "Mã %1$s từng do đơn vị khác (%2$s) mang.",
            "Code %1$s was once borne by another unit (%2$s)."),
    TYPE_NO_LONGER_IN_USE(
            Severity.WARNING,
            "Từ ngày 1-7-2025 không còn loại đơn vị «%2$s» (%1$s).",
            "Since 2025-07-01 there is no unit of type «%2$s» (%1$s)."),
    NAME_CONFUSABLE(
            Severity.WARNING,
            "Tên «%2$s» của đơn vị %1$s chỉ khác dấu hoặc chữ hoa với «%3$s» (%4$s) cùng cấp trên.",
            "The name «%2$s» of unit %1$s differs from «%3$s» (%4$s) below the same parent in marks or case only."),
    CHANGE_WITHOUT_EFFECT(
            Severity.WARNING,
            "Đơn vị %1$s đã như quyết định nêu; thay đổi này không có tác dụng.",
            "Unit %1$s is already as the decision says; this change has no effect."),
    ACT_NOT_DESCRIBED(
            Severity.WARNING,
            "Văn bản %1$s được viện dẫn nhưng chưa được mô tả (cơ quan ban hành, ngày ký, ngày hiệu lực).",
            "Act %1$s is cited but not described (issuer, date signed, date in force)."),
    NO_LEGAL_BASIS(
            Severity.WARNING,
            "Thay đổi của đơn vị %1$s không nêu căn cứ pháp lý.",
            "The change of unit %1$s names no legal basis.");

    private final Severity severity;
    private final String vietnamese;
    private final String english;

    Rule(Severity severity, String vietnamese, String english) {
        this.severity = severity;
        this.vietnamese = vietnamese;
        this.english = english;
    }

    /** @param details what else the words name, from {@code %2$s} on */
    Finding about(Object subject, Object... details) {
        Object[] values = new Object[details.length + 1];
        values[0] = subject;
        System.arraycopy(details, 0, values, 1, details.length);
        return new Finding(
                severity, name(), subject.toString(), vietnamese.formatted(values), english.formatted(values));
    }
}
