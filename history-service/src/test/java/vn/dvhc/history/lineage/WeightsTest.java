package vn.dvhc.history.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import vn.dvhc.history.CatalogueLog;
import vn.dvhc.timeline.Following;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitId;

/** Weights of «phường Trúc Bạch»'s neighbour 00016, which the reform divided into 00004 and 00008. */
class WeightsTest {

    private static final LocalDate EVE = LocalDate.of(2025, 6, 30);
    private static final LocalDate REFORM = LocalDate.of(2025, 7, 1);
    private static final LocalDate COUNTED = LocalDate.of(2025, 7, 3);
    private static final UnitId DIVIDED = UnitId.parse("00016@2004-08-31");
    private static final UnitId ONE = UnitId.parse("00004@2025-07-01");
    private static final UnitId OTHER = UnitId.parse("00008@2025-07-01");

    private final Timeline timeline = CatalogueLog.whole().timeline();

    @Test
    void weights_areSharesOfAllRecords_withSourceAndDate() {
        Map<UnitId, Weight> weights = known(count("case_file", Following.PEOPLE, 0, Map.of(ONE, 31L, OTHER, 9L)))
                .of(DIVIDED, both());
        assertThat(weights)
                .isEqualTo(Map.of(
                        ONE, new Weight(new BigDecimal("0.775"), "records-handed-over:case_file", COUNTED),
                        OTHER, new Weight(new BigDecimal("0.225"), "records-handed-over:case_file", COUNTED)));
    }

    @Test
    void weights_sumToOne_whateverTheCounts() {
        Crossing crossing =
                crossing(known(count("case_file", Following.PEOPLE, 0, Map.of(ONE, 1L, OTHER, 2L))), EVE, REFORM);
        assertThat(crossing.shares()).hasSize(2).allMatch(share -> share.weight() != null);
    }

    @Test
    void part_thatNoRecordWentTo_weighsNothing_onceAllAreDecided() {
        assertThat(known(count("case_file", Following.PEOPLE, 0, Map.of(ONE, 4L)))
                        .of(DIVIDED, both())
                        .get(OTHER)
                        .value())
                .isZero();
    }

    @Test
    void nothingIsTold_whereTheCountIsNotWhole() {
        assertThat(known(count("case_file", Following.PEOPLE, 1, Map.of(ONE, 4L, OTHER, 4L)))
                        .of(DIVIDED, both()))
                .as("one waits")
                .isEmpty();
        assertThat(known(count("case_file", Following.PEOPLE, 0, Map.of())).of(DIVIDED, both()))
                .as("none was decided")
                .isEmpty();
        assertThat(known(count("case_file", Following.PEOPLE, 0, Map.of(ONE, 4L, OTHER, 4L)))
                        .of(DIVIDED, Set.of(ONE)))
                .as("some went elsewhere")
                .isEmpty();
        assertThat(Weights.NONE.of(DIVIDED, both())).isEmpty();
    }

    @Test
    void peoplesRecords_goBeforeThoseOfLand_andTheLatestCountReplacesAll() {
        Weights weights = known(
                count("permit", Following.LAND, 0, Map.of(ONE, 100L)),
                count("case_file", Following.PEOPLE, 0, Map.of(ONE, 1L, OTHER, 1L)));
        assertThat(weights.of(DIVIDED, both()).get(ONE).source()).isEqualTo("records-handed-over:case_file");
        assertThat(weights.of(DIVIDED, both()).get(ONE).value()).isEqualByComparingTo("0.5");

        Weights later = weights.with(Map.of(DIVIDED, List.of()), 2);
        assertThat(later.of(DIVIDED, both())).isEmpty();
        assertThat(later.version()).isEqualTo(2);
    }

    @Test
    void crosswalk_tellsWeights_forwardOnly_andWhereThePartsAreTheSame() {
        Weights weights = known(count("case_file", Following.PEOPLE, 0, Map.of(ONE, 31L, OTHER, 9L)));
        assertThat(crossing(weights, EVE, REFORM).shares())
                .filteredOn(share -> share.unit().id().equals(ONE))
                .singleElement()
                .extracting(share -> share.weight().value())
                .isEqualTo(new BigDecimal("0.775"));
        assertThat(crossing(weights, EVE, EVE).shares()).allMatch(share -> share.weight() == null);
        Unit one = timeline.unit(UnitCode.of("00004"), REFORM).orElseThrow();
        assertThat(new Crosswalk(timeline, REFORM, EVE, weights).of(one).shares())
                .allMatch(share -> share.weight() == null);
    }

    private Crossing crossing(Weights weights, LocalDate from, LocalDate to) {
        return new Crosswalk(timeline, from, to, weights)
                .of(timeline.unit(UnitCode.of("00016"), from).orElseThrow());
    }

    private static Set<UnitId> both() {
        return Set.of(ONE, OTHER);
    }

    private static Weights known(Weights.Count... counts) {
        return Weights.NONE.with(Map.of(DIVIDED, List.of(counts)), 1);
    }

    private static Weights.Count count(String dataset, Following following, long undecided, Map<UnitId, Long> records) {
        return new Weights.Count(dataset, following, COUNTED, undecided, records);
    }
}
