package vn.dvhc.history.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import vn.dvhc.history.CatalogueLog;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.timeline.UnitHistory;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitId;

class LineageGraphTest {

    private final Timeline timeline = CatalogueLog.whole().timeline();

    @Test
    void tellsWhatLedToAUnitAndWhatCameOfIt() {
        // When
        LineageGraph graph = LineageGraph.of(timeline, id("00016", LocalDate.of(2025, 6, 30)), 500);

        // Then
        assertThat(graph.units())
                .extracting(life -> life.last().fullName())
                .contains("Phường Ngọc Hà", "Phường Ba Đình");
        assertThat(graph.truncated()).isFalse();
        assertThat(graph.edges()).isNotEmpty().allSatisfy(edge -> {
            assertThat(graph.units())
                    .extracting(UnitHistory::id)
                    .contains(edge.edge().from());
            assertThat(graph.units())
                    .extracting(UnitHistory::id)
                    .contains(edge.edge().to());
        });
    }

    @Test
    void leavesOut_whatAReceiverGaveAwayBefore() {
        // Given: every unit of the catalogue
        timeline.histories().map(UnitHistory::id).forEach(root -> {
            // When
            LineageGraph graph = LineageGraph.of(timeline, root, 10_000);

            // Then: on each side of the root, what leads on comes later than what leads there
            assertThat(graph.edges())
                    .filteredOn(edge -> !edge.edge().from().equals(root)
                            && !edge.edge().to().equals(root))
                    .allSatisfy(edge -> assertThat(graph.edges())
                            .as("%s in the graph of %s", edge, root)
                            .anySatisfy(near -> assertThat(
                                            near.edge().to().equals(edge.edge().from())
                                                            && near.date().isBefore(edge.date())
                                                    || near.edge()
                                                                    .from()
                                                                    .equals(edge.edge()
                                                                            .to())
                                                            && near.date().isAfter(edge.date()))
                                    .isTrue()));
        });
    }

    @Test
    void tellsWhatIsNearest_whenThereAreTooMany() {
        // When
        LineageGraph graph = LineageGraph.of(timeline, id("01", LocalDate.of(2025, 7, 1)), 1);

        // Then
        assertThat(graph.truncated()).isTrue();
        assertThat(graph.units()).extracting(UnitHistory::id).containsExactly(graph.root());
    }

    @Test
    void refusesAUnitThatNeverWas() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LineageGraph.of(timeline, UnitId.parse("99@2004-08-31"), 10));
    }

    private UnitId id(String code, LocalDate at) {
        return timeline.unit(UnitCode.of(code), at).orElseThrow().id();
    }
}
