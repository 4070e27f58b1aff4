package vn.dvhc.history.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import vn.dvhc.decision.Confidence;
import vn.dvhc.decision.Extent;
import vn.dvhc.history.CatalogueLog;
import vn.dvhc.history.timeline.Snapshot;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitId;
import vn.dvhc.unit.UnitRef;

class UnitQueriesTest {

    private static final Snapshot SNAPSHOT = CatalogueLog.feed().current();
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);
    private static final LocalDate EVE = LocalDate.of(2025, 6, 30);
    private static final LocalDate REFORM = LocalDate.of(2025, 7, 1);

    private final UnitQueries queries = new UnitQueries(SNAPSHOT, TODAY);

    @Test
    void tellsAnotherUnit_whenTheSameCodeIsReadADayLater() {
        assertThat(found(queries.unit(code("00004"), EVE)).unit()).satisfies(unit -> {
            assertThat(unit.state().fullName()).isEqualTo("Phường Trúc Bạch");
            assertThat(unit.state().id()).hasToString("00004@2004-08-31");
            assertThat(unit.parent().state().fullName()).isEqualTo("Quận Ba Đình");
            assertThat(unit.parent().parent().state().fullName()).isEqualTo("Thành phố Hà Nội");
            assertThat(unit.ended()).isEqualTo(REFORM);
            assertThat(unit.isClosed()).isTrue();
        });
        assertThat(found(queries.unit(code("00004"), REFORM)).unit()).satisfies(unit -> {
            assertThat(unit.state().fullName()).isEqualTo("Phường Ba Đình");
            assertThat(unit.parent().state().fullName()).isEqualTo("Thành phố Hà Nội");
            assertThat(unit.parent().parent()).isNull();
            assertThat(unit.isClosed()).isFalse();
        });
    }

    @Test
    void saysHowItReadTheCode_whenItCameWithoutADate() {
        assertThat(found(queries.unit(code("00004"), null)).reading()).isEqualTo(new Reading(TODAY, REFORM));
        assertThat(found(queries.unit(code("01"), null)).reading()).isEqualTo(new Reading(TODAY, null));
        assertThat(found(queries.unit(code("01"), TODAY)).reading()).isNull();
    }

    @Test
    void leadsToTheOnlySuccessor_whenNobodyBearsTheCodeToday() {
        LookUp.Moved moved = (LookUp.Moved) queries.unit(code("28"), null);

        assertThat(moved.single()).isTrue();
        assertThat(moved.unit().state().fullName()).isEqualTo("Tỉnh Hà Tây");
        assertThat(moved.successors()).singleElement().satisfies(successor -> {
            assertThat(successor.unit().state().fullName()).isEqualTo("Thành phố Hà Nội");
            assertThat(successor.confidence()).isEqualTo(Confidence.STRONG);
        });
    }

    @Test
    void offersTheChoices_whenTheUnitWasSplit() {
        LookUp.Moved moved = (LookUp.Moved) queries.unit(code("00016"), null);

        assertThat(moved.single()).isFalse();
        assertThat(names(moved.successors())).containsExactlyInAnyOrder("Phường Ba Đình", "Phường Ngọc Hà");
        assertThat(moved.successors()).allSatisfy(successor -> {
            assertThat(successor.edges()).isNotEmpty();
            assertThat(successor.edges().get(0).edge().extent()).isEqualTo(Extent.PARTIAL);
            assertThat(successor.confidence()).isEqualTo(Confidence.ACT);
        });
    }

    @Test
    void leadsToThePresentCode_whenTheUnitGoesOnUnderAnother() {
        // Given: 22021 was re-coded to 22018 on 2024-12-01
        UnitQueries beforeTheReform = new UnitQueries(SNAPSHOT, LocalDate.of(2024, 12, 15));

        // When
        LookUp.Moved moved = (LookUp.Moved) beforeTheReform.unit(code("22021"), null);

        // Then
        assertThat(moved.single()).isTrue();
        assertThat(moved.successors()).singleElement().satisfies(same -> {
            assertThat(same.unchanged()).isTrue();
            assertThat(same.unit().state().code()).hasToString("22018");
            assertThat(same.unit().state().id()).hasToString("22021@2004-08-31");
        });
    }

    @Test
    void namesTheAct_whenTheUnitEndedWithoutSuccessor() {
        LookUp.Ended ended = (LookUp.Ended) queries.unit(code("277"), null);

        assertThat(ended.unit().state().fullName()).isEqualTo("Huyện Chương Mỹ");
        assertThat(ended.endedOn()).isEqualTo(REFORM);
        assertThat(ended.endedBy().actNumbers()).contains("203/2025/QH15");
    }

    @Test
    void tellsWhenTheCodeIsKnown_whenNobodyBoreItOnTheDate() {
        LookUp.NotKnown early = (LookUp.NotKnown) queries.unit(code("00004"), LocalDate.of(1999, 1, 1));

        assertThat(early.firstDay()).isEqualTo("2004-08-31");
        assertThat(early.known())
                .extracting(known -> known.unit().state().fullName())
                .containsExactly("Phường Trúc Bạch", "Phường Ba Đình");
        assertThat(early.known())
                .allSatisfy(known -> assertThat(known.successors()).isEmpty());

        LookUp.NotKnown late = (LookUp.NotKnown) queries.unit(code("00016"), REFORM);
        assertThat(late.known()).singleElement().satisfies(known -> {
            assertThat(known.tenure().to()).isEqualTo(REFORM);
            assertThat(names(known.successors())).containsExactlyInAnyOrder("Phường Ba Đình", "Phường Ngọc Hà");
        });
    }

    @Test
    void knowsNothing_whenNobodyEverBoreTheCode() {
        assertThat(((LookUp.NotKnown) queries.unit(code("99999"), null)).known())
                .isEmpty();
        assertThat(queries.life(code("99999"))).isEmpty();
    }

    @Test
    void neverEndsInABareUnknown_whenTheCodeWasEverBorne() {
        SNAPSHOT.timeline()
                .histories()
                .map(history -> history.last().code())
                .forEach(code ->
                        assertThat(queries.unit(code, null)).as(code.value()).isNotInstanceOf(LookUp.NotKnown.class));
    }

    @Test
    void marksAUnitThatGoesOnAsUnchanged() {
        // Given: 00859 is «giữ nguyên»
        Kinship.Told told = told(queries.successors(code("00859"), EVE, REFORM));

        assertThat(told.relatives()).singleElement().satisfies(relative -> {
            assertThat(relative.unchanged()).isTrue();
            assertThat(relative.open()).isFalse();
            assertThat(relative.confidence()).isNull();
            assertThat(relative.edges()).isEmpty();
        });
    }

    @Test
    void marksAsOpen_whenNothingIsKnownBeyondAUnit() {
        Kinship.Told told = told(queries.successors(code("277"), EVE, REFORM));

        assertThat(told.relatives()).singleElement().satisfies(relative -> {
            assertThat(relative.open()).isTrue();
            assertThat(relative.unchanged()).isFalse();
        });
    }

    @Test
    void followsAcrossLevels_whenAnIslandDistrictBecameACommune() {
        Kinship.Told told = told(queries.successors(code("318"), EVE, REFORM));

        assertThat(names(told.relatives())).containsExactly("Đặc khu Bạch Long Vĩ");
    }

    @Test
    void showsTheWeakestLink_whenAPathHasSeveral() {
        Kinship.Told told = told(queries.successors(code("28849"), LocalDate.of(2004, 8, 31), TODAY));

        assertThat(told.relatives()).singleElement().satisfies(relative -> {
            assertThat(relative.edges()).hasSizeGreaterThan(1);
            assertThat(relative.confidence()).isEqualTo(Confidence.LIKELY);
        });
    }

    @Test
    void tellsThePredecessorsOfTheDayBefore_whenNoDateIsGiven() {
        Kinship.Told told = told(queries.predecessors(code("00004"), null, null));

        assertThat(told.on()).isEqualTo(EVE);
        assertThat(names(told.relatives())).contains("Phường Trúc Bạch", "Phường Ngọc Hà");
        assertThat(told.relatives())
                .allSatisfy(relative -> assertThat(relative.edges())
                        .allSatisfy(edge -> assertThat(edge.date()).isEqualTo(REFORM)));
        assertThat(told.reading()).isEqualTo(new Reading(TODAY, REFORM));
    }

    @Test
    void tellsHaTayAmongThePredecessorsOfHaNoi() {
        Kinship.Told told = told(queries.predecessors(code("01"), TODAY, LocalDate.of(2004, 8, 31)));

        assertThat(names(told.relatives())).contains("Thành phố Hà Nội", "Tỉnh Hà Tây");
    }

    @Test
    void refusesRelativesInTheWrongOrder() {
        assertThat(queries.successors(code("00004"), REFORM, EVE)).isEqualTo(new Kinship.WrongOrder(REFORM, EVE));
        assertThat(queries.predecessors(code("00004"), EVE, REFORM)).isEqualTo(new Kinship.WrongOrder(EVE, REFORM));
    }

    @Test
    void tellsEveryBearerOfACode() {
        CodeLife life = queries.life(code("00004")).orElseThrow();

        assertThat(life.bearers()).hasSize(2);
        assertThat(life.bearers().get(0)).satisfies(before -> {
            assertThat(before.tenure().to()).isEqualTo(REFORM);
            assertThat(before.endedBy()).isNotNull();
            assertThat(before.passedOn()).isNotEmpty();
        });
        assertThat(life.bearers().get(1)).satisfies(now -> {
            assertThat(now.endedBy()).isNull();
            assertThat(now.received()).hasSizeGreaterThan(1);
            assertThat(now.states()).hasSize(1);
        });
    }

    @Test
    void tellsTheNextCode_whenAUnitWasRecoded() {
        CodeLife life = queries.life(code("22021")).orElseThrow();

        assertThat(life.bearers()).first().satisfies(bearer -> {
            assertThat(bearer.goesOnAs()).hasToString("22018");
            assertThat(bearer.endedBy()).isNull();
        });
    }

    @Test
    void listsEveryUnitOnce_whenPagesAreReadThrough() {
        // When
        List<UnitView> read = new ArrayList<>();
        UnitCode after = null;
        do {
            UnitPage page = queries.units(REFORM, Level.COMMUNE, null, after, 1000);
            assertThat(page.total()).isEqualTo(3321);
            read.addAll(page.units());
            after = page.next();
        } while (after != null);

        // Then
        assertThat(read).hasSize(3321).doesNotHaveDuplicates();
    }

    @Test
    void listsTheChildrenOfAUnit() {
        UnitId haNoi = queries.bearer(new UnitRef(code("01"), EVE)).orElseThrow();

        assertThat(queries.units(EVE, null, haNoi, null, 1000).units())
                .hasSize(30)
                .allSatisfy(unit -> assertThat(unit.state().level()).isEqualTo(Level.DISTRICT));
        assertThat(queries.units(REFORM, null, haNoi, null, 1000).units())
                .hasSize(126)
                .allSatisfy(unit -> assertThat(unit.state().level()).isEqualTo(Level.COMMUNE));
    }

    @Test
    void countsTheUnitsOfTheReform() {
        assertThat(queries.counts(EVE))
                .isEqualTo(Map.of(Level.PROVINCE, 63, Level.DISTRICT, 696, Level.COMMUNE, 10035));
        assertThat(queries.counts(REFORM))
                .isEqualTo(Map.of(Level.PROVINCE, 34, Level.DISTRICT, 0, Level.COMMUNE, 3321));
        assertThat(queries.counts(LocalDate.of(2000, 1, 1)))
                .isEqualTo(Map.of(Level.PROVINCE, 0, Level.DISTRICT, 0, Level.COMMUNE, 0));
    }

    private static UnitCode code(String value) {
        return UnitCode.of(value);
    }

    private static LookUp.Found found(LookUp lookUp) {
        return (LookUp.Found) lookUp;
    }

    private static Kinship.Told told(Kinship kinship) {
        return (Kinship.Told) kinship;
    }

    private static List<String> names(List<Relative> relatives) {
        return relatives.stream()
                .map(relative -> relative.unit().state().fullName())
                .toList();
    }
}
