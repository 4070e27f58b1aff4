package vn.dvhc.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vn.dvhc.timeline.Corrections.accepted;
import static vn.dvhc.timeline.Corrections.amend;
import static vn.dvhc.timeline.Corrections.refused;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import vn.dvhc.catalogue.Catalogue;
import vn.dvhc.decision.Basis;
import vn.dvhc.decision.Confidence;
import vn.dvhc.decision.Decision;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.decision.Extent;
import vn.dvhc.decision.Fact;
import vn.dvhc.decision.Portion;
import vn.dvhc.decision.UnitChange;
import vn.dvhc.decision.UnitEvent;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitId;
import vn.dvhc.unit.UnitType;

/** What is recorded stays; what was wrong is struck and stated anew, and every later day still has to hold. */
class ChronicleTest {

    private static final Basis BASIS = Basis.ofActs("1/NQ");
    private static final UnitId TRUC_BACH = UnitId.parse("00004@2004-08-31");
    private static final UnitId BA_DINH = UnitId.parse("00004@2025-07-01");

    private final Chronicle chronicle = WholeCatalogue.chronicle();
    private final String digest = chronicle.timeline().digest();

    @Test
    void mendsAnEdge_andStillKnowsWhatWasKnownBefore() {
        // When
        Corrections.Sample sample = Corrections.anEdgeOfTheReform();
        Chronicle mended = sample.accepted().after();

        // Then
        UnitId ngocHa = UnitId.parse("00016@2004-08-31");
        assertThat(chronicle.timeline().edgesFrom(ngocHa)).hasSize(2);
        assertThat(mended.timeline().edgesFrom(ngocHa)).hasSize(1);
        assertThat(mended.timeline().find(ngocHa))
                .isEqualTo(chronicle.timeline().find(ngocHa));
        assertThat(mended.isStruck(sample.struck())).isTrue();
        assertThat(mended.knownAt(Corrections.RECORDED).digest()).isEqualTo(digest);
        assertThat(mended.knownAt(Corrections.RECORDED.plusSeconds(1)).digest())
                .isEqualTo(mended.timeline().digest())
                .isNotEqualTo(digest);
    }

    @Test
    void statesAnEndAnewInItsPlace_whenAnotherUnitInheritsTheCode() {
        // Given: Trúc Bạch ends before Ba Đình takes its code on the same day
        long ended = Corrections.endOf(chronicle, TRUC_BACH).sequence();

        // When
        Chronicle mended = accepted(amend(
                        chronicle,
                        Catalogue.REFORM,
                        List.of(new UnitChange.Abolish(UnitCode.of("00004"), BASIS), full("00004", "00004")),
                        List.of(Strike.of(ended))))
                .after();

        // Then
        assertThat(mended.timeline().find(TRUC_BACH).orElseThrow().endedBy()).isEqualTo(BASIS);
        assertThat(mended.timeline().edgesFrom(TRUC_BACH))
                .singleElement()
                .satisfies(edge -> assertThat(edge.edge().to()).isEqualTo(BA_DINH));
        assertThat(mended.corrections().get(0).entries())
                .extracting(Entry::retracts, Entry::replaces)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(ended, null),
                        org.assertj.core.groups.Tuple.tuple(null, ended));
    }

    @Test
    void readsCodesAsOfTheDateThatIsMended() {
        // When
        UnitChange rename = new UnitChange.Rename(UnitCode.of("00004"), "Ba Đình Đúng", BASIS);
        Timeline mended = accepted(amend(chronicle, Catalogue.REFORM, List.of(rename), List.of()))
                .after()
                .timeline();
        LocalDate earlier = LocalDate.of(2025, 6, 1);
        Timeline before = accepted(amend(chronicle, earlier, List.of(rename), List.of()))
                .after()
                .timeline();

        // Then
        assertThat(name(mended, "00004", Catalogue.REFORM)).isEqualTo("Ba Đình Đúng");
        assertThat(name(mended, "00004", earlier)).isEqualTo("Trúc Bạch");
        assertThat(name(before, "00004", earlier)).isEqualTo("Ba Đình Đúng");
        assertThat(name(before, "00004", earlier.minusDays(1))).isEqualTo("Trúc Bạch");
        assertThat(name(before, "00004", Catalogue.REFORM)).isEqualTo("Ba Đình");
    }

    @Test
    void statesABirthAnew_withEverythingThatLaterDaysMadeOfTheUnit() {
        // Given
        Entry created = chronicle.counting(Catalogue.REFORM).stream()
                .filter(entry -> entry.facts().get(0).event() instanceof UnitEvent.Created birth
                        && birth.unit().equals(BA_DINH))
                .findFirst()
                .orElseThrow();

        // When
        Timeline mended = accepted(amend(
                        chronicle,
                        Catalogue.REFORM,
                        List.of(new UnitChange.Create(
                                UnitCode.of("00004"), UnitType.WARD, "Ba Đình Đúng", UnitCode.of("01"), BASIS)),
                        List.of(Strike.of(created.sequence()))))
                .after()
                .timeline();

        // Then
        Unit unit = mended.unit(UnitCode.of("00004"), Catalogue.REFORM).orElseThrow();
        assertThat(unit.id()).isEqualTo(BA_DINH);
        assertThat(unit.name()).isEqualTo("Ba Đình Đúng");
        assertThat(unit.legalBasis()).isEqualTo(BASIS.acts());
        assertThat(mended.edgesTo(BA_DINH)).isEqualTo(chronicle.timeline().edgesTo(BA_DINH));
    }

    @Test
    void refusesAndChangesNothing_whenALaterDayWouldNoLongerHold() {
        // When: Trúc Bạch would have ended before the reform ends it
        LocalDate earlier = LocalDate.of(2025, 6, 1);
        Amendment amendment =
                amend(chronicle, earlier, List.of(new UnitChange.Abolish(UnitCode.of("00004"), BASIS)), List.of());

        // Then
        assertThat(amendment).isInstanceOf(Amendment.Refused.class);
        assertThat(((Amendment.Refused) amendment).date()).isEqualTo(Catalogue.REFORM);
        assertThat(refused(amendment)).extracting(Refusal::code).contains(Refusal.Code.UNIT_UNKNOWN);
        assertThat(chronicle.timeline().digest()).isEqualTo(digest);
    }

    @Test
    void refusesWithEveryReason_whenWhatItRefersToIsNotThere() {
        // Given
        Chronicle mended = Corrections.anEdgeOfTheReform().accepted().after();
        long struck = Corrections.anEdgeOfTheReform().struck();
        long whole = Corrections.endOf(chronicle, TRUC_BACH).sequence();

        // When
        List<Refusal> reasons = refused(amend(
                mended,
                Catalogue.REFORM,
                List.of(),
                List.of(
                        Strike.of(1),
                        Strike.of(struck),
                        Strike.of(whole),
                        Strike.of(whole),
                        new Strike(whole, TRUC_BACH),
                        Strike.of(mended.lastSequence() + 1))));

        // Then
        assertThat(reasons)
                .extracting(Refusal::code)
                .containsExactly(
                        Refusal.Code.MESSAGE_UNKNOWN,
                        Refusal.Code.MESSAGE_STRUCK,
                        Refusal.Code.MESSAGE_STRUCK,
                        Refusal.Code.MESSAGE_STRUCK,
                        Refusal.Code.EDGE_UNKNOWN,
                        Refusal.Code.MESSAGE_UNKNOWN);
        assertThat(reasons).allSatisfy(reason -> assertThat(reason.message()).isNotBlank());
        assertThat(refused(amend(mended, Catalogue.REFORM, List.of(), List.of())))
                .extracting(Refusal::code)
                .containsExactly(Refusal.Code.NOTHING_TO_CORRECT);
    }

    @Test
    void refusesADate_thatWasNotEnacted() {
        UnitChange rename = new UnitChange.Rename(UnitCode.of("01"), "Hà Nội", BASIS);
        for (LocalDate date : List.of(
                Catalogue.BASE.minusDays(1),
                chronicle.timeline().lastDay().orElseThrow().plusDays(1))) {
            assertThat(refused(amend(chronicle, date, List.of(rename), List.of())))
                    .extracting(Refusal::code)
                    .contains(Refusal.Code.DATE_NOT_ENACTED);
        }
        assertThat(refused(amend(Chronicle.empty(), Catalogue.BASE, List.of(rename), List.of())))
                .extracting(Refusal::code)
                .contains(Refusal.Code.DATE_NOT_ENACTED);
    }

    @Test
    void refusesARecordedCorrection_thatStrikesOrReplacesWhatItMayNot() {
        // Given
        long first = chronicle.lastSequence() + 1;
        Entry ended = Corrections.endOf(chronicle, TRUC_BACH);

        // Then
        assertThat(refusals(correction(Catalogue.REFORM, Entry.striking(first, 1))))
                .containsExactly(Refusal.Code.MESSAGE_UNKNOWN);
        assertThat(refusals(correction(
                        Catalogue.REFORM,
                        Entry.striking(first, ended.sequence()),
                        Entry.striking(first + 1, ended.sequence()))))
                .contains(Refusal.Code.MESSAGE_STRUCK);
        assertThat(refusals(correction(
                        Catalogue.REFORM, Entry.stating(first, ended.facts()).inPlaceOf(ended.sequence()))))
                .containsExactly(Refusal.Code.PLACE_TAKEN);
    }

    @Test
    void advancesItsPositionOnly_whenANoticeIsRecorded() {
        // When
        Chronicle told = appended(chronicle, notice(chronicle.lastSequence() + 1));

        // Then
        assertThat(told.lastSequence()).isEqualTo(chronicle.lastSequence() + 2);
        assertThat(told.timeline()).isSameAs(chronicle.timeline());
        assertThat(told.message(told.lastSequence())).isEmpty();
        assertThat(refused(amend(told, Catalogue.REFORM, List.of(), List.of(Strike.of(told.lastSequence())))))
                .extracting(Refusal::code)
                .containsExactly(Refusal.Code.MESSAGE_UNKNOWN);
    }

    @Test
    void goesOnWithDays_afterACorrection() {
        // Given
        Chronicle mended = Corrections.anEdgeOfTheReform().accepted().after();
        LocalDate day = LocalDate.of(2027, 1, 1);
        Enactment.Enacted enacted = mended.timeline()
                .enact(
                        day,
                        List.of(new Decision(
                                new DecisionId("later"),
                                day,
                                "Sau này",
                                List.of(new UnitChange.Rename(UnitCode.of("00004"), "Ba Đình Mới", BASIS)))))
                .fold(done -> done, refused -> {
                    throw new AssertionError(refused.reasons());
                });

        // When
        Chronicle next = appended(
                mended, Group.Day.of(enacted, Corrections.RECORDED.plusSeconds(60), mended.lastSequence() + 1));

        // Then
        assertThat(next.timeline().digest()).isEqualTo(enacted.timeline().digest());
        assertThat(mended.append(enacted, Corrections.RECORDED.plusSeconds(60)).groups())
                .isEqualTo(next.groups());
        assertThat(name(next.timeline(), "00004", day)).isEqualTo("Ba Đình Mới");
    }

    @Test
    void neverLetsAGapPass_andRefusesADayNotAfterTheLast() {
        Group.Day again = new Group.Day(
                Catalogue.REFORM,
                Corrections.RECORDED,
                chronicle.lastSequence() + 1,
                List.of(Entry.stating(
                        chronicle.lastSequence() + 1,
                        List.of(new Fact(
                                new DecisionId("late"), new UnitEvent.Renamed(BA_DINH, "Ba Đình Mới", BASIS))))));
        assertThat(refusals(again)).containsExactly(Refusal.Code.DATE_NOT_AFTER_LAST);
        assertThatThrownBy(() -> chronicle.append(notice(chronicle.lastSequence() + 2)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> chronicle.append(WholeCatalogue.days().get(5), Corrections.RECORDED))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tellsItsMessagesByNumber() {
        assertThat(chronicle.message(0)).isEmpty();
        assertThat(chronicle.message(chronicle.lastSequence() + 1)).isEmpty();
        for (long sequence : List.of(1L, 17_284L, chronicle.lastSequence())) {
            assertThat(chronicle.message(sequence)).map(Entry::sequence).contains(sequence);
        }
        assertThat(chronicle.firstDay()).contains(Catalogue.BASE);
        assertThat(chronicle.firstRecordedAt()).contains(WholeCatalogue.recordedAt(Catalogue.BASE));
        assertThat(chronicle
                        .knownAt(WholeCatalogue.recordedAt(Catalogue.BASE).minusNanos(1))
                        .digest())
                .isEqualTo(Timeline.empty().digest());
    }

    private List<Refusal.Code> refusals(Group group) {
        return chronicle.append(group).<List<Refusal>>fold(accepted -> List.of(), Recording.Refused::reasons).stream()
                .map(Refusal::code)
                .toList();
    }

    private Group.Correction correction(LocalDate date, Entry... entries) {
        return new Group.Correction(
                date,
                new DecisionId("correction-1"),
                Corrections.RECORDED,
                chronicle.lastSequence() + 1,
                List.of(entries));
    }

    private static Group.Notice notice(long first) {
        return new Group.Notice(
                new DecisionId("later"), LocalDate.of(2027, 1, 1), false, Corrections.RECORDED, first, first + 1);
    }

    private static Chronicle appended(Chronicle chronicle, Group group) {
        return chronicle.append(group).fold(Recording.Accepted::chronicle, refused -> {
            throw new AssertionError(refused.reasons());
        });
    }

    private static String name(Timeline timeline, String code, LocalDate at) {
        return timeline.unit(UnitCode.of(code), at).orElseThrow().name();
    }

    private static UnitChange full(String from, String to) {
        return new UnitChange.Succeed(
                UnitCode.of(from), UnitCode.of(to), Extent.FULL, Portion.WHOLE, Confidence.ACT, BASIS);
    }
}
