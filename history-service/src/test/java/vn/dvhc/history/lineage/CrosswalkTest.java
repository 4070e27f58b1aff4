package vn.dvhc.history.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import vn.dvhc.decision.Confidence;
import vn.dvhc.decision.Extent;
import vn.dvhc.decision.Portion;
import vn.dvhc.history.CatalogueLog;
import vn.dvhc.history.lineage.Crossing.Status;
import vn.dvhc.timeline.DatedEdge;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitId;

/** Laws on the real catalogue; random dates are seeded, and a failure names its seed ({@code -Ddvhc.seed=}). */
class CrosswalkTest {

    private static final long SEED = Long.getLong("dvhc.seed", new Random().nextLong());
    private static final LocalDate FIRST = LocalDate.of(2004, 8, 31);
    private static final LocalDate EVE = LocalDate.of(2025, 6, 30);
    private static final LocalDate REFORM = LocalDate.of(2025, 7, 1);
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);

    private final Timeline timeline = CatalogueLog.whole().timeline();
    private final Random random = new Random(SEED);

    @Test
    void tellsExactlyTheActsEdges_acrossTheReform() {
        // When
        List<Crossing> communes = new Crosswalk(timeline, EVE, REFORM).all(Level.COMMUNE, null);

        // Then
        assertThat(communes).hasSize(10_035);
        assertThat(communes.stream().collect(Collectors.groupingBy(Crossing::status, Collectors.counting())))
                .isEqualTo(Map.of(Status.UNCHANGED, 127L, Status.FULL, 9_467L, Status.PARTIAL, 441L));
        assertThat(communes).allSatisfy(crossing -> {
            assertThat(crossing.complete()).isTrue();
            if (crossing.status() != Status.UNCHANGED) {
                assertThat(crossing.shares().stream().flatMap(share -> share.edges().stream()))
                        .containsExactlyElementsOf(
                                timeline.edgesFrom(crossing.unit().id()).stream()
                                        .filter(edge -> edge.date().equals(REFORM))
                                        .toList());
                assertThat(crossing.shares()).allSatisfy(share -> {
                    assertThat(share.confidence()).isEqualTo(Confidence.ACT);
                    assertThat(share.extent())
                            .isEqualTo(share.edges().get(0).edge().extent());
                });
            }
        });
    }

    @Test
    void namesTheActWhereAUnitEndedWithoutSuccessor() {
        List<Crossing> districts = new Crosswalk(timeline, EVE, REFORM).all(Level.DISTRICT, null);

        assertThat(districts.stream().collect(Collectors.groupingBy(Crossing::status, Collectors.counting())))
                .isEqualTo(Map.of(Status.ENDED, 691L, Status.FULL, 5L));
        assertThat(districts)
                .filteredOn(crossing -> crossing.status() == Status.ENDED)
                .allSatisfy(crossing -> {
                    assertThat(crossing.shares()).singleElement().satisfies(share -> {
                        assertThat(share.unit().id()).isEqualTo(crossing.unit().id());
                        assertThat(share.endedBy().actNumbers()).contains("203/2025/QH15");
                    });
                });
    }

    @Test
    void followsWhatAUnitGaveAway_thoughItGoesOn() {
        // Given: a unit that gave a part to a new one and went on
        DatedEdge given = timeline.histories()
                .flatMap(life -> timeline.edgesFrom(life.id()).stream()
                        .filter(edge -> !edge.date().equals(life.ended()) && life.isInForce(FIRST)))
                .min(Comparator.comparing(DatedEdge::date))
                .orElseThrow();
        LocalDate before = given.date().minusDays(1);
        Unit giver = timeline.find(given.edge().from()).orElseThrow().at(before).orElseThrow();

        // When
        Crossing crossing = new Crosswalk(timeline, before, given.date()).of(giver);

        // Then
        assertThat(crossing.status()).isEqualTo(Status.PARTIAL);
        assertThat(crossing.shares()).hasSizeGreaterThan(1).first().satisfies(rest -> {
            assertThat(rest.unit().id()).isEqualTo(giver.id());
            assertThat(rest.extent()).isEqualTo(Extent.PARTIAL);
            assertThat(rest.edges()).isEmpty();
        });
    }

    @Test
    void tellsThePortion_onlyWhereOneEdgeLeadsThere() {
        Crossing crossing = new Crosswalk(timeline, EVE, REFORM).of(unit("00016", EVE));

        assertThat(crossing.shares()).extracting(Share::portion).containsExactlyInAnyOrder(Portion.PART, Portion.REST);
        assertThat(new Crosswalk(timeline, FIRST, TODAY)
                        .of(unit("28849", FIRST))
                        .shares())
                .singleElement()
                .satisfies(share -> {
                    assertThat(share.edges()).hasSizeGreaterThan(1);
                    assertThat(share.portion()).isNull();
                    assertThat(share.clause()).isNull();
                    assertThat(share.confidence()).isEqualTo(Confidence.LIKELY);
                    assertThat(share.acts()).doesNotHaveDuplicates();
                });
    }

    @Test
    void meansTheWholeOfTheLaterUnit_whenItLooksBack() {
        // Given: 14845 came from a single whole unit, 00004 from several
        Crosswalk back = new Crosswalk(timeline, REFORM, EVE);

        assertThat(back.of(unit("14845", REFORM)).status()).isEqualTo(Status.FULL);
        assertThat(back.of(unit("00004", REFORM)).status()).isEqualTo(Status.PARTIAL);
        assertThat(back.of(unit("00859", REFORM)).status()).isEqualTo(Status.UNCHANGED);
        assertThat(back.isBackward()).isTrue();
    }

    @Test
    void leadsBackToWhereItLedForth() {
        for (int i = 0; i < 6; i++) {
            LocalDate one = day();
            LocalDate other = day();
            assertThat(transposed(pairs(new Crosswalk(timeline, other, one))))
                    .as("seed %d: %s, %s", SEED, one, other)
                    .isEqualTo(pairs(new Crosswalk(timeline, one, other)));
        }
    }

    @Test
    void composes_whenADayIsPutInBetween() {
        for (int i = 0; i < 6; i++) {
            List<LocalDate> days =
                    List.of(day(), day(), day()).stream().sorted().toList();
            Map<UnitId, Crossing> second = byUnit(new Crosswalk(timeline, days.get(1), days.get(2)));
            byUnit(new Crosswalk(timeline, days.get(0), days.get(2))).forEach((id, direct) -> {
                Crossing first = new Crosswalk(timeline, days.get(0), days.get(1)).of(direct.unit());
                Set<UnitId> reached = new HashSet<>();
                boolean whole = first.isWhole();
                for (Share share : first.shares()) {
                    if (!share.open()) {
                        Crossing next = second.get(share.unit().id());
                        whole &= next.isWhole();
                        next.shares().stream()
                                .filter(to -> !to.open())
                                .forEach(to -> reached.add(to.unit().id()));
                    }
                }
                assertThat(targets(direct))
                        .as("seed %d: %s over %s", SEED, id, days)
                        .isEqualTo(reached);
                if (whole) {
                    assertThat(direct.isWhole())
                            .as("seed %d: %s over %s", SEED, id, days)
                            .isTrue();
                }
            });
        }
    }

    @Test
    void isUnchanged_whenNoTimePasses() {
        assertThat(new Crosswalk(timeline, EVE, EVE).all(null, null))
                .hasSize(63 + 696 + 10_035)
                .allSatisfy(crossing -> assertThat(crossing.status()).isEqualTo(Status.UNCHANGED));
    }

    @Test
    void keepsToTheProvinceOfTheFirstDate() {
        Crosswalk crosswalk = new Crosswalk(timeline, EVE, REFORM);
        UnitId haNoi = unit("01", EVE).id();

        assertThat(crosswalk.all(Level.COMMUNE, haNoi))
                .hasSize(526)
                .allSatisfy(crossing ->
                        assertThat(crosswalk.provinceOf(crossing.unit(), EVE)).isEqualTo(haNoi));
    }

    @Test
    void refusesWeightsThatDoNotSumToOne() {
        Unit unit = unit("00016", EVE);

        assertThat(new Crossing(unit, List.of(counted("0.25"), counted("0.75")), true).shares())
                .hasSize(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Crossing(unit, List.of(counted("0.25"), counted("0.7")), true))
                .withMessageContaining("sum to 1");
        Share uncounted = new Share(unit, Extent.PARTIAL, List.of(), false, null, null);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Crossing(unit, List.of(counted("1"), uncounted), true))
                .withMessageContaining("or are absent");
        assertThatIllegalArgumentException().isThrownBy(() -> counted("1.5"));
    }

    private Share counted(String weight) {
        return new Share(
                unit("00016", EVE),
                Extent.PARTIAL,
                List.of(),
                false,
                null,
                new Weight(new BigDecimal(weight), "records-handed-over", REFORM));
    }

    private LocalDate day() {
        return FIRST.plusDays(random.nextInt((int) (TODAY.toEpochDay() - FIRST.toEpochDay())));
    }

    private Unit unit(String code, LocalDate at) {
        return timeline.unit(UnitCode.of(code), at).orElseThrow();
    }

    private static Map<UnitId, Crossing> byUnit(Crosswalk crosswalk) {
        Map<UnitId, Crossing> crossings = new HashMap<>();
        crosswalk
                .all(null, null)
                .forEach(crossing -> crossings.put(crossing.unit().id(), crossing));
        return crossings;
    }

    private static Set<UnitId> targets(Crossing crossing) {
        return crossing.shares().stream()
                .filter(share -> !share.open())
                .map(share -> share.unit().id())
                .collect(Collectors.toSet());
    }

    private static Set<List<UnitId>> pairs(Crosswalk crosswalk) {
        return crosswalk.all(null, null).stream()
                .flatMap(crossing -> targets(crossing).stream()
                        .map(target -> List.of(crossing.unit().id(), target)))
                .collect(Collectors.toSet());
    }

    private static Set<List<UnitId>> transposed(Set<List<UnitId>> pairs) {
        return pairs.stream().map(pair -> List.of(pair.get(1), pair.get(0))).collect(Collectors.toSet());
    }
}
