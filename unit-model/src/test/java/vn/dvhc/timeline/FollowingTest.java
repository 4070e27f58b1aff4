package vn.dvhc.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.dvhc.decision.Basis;
import vn.dvhc.decision.Confidence;
import vn.dvhc.decision.Edge;
import vn.dvhc.decision.Extent;
import vn.dvhc.decision.Portion;
import vn.dvhc.unit.UnitId;

/** Which portions take what, after what an act may say of one unit. */
class FollowingTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PART,REST | PART,REST | PART,REST",
                "PART_OF_AREA,PART,REST | PART,REST | PART_OF_AREA,PART,REST",
                "PART_OF_AREA,REST | REST | PART_OF_AREA,REST",
                "PART_OF_AREA_ALL_PEOPLE,REST | PART_OF_AREA_ALL_PEOPLE | PART_OF_AREA_ALL_PEOPLE,REST",
                "PART_OF_AREA_ALL_PEOPLE,PART_OF_AREA,REST | PART_OF_AREA_ALL_PEOPLE | PART_OF_AREA_ALL_PEOPLE,PART_OF_AREA,REST",
                "PART_OF_PEOPLE,REST | PART_OF_PEOPLE,REST | REST",
                "UNSTATED,UNSTATED | UNSTATED,UNSTATED | UNSTATED,UNSTATED",
                "PART_OF_AREA,PART_OF_AREA | PART_OF_AREA,PART_OF_AREA | PART_OF_AREA,PART_OF_AREA",
                "PART_OF_PEOPLE | PART_OF_PEOPLE | PART_OF_PEOPLE",
            })
    void among_leavesWhatMayTakeARecord_andAllIfNothingWould(String portions, String people, String land) {
        List<Edge> edges =
                Arrays.stream(portions.split(",")).map(FollowingTest::edge).toList();
        assertThat(Following.EVERYTHING.among(edges)).isEqualTo(edges);
        assertThat(told(Following.PEOPLE, edges)).isEqualTo(people);
        assertThat(told(Following.LAND, edges)).isEqualTo(land);
    }

    private static String told(Following following, List<Edge> edges) {
        return String.join(
                ",",
                following.among(edges).stream()
                        .map(edge -> edge.portion().name())
                        .toList());
    }

    private static Edge edge(String portion) {
        return new Edge(
                UnitId.parse("00016@2004-08-31"),
                UnitId.parse("00004@2025-07-01"),
                Extent.PARTIAL,
                Portion.valueOf(portion),
                Confidence.ACT,
                Basis.NONE);
    }
}
