package vn.dvhc.sync.weight;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import vn.dvhc.contract.EdgeWeightData;
import vn.dvhc.timeline.Following;

class TallyTest {

    private static final String UNIT = "00016@2004-08-31";
    private static final String ONE = "00004@2025-07-01";
    private static final String OTHER = "00008@2025-07-01";
    private static final Map<String, Following> DECLARED =
            Map.of("case_file", Following.PEOPLE, "permit", Following.LAND);

    private final Tally tally = new Tally();

    @Test
    void data_addsUpAllDatabases_byDatasetAndUnit() {
        tally.add("permit", ONE, 5);
        tally.add("case_file", OTHER, 9);
        tally.add("case_file", ONE, 30);
        tally.add("case_file", ONE, 1);
        tally.add("permit", null, 2);
        tally.add("gone", ONE, 7);

        EdgeWeightData data =
                tally.data(UNIT, LocalDate.of(2025, 7, 1), Instant.parse("2025-07-03T02:00:00Z"), DECLARED::get);

        assertThat(data)
                .isEqualTo(new EdgeWeightData(
                        UNIT,
                        "2025-07-01",
                        "2025-07-03T02:00:00Z",
                        List.of(
                                new EdgeWeightData.Counted(
                                        "case_file",
                                        "people",
                                        0,
                                        List.of(new EdgeWeightData.Share(ONE, 31), new EdgeWeightData.Share(OTHER, 9))),
                                new EdgeWeightData.Counted(
                                        "permit", "land", 2, List.of(new EdgeWeightData.Share(ONE, 5))))));
    }

    @Test
    void data_ofAUnitWithoutRecords_isEmpty() {
        assertThat(tally.data(UNIT, LocalDate.of(2025, 7, 1), Instant.EPOCH, DECLARED::get)
                        .datasets())
                .isEmpty();
    }
}
