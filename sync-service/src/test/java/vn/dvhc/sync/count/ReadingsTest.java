package vn.dvhc.sync.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import vn.dvhc.catalogue.Catalogue;
import vn.dvhc.decision.Decision;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitRef;

class ReadingsTest {

    private static final LocalDate EVE = Catalogue.REFORM.minusDays(1);

    private static final Timeline TIMELINE = timeline();

    @Test
    void ranges_endWithTheUnit_whenItsCodeWasInherited() {
        Readings readings = Readings.of(TIMELINE, List.of(ref("00004", EVE), ref("00004", Catalogue.REFORM)));

        assertThat(readings.ranges().stream().filter(range -> range.unit() == 0))
                .isNotEmpty()
                .allSatisfy(range -> assertThat(range.to()).isBeforeOrEqualTo(Catalogue.REFORM));
        assertThat(readings.ranges().stream().filter(range -> range.unit() == 1))
                .singleElement()
                .satisfies(range -> {
                    assertThat(range.from()).isEqualTo(Catalogue.REFORM);
                    assertThat(range.to()).isNull();
                });
        assertThat(readings.unknown()).isEmpty();
    }

    @Test
    void ranges_holdEveryCodeOfAUnit_whenItWasRecoded() {
        Unit recoded = TIMELINE.histories()
                .filter(history ->
                        history.states().stream().map(Unit::code).distinct().count() > 1)
                .findFirst()
                .orElseThrow()
                .first();

        Readings readings = Readings.of(TIMELINE, List.of(new UnitRef(recoded.code(), recoded.validFrom())));

        assertThat(readings.ranges().stream().map(Readings.Range::code).distinct())
                .hasSizeGreaterThan(1);
        for (int i = 1; i < readings.ranges().size(); i++) {
            assertThat(readings.ranges().get(i).from())
                    .isEqualTo(readings.ranges().get(i - 1).to());
        }
    }

    @Test
    void units_areAskedOnce_andUnknownOnesAreNamed() {
        UnitRef early = ref("00004", LocalDate.of(1990, 1, 1));

        Readings readings = Readings.of(TIMELINE, List.of(ref("00008", EVE), ref("00008", EVE), early));

        assertThat(readings.asked()).containsExactly(ref("00008", EVE), early);
        assertThat(readings.unknown()).containsExactly(early);
        assertThat(readings.ranges()).allMatch(range -> range.unit() == 0);
    }

    private static UnitRef ref(String code, LocalDate vintage) {
        return new UnitRef(UnitCode.of(code), vintage);
    }

    private static Timeline timeline() {
        Timeline timeline = Timeline.empty();
        for (var day : Catalogue.load().days().headMap(Catalogue.REFORM, true).entrySet()) {
            timeline = next(timeline, day.getKey(), day.getValue());
        }
        return timeline;
    }

    private static Timeline next(Timeline timeline, LocalDate date, List<Decision> decisions) {
        return timeline.enact(date, decisions).fold(enacted -> enacted.timeline(), refused -> {
            throw new AssertionError(refused.reasons());
        });
    }
}
