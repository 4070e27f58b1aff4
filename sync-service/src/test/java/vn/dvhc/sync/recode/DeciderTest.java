package vn.dvhc.sync.recode;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.dvhc.catalogue.Catalogue;
import vn.dvhc.decision.Decision;
import vn.dvhc.timeline.Following;
import vn.dvhc.timeline.Recoding;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitId;
import vn.dvhc.unit.UnitRef;

/** Verdicts over the real reform. */
class DeciderTest {

    private static final LocalDate BEFORE = LocalDate.of(2025, 6, 30);
    private static final LocalDate REFORM = Catalogue.REFORM;
    private static final Timeline TIMELINE = timeline();

    @Test
    void decide_movesToTheOneSuccessor_andIsKeptWhenDecidedAgain() {
        Decider decider = decider(Localities.none(), Following.PEOPLE);
        Verdict first = decider.decide(new RecordUnit("318", "2025-06-30", List.of()));
        assertThat(first.outcome()).isEqualTo(Verdict.Outcome.MOVED);
        assertThat(first.to()).hasToString("11948@2025-07-01");
        Verdict again = decider.decide(new RecordUnit(first.code(), String.valueOf(first.vintage()), List.of()));
        assertThat(again.outcome()).isEqualTo(Verdict.Outcome.KEPT);
    }

    @Test
    void decide_neverChangesADecidedRecord_forEveryUnitInForceBeforeTheReform() {
        for (Following following : Following.values()) {
            Decider decider = decider(Localities.none(), following);
            for (Unit unit : TIMELINE.units(BEFORE, Level.COMMUNE, null)) {
                Verdict verdict = decider.decide(new RecordUnit(unit.code().value(), "2025-06-30", List.of()));
                assertThat(verdict.outcome()).isNotEqualTo(Verdict.Outcome.REJECTED);
                if (verdict.outcome() == Verdict.Outcome.MOVED) {
                    assertThat(decider.decide(new RecordUnit(
                                            verdict.code(), String.valueOf(verdict.vintage()), List.of()))
                                    .outcome())
                            .isEqualTo(Verdict.Outcome.KEPT);
                }
            }
        }
    }

    @Test
    void decide_keepsAUnitThatGoesOn() {
        assertThat(decider(Localities.none(), Following.PEOPLE)
                        .decide(new RecordUnit("01144", "2025-06-30", List.of()))
                        .outcome())
                .isEqualTo(Verdict.Outcome.KEPT);
    }

    @Test
    void decide_queuesASplit_untilItsLocalityIsAssigned() {
        Recoding.Split split = aSplit();
        RecordUnit record = new RecordUnit(split.from().code().value(), "2025-06-30", List.of("Tổ 9", "Thôn  1"));
        Verdict undecided = decider(Localities.none(), Following.PEOPLE).decide(record);
        assertThat(undecided.outcome()).isEqualTo(Verdict.Outcome.QUEUED);
        assertThat(undecided.candidates()).hasSizeGreaterThan(1);

        Localities known = Localities.none()
                .with(split.from().id(), "thôn 1", undecided.candidates().get(1));
        Verdict decided = decider(known, Following.PEOPLE).decide(record);
        assertThat(decided.outcome()).isEqualTo(Verdict.Outcome.MOVED);
        assertThat(decided.to()).isEqualTo(undecided.candidates().get(1));
    }

    @Test
    void decide_ignoresAnAssignmentToAUnitThatIsNoCandidate() {
        Recoding.Split split = aSplit();
        Localities wrong = Localities.none()
                .with(
                        split.from().id(),
                        "Thôn 1",
                        TIMELINE.units(REFORM, Level.COMMUNE, null).get(0).id());
        assertThat(decider(wrong, Following.PEOPLE)
                        .decide(new RecordUnit(split.from().code().value(), "2025-06-30", List.of("Thôn 1")))
                        .outcome())
                .isEqualTo(Verdict.Outcome.QUEUED);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "99999, 2025-06-30, Không có đơn vị nào",
                "1, 2025-06-30, không hợp lệ",
                "'1'' OR ''1', 2025-06-30, không hợp lệ",
                "-, 2025-06-30, không hợp lệ",
                "00001, -, không kèm ngày",
                "00001, 30/06/2025, không hợp lệ",
                "00001, 2031-01-01, tương lai",
                "00001, 1999-01-01, Không có đơn vị nào",
            })
    void decide_rejectsWithAReason_whenTheUnitCantBeRead(String code, String vintage, String reason) {
        Verdict verdict =
                decider(Localities.none(), Following.EVERYTHING).decide(new RecordUnit(code, vintage, List.of()));
        assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.REJECTED);
        assertThat(verdict.reason()).contains(reason);
    }

    @Test
    void decideAll_isWhatEachRecordGets_andEmptyForASplitUnit_forEveryUnitBeforeTheReform() {
        for (Following following : Following.values()) {
            Decider decider = decider(Localities.none(), following);
            for (Unit unit : TIMELINE.units(BEFORE, Level.COMMUNE, null)) {
                String code = unit.code().value();
                Optional<Verdict> all = decider.decideAll(code, "2025-06-30");
                assertThat(all.isEmpty())
                        .as(code)
                        .isEqualTo(TIMELINE.recode(new UnitRef(unit.code(), BEFORE), REFORM, following)
                                        .kind()
                                == Recoding.Kind.SPLIT);
                all.ifPresent(verdict -> assertThat(
                                decider.decide(new RecordUnit(code, "2025-06-30", List.of("Thôn 1"), "Thôn 1")))
                        .isEqualTo(verdict));
            }
        }
    }

    @Test
    void assigned_confirmsWhereAWholeUnitWent_andRefusesAnyOther() {
        Decider decider = decider(Localities.none(), Following.PEOPLE);
        RecordUnit record = new RecordUnit("318", "2025-06-30", List.of());
        Verdict moved = decider.decide(record);

        assertThat(decider.assigned(record, Objects.requireNonNull(moved.to()))).hasValueSatisfying(verdict -> {
            assertThat(verdict.to()).isEqualTo(moved.to());
            assertThat(verdict.code()).isEqualTo(moved.code());
            assertThat(Objects.requireNonNull(verdict.evidence()).way()).isEqualTo(Evidence.Way.PERSON);
        });
        assertThat(decider.assigned(record, UnitId.parse("00004@2025-07-01"))).isEmpty();
        assertThat(moved.withheld("thu hồi").outcome()).isEqualTo(Verdict.Outcome.QUEUED);
        assertThat(moved.withheld("thu hồi").candidates()).containsExactly(moved.to());
    }

    @Test
    void changedSince_namesTheUnitsWhoseLocalitiesWereAssigned() {
        UnitId one = UnitId.parse("00004@2004-08-31");
        UnitId two = UnitId.parse("00006@2004-08-31");
        UnitId to = UnitId.parse("00004@2025-07-01");
        Localities before = Localities.none().with(one, "Tổ 1", to);

        assertThat(before.changedSince(Localities.none())).containsExactly(one);
        assertThat(before.with(two, "Tổ 1", to).changedSince(before)).containsExactly(two);
        assertThat(before.with(one, "tổ  1", to).changedSince(before)).isEmpty();
    }

    private static Recoding.Split aSplit() {
        return TIMELINE.units(BEFORE, Level.COMMUNE, null).stream()
                .map(unit -> TIMELINE.recode(new UnitRef(unit.code(), BEFORE), REFORM, Following.PEOPLE))
                .map(recoding -> recoding.<Optional<Recoding.Split>>fold(
                        same -> Optional.empty(),
                        one -> Optional.empty(),
                        Optional::of,
                        ended -> Optional.empty(),
                        unknown -> Optional.empty(),
                        ambiguous -> Optional.empty()))
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow();
    }

    private static Decider decider(Localities localities, Following following) {
        return new Decider(TIMELINE, localities, REFORM, REFORM, following);
    }

    private static Timeline timeline() {
        Timeline timeline = Timeline.empty();
        for (Map.Entry<LocalDate, List<Decision>> day :
                Catalogue.load().days().headMap(REFORM, true).entrySet()) {
            timeline = timeline.enact(day.getKey(), day.getValue()).fold(enacted -> enacted.timeline(), refused -> {
                throw new AssertionError(refused.reasons());
            });
        }
        return timeline;
    }
}
