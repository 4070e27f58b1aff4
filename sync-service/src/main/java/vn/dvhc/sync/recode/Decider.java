package vn.dvhc.sync.recode;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import vn.dvhc.timeline.Following;
import vn.dvhc.timeline.Lineage;
import vn.dvhc.timeline.Recoding;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitId;
import vn.dvhc.unit.UnitRef;

/**
 * Decides what becomes of records on a day. Deciding again what was decided changes nothing: a record that was moved bears
 * the day as its vintage and is then kept. Remembers its verdicts, since few units make up many records.
 */
public final class Decider {

    private final Timeline timeline;
    private final Localities localities;
    private final LocalDate on;
    private final LocalDate today;
    private final Following following;
    private final Map<RecordUnit, Verdict> verdicts = new ConcurrentHashMap<>();

    /**
     * @param on the day as of which records are to be re-coded
     * @param today the business date: a vintage after it is refused
     */
    public Decider(Timeline timeline, Localities localities, LocalDate on, LocalDate today, Following following) {
        this.timeline = timeline;
        this.localities = localities;
        this.on = on;
        this.today = today;
        this.following = following;
    }

    public Verdict decide(RecordUnit record) {
        return verdicts.computeIfAbsent(record, this::verdict);
    }

    private Verdict verdict(RecordUnit record) {
        String code = record.code();
        String vintageText = record.vintage();
        if (code == null || !UnitCode.isWellFormed(code)) {
            return Verdict.rejected("Mã đơn vị hành chính không hợp lệ (cần 2, 3 hoặc 5 chữ số): " + code);
        }
        if (vintageText == null) {
            return Verdict.rejected("Mã " + code + " không kèm ngày đọc mã nên không xác định được đơn vị.");
        }
        LocalDate vintage;
        try {
            vintage = LocalDate.parse(vintageText);
        } catch (DateTimeException malformed) {
            return Verdict.rejected("Ngày đọc mã không hợp lệ: " + vintageText);
        }
        if (vintage.isAfter(today)) {
            return Verdict.rejected("Ngày đọc mã " + vintage + " ở tương lai.");
        }
        Recoding recoding = timeline.recode(new UnitRef(UnitCode.of(code), vintage), on, following);
        return recoding.fold(
                same -> Verdict.kept(same.unit().id()),
                one -> moved(one.from().id(), one.successor().unit()),
                split -> decideSplit(split, record),
                ended -> Verdict.queued(
                        ended.from().id(),
                        List.of(),
                        "Đơn vị " + ended.from().fullName() + " đã kết thúc ngày " + ended.endedOn()
                                + " và chưa rõ đơn vị kế thừa."),
                unknown -> Verdict.rejected("Không có đơn vị nào mang mã " + code + " vào ngày " + vintage + "."),
                ambiguous -> Verdict.rejected("Mã " + code + " không kèm ngày nên chỉ nhiều đơn vị khác nhau."));
    }

    private Verdict decideSplit(Recoding.Split split, RecordUnit record) {
        List<UnitId> candidates = split.candidates().stream()
                .filter(candidate -> !candidate.open())
                .map(candidate -> candidate.unit().id())
                .toList();
        Optional<UnitId> assigned = record.localities().stream()
                .flatMap(locality -> localities.successor(split.from().id(), locality).stream())
                .findFirst();
        Optional<Unit> successor = assigned.flatMap(unit -> split.candidates().stream()
                .map(Lineage.Reached::unit)
                .filter(candidate -> candidate.id().equals(unit))
                .findFirst());
        if (successor.isPresent()) {
            return moved(split.from().id(), successor.get());
        }
        return Verdict.queued(
                split.from().id(),
                candidates,
                split.from().fullName() + " được chia cho " + candidates.size()
                        + " đơn vị; chưa rõ hồ sơ thuộc đơn vị nào.");
    }

    private Verdict moved(UnitId from, Unit to) {
        return Verdict.moved(from, to.id(), to.code().value(), on);
    }
}
