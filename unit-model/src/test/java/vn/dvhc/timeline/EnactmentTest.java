package vn.dvhc.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import vn.dvhc.catalogue.Catalogue;
import vn.dvhc.decision.Basis;
import vn.dvhc.decision.Confidence;
import vn.dvhc.decision.Decision;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.decision.Extent;
import vn.dvhc.decision.Portion;
import vn.dvhc.decision.UnitChange;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitType;

/** A day is enacted whole or refused whole, with every reason. */
class EnactmentTest {

    private static final LocalDate DAY = LocalDate.of(2027, 1, 1);
    private static final Basis BASIS = Basis.ofActs("1/NQ");

    private final Timeline today = WholeCatalogue.timeline();

    @Test
    void refused_listsEveryReason_andLeavesTheTimelineAsItWas() {
        String digest = today.digest();
        List<Refusal> reasons = refuse(
                new UnitChange.Abolish(UnitCode.of("99999"), BASIS),
                new UnitChange.Rename(UnitCode.of("98989"), "Không Có", BASIS),
                new UnitChange.Abolish(UnitCode.of("31"), BASIS),
                new UnitChange.Create(UnitCode.of("00004"), UnitType.WARD, "Mới", UnitCode.of("01"), BASIS));
        assertThat(reasons)
                .extracting(Refusal::code)
                .contains(Refusal.Code.UNIT_UNKNOWN, Refusal.Code.CHILDREN_LEFT, Refusal.Code.CODE_IN_USE)
                .hasSizeGreaterThanOrEqualTo(4);
        assertThat(reasons).allSatisfy(reason -> assertThat(reason.message()).isNotBlank());
        assertThat(today.digest()).isEqualTo(digest);
    }

    @Test
    void refused_whenAUnitEndsTwice() {
        UnitChange abolish = new UnitChange.Abolish(UnitCode.of("00004"), BASIS);
        assertThat(refuse(abolish, abolish)).extracting(Refusal::code).containsExactly(Refusal.Code.UNIT_UNKNOWN);
    }

    @Test
    void refused_whenAnEdgeGoesIntoAUnitNotInForceAtTheEndOfTheDay() {
        assertThat(refuse(
                        new UnitChange.Abolish(UnitCode.of("00004"), BASIS),
                        new UnitChange.Abolish(UnitCode.of("00008"), BASIS),
                        full("00004", "00008")))
                .extracting(Refusal::code)
                .containsExactly(Refusal.Code.EDGE_TO_NOT_IN_FORCE);
    }

    @Test
    void refused_whenAFullEdgeLeavesAUnitThatGoesOn() {
        assertThat(refuse(full("00004", "00008")))
                .extracting(Refusal::code)
                .containsExactly(Refusal.Code.FULL_EDGE_OF_UNIT_THAT_GOES_ON);
    }

    @Test
    void refused_whenAnEdgeComesFromNobody() {
        assertThat(refuse(full("99998", "00008")))
                .extracting(Refusal::code)
                .containsExactly(Refusal.Code.EDGE_FROM_NOT_IN_FORCE);
    }

    @Test
    void refused_whenTheSameEdgeStandsTwice() {
        assertThat(refuse(
                        new UnitChange.Abolish(UnitCode.of("00004"), BASIS),
                        full("00004", "00008"),
                        full("00004", "00008")))
                .extracting(Refusal::code)
                .containsExactly(Refusal.Code.EDGE_TWICE);
    }

    @Test
    void refused_whenANameIsTakenInTheProvince_whateverTheType() {
        assertThat(refuse(new UnitChange.Create(
                        UnitCode.of("99998"), UnitType.RURAL_COMMUNE, "Ba Đình", UnitCode.of("01"), BASIS)))
                .extracting(Refusal::code)
                .containsExactly(Refusal.Code.NAME_NOT_UNIQUE);
    }

    @Test
    void refused_whenAParentIsUnknownMissingOrBelow() {
        assertThat(refuse(
                        new UnitChange.Create(UnitCode.of("99998"), UnitType.WARD, "Một", UnitCode.of("99"), BASIS),
                        new UnitChange.Create(UnitCode.of("99997"), UnitType.WARD, "Hai", null, BASIS),
                        new UnitChange.Create(UnitCode.of("99996"), UnitType.WARD, "Ba", UnitCode.of("00004"), BASIS)))
                .extracting(Refusal::code)
                .contains(Refusal.Code.PARENT_UNKNOWN, Refusal.Code.PARENT_MISSING, Refusal.Code.PARENT_NOT_IN_FORCE);
    }

    @Test
    void refused_whenTheDayIsNotAfterTheLast() {
        Enactment enactment = today.enact(
                Catalogue.REFORM, List.of(new Decision(new DecisionId("late"), Catalogue.REFORM, "Muộn", List.of())));
        assertThat(enactment.<List<Refusal>>fold(enacted -> List.of(), Enactment.Refused::reasons))
                .extracting(Refusal::code)
                .containsExactly(Refusal.Code.DATE_NOT_AFTER_LAST);
    }

    @Test
    void refused_whenAUnitIsRecodedToACodeInUseOrOfAnotherLevel() {
        assertThat(refuse(
                        new UnitChange.Recode(UnitCode.of("00004"), UnitCode.of("00008"), BASIS),
                        new UnitChange.Recode(UnitCode.of("00004"), UnitCode.of("999"), BASIS)))
                .extracting(Refusal::code)
                .containsExactly(Refusal.Code.CODE_IN_USE, Refusal.Code.LEVEL_CHANGED);
    }

    @Test
    void enacted_keepsTheUnitThroughRenameAndRecode() {
        Timeline next = enact(
                new UnitChange.Rename(UnitCode.of("00004"), "Ba Đình Mới", BASIS),
                new UnitChange.Recode(UnitCode.of("00004"), UnitCode.of("99998"), BASIS));
        var before = next.unit(UnitCode.of("00004"), DAY.minusDays(1)).orElseThrow();
        var after = next.unit(UnitCode.of("99998"), DAY).orElseThrow();
        assertThat(after.id()).isEqualTo(before.id());
        assertThat(after.name()).isEqualTo("Ba Đình Mới");
        assertThat(next.unit(UnitCode.of("00004"), DAY)).isEmpty();
        assertThat(next.find(after.id()).orElseThrow().states()).hasSize(2);
    }

    @Test
    void enacted_makesANewUnit_whenACodeIsInherited() {
        Timeline next = enact(
                new UnitChange.Abolish(UnitCode.of("00004"), BASIS),
                new UnitChange.Create(UnitCode.of("00004"), UnitType.WARD, "Ba Đình", UnitCode.of("01"), BASIS),
                full("00004", "00004"));
        var before = next.unit(UnitCode.of("00004"), DAY.minusDays(1)).orElseThrow();
        var after = next.unit(UnitCode.of("00004"), DAY).orElseThrow();
        assertThat(after.id()).isNotEqualTo(before.id());
        assertThat(next.successors(before.id(), DAY))
                .singleElement()
                .satisfies(reached -> assertThat(reached.unit().id()).isEqualTo(after.id()));
    }

    private static UnitChange full(String from, String to) {
        return new UnitChange.Succeed(
                UnitCode.of(from), UnitCode.of(to), Extent.FULL, Portion.WHOLE, Confidence.ACT, BASIS);
    }

    private List<Refusal> refuse(UnitChange... changes) {
        return enactment(changes).fold(enacted -> List.of(), Enactment.Refused::reasons);
    }

    private Timeline enact(UnitChange... changes) {
        return enactment(changes).fold(Enactment.Enacted::timeline, refused -> {
            throw new AssertionError(refused.reasons());
        });
    }

    private Enactment enactment(UnitChange... changes) {
        return today.enact(DAY, List.of(new Decision(new DecisionId("test"), DAY, "Thử", List.of(changes))));
    }
}
