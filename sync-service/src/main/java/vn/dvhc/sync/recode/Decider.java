package vn.dvhc.sync.recode;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.Extent;
import vn.dvhc.sync.plan.Splitting;
import vn.dvhc.sync.plan.Sureness;
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
    private final Splitting splitting;
    private final Map<RecordUnit, Verdict> verdicts = new ConcurrentHashMap<>();
    private final Map<UnitId, Resolver> resolvers = new ConcurrentHashMap<>();

    /** One that decides splits by assigned localities only. */
    public Decider(Timeline timeline, Localities localities, LocalDate on, LocalDate today, Following following) {
        this(timeline, localities, on, today, following, Splitting.NONE);
    }

    /**
     * @param on the day as of which records are to be re-coded
     * @param today the business date: a vintage after it is refused
     * @param splitting what decides records of split units beside assigned localities
     */
    public Decider(
            Timeline timeline,
            Localities localities,
            LocalDate on,
            LocalDate today,
            Following following,
            Splitting splitting) {
        this.timeline = timeline;
        this.localities = localities;
        this.on = on;
        this.today = today;
        this.following = following;
        this.splitting = splitting;
    }

    /** Addresses are many: what follows from them is not remembered. */
    public Verdict decide(RecordUnit record) {
        Verdict verdict = verdicts.computeIfAbsent(record.withoutAddress(), this::verdict);
        return record.address() == null
                ? verdict
                : resolver(verdict).map(resolver -> resolver.resolve(record)).orElse(verdict);
    }

    /** What becomes of all records that bear a unit, whatever else they say; empty if that matters, since the unit was split. */
    public Optional<Verdict> decideAll(@Nullable String code, @Nullable String vintage) {
        Verdict verdict = decide(new RecordUnit(code, vintage, List.of()));
        return resolver(verdict).isPresent() ? Optional.empty() : Optional.of(verdict);
    }

    /** What becomes of a record that a person puts into a unit; empty if its own did not pass to that one. */
    public Optional<Verdict> assigned(RecordUnit record, UnitId to) {
        Verdict verdict = decide(record);
        return resolver(verdict).map(resolver -> resolver.assigned(to)).orElseGet(() -> verdict.confirmed(to));
    }

    private Optional<Resolver> resolver(Verdict verdict) {
        return verdict.from() == null || verdict.outcome() == Verdict.Outcome.KEPT
                ? Optional.empty()
                : Optional.ofNullable(resolvers.get(verdict.from()));
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
                one -> moved(one.from().id(), one.successor()),
                split -> resolvers
                        .computeIfAbsent(
                                split.from().id(), from -> new Resolver(timeline, localities, split, splitting, on))
                        .resolve(record),
                ended -> Verdict.queued(
                        ended.from().id(),
                        List.of(),
                        "Đơn vị " + ended.from().fullName() + " đã kết thúc ngày " + ended.endedOn()
                                + " và chưa rõ đơn vị kế thừa."),
                unknown -> Verdict.rejected("Không có đơn vị nào mang mã " + code + " vào ngày " + vintage + "."),
                ambiguous -> Verdict.rejected("Mã " + code + " không kèm ngày nên chỉ nhiều đơn vị khác nhau."));
    }

    /** Of a unit that passed only parts on, the portions left one unit for such records. */
    private Verdict moved(UnitId from, Lineage.Reached successor) {
        Unit to = successor.unit();
        Evidence evidence = successor.path().stream()
                .filter(step -> step.edge().extent() == Extent.PARTIAL)
                .findFirst()
                .map(step -> Resolver.of(
                        successor,
                        Evidence.Way.PORTION,
                        Sureness.CERTAIN,
                        step.edge().portion().words()))
                .orElse(null);
        return Verdict.moved(from, to.id(), to.code().value(), on, evidence, List.of());
    }
}
