package vn.dvhc.gateway.redirect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.dvhc.decision.Extent;
import vn.dvhc.gateway.change.WholeLog;
import vn.dvhc.timeline.DatedEdge;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.timeline.UnitHistory;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitId;

/** Every unit of the real catalogue, against a walk over the enacted edges that knows nothing of the resolver. */
class ResolverTest {

    private static final LocalDate TODAY = LocalDate.parse("2026-11-26");

    private final Timeline truth = WholeLog.told().timeline();
    private final Resolver resolver =
            new Resolver(WholeLog.told().log().units().timeline().orElseThrow(), TODAY);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2004-08-31",
                "2008-08-01",
                "2013-12-31",
                "2019-12-31",
                "2024-12-31",
                "2025-06-30",
                "2025-07-01",
                "2026-11-26"
            })
    void leadsEveryUnitOfADate_toWhereTheActsSay(LocalDate vintage) {
        List<Unit> units = truth.units(vintage, null, null);

        Map<String, Integer> counts = new HashMap<>();
        for (Unit unit : units) {
            Fate fate = new Fate(unit.id());
            String found = resolver.resolve(unit.code(), vintage)
                    .fold(
                            moved -> {
                                assertThat(fate.alive)
                                        .as(unit.id().toString())
                                        .containsExactly(moved.now().id());
                                assertThat(truth.unit(moved.now().code(), TODAY).map(Unit::id))
                                        .contains(moved.now().id());
                                return "308";
                            },
                            split -> {
                                Set<UnitId> told = split.choices().stream()
                                        .filter(choice -> !choice.open())
                                        .map(choice -> choice.unit().id())
                                        .collect(Collectors.toSet());
                                assertThat(told).as(unit.id().toString()).isEqualTo(fate.alive);
                                return "300";
                            },
                            ended -> {
                                assertThat(fate.alive).as(unit.id().toString()).isEmpty();
                                return "410";
                            },
                            unknown -> "404");
            assertThat(found).as(unit.id().toString()).isEqualTo(fate.status());
            counts.merge(unit.level().label() + " " + found, 1, Integer::sum);
        }
        assertThat(counts.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(units.size());
        assertThat(counts.keySet()).noneMatch(key -> key.endsWith("404"));
    }

    @Test
    void leadsAll10035CommunesOf30June2025() {
        LocalDate before = LocalDate.parse("2025-06-30");
        Map<String, Integer> counts = new HashMap<>();
        for (Unit unit : truth.units(before, Level.COMMUNE, null)) {
            String found = resolver.resolve(unit.code(), before)
                    .fold(moved -> "308", split -> "300", ended -> "410", unknown -> "404");
            counts.merge(found, 1, Integer::sum);
        }
        assertThat(counts).isEqualTo(Map.of("308", 9_594, "300", 441));
    }

    @Test
    void tellsTheAct_whenADistrictEndedWithoutSuccessor() {
        Resolution resolution = resolver.resolve(UnitCode.of("288"), LocalDate.parse("2025-06-30"));

        assertThat(resolution).isInstanceOfSatisfying(Resolution.Ended.class, ended -> {
            assertThat(ended.since()).isEqualTo("2025-07-01");
            assertThat(ended.endedOn()).isEqualTo("2025-07-01");
            assertThat(ended.basis().actNumbers()).isNotEmpty();
        });
    }

    @Test
    void knowsNobody_whenTheCodeWasNotBorneOnTheDate() {
        LocalDate date = LocalDate.parse("2025-07-01");

        assertThat(resolver.resolve(UnitCode.of("99999"), date)).isEqualTo(new Resolution.Unknown(List.of()));
        assertThat(resolver.resolve(UnitCode.of("288"), date))
                .isInstanceOfSatisfying(
                        Resolution.Unknown.class,
                        unknown -> assertThat(unknown.known()).isNotEmpty());
        assertThat(resolver.resolve(UnitCode.of("00001"), LocalDate.parse("2004-08-30")))
                .isInstanceOf(Resolution.Unknown.class);
    }

    @Test
    void tellsSinceWhenACodeIsFree() {
        assertThat(resolver.freeSince(UnitCode.of("288"))).contains(LocalDate.parse("2025-07-01"));
        assertThat(resolver.freeSince(UnitCode.of("00004"))).isEmpty();
        assertThat(resolver.freeSince(UnitCode.of("99999"))).isEmpty();
    }

    /** Where a unit went, step by step over the edges of the day on which each ended. */
    private final class Fate {

        private final Set<UnitId> alive = new HashSet<>();
        private boolean isSure = true;

        Fate(UnitId unit) {
            follow(unit);
        }

        private void follow(UnitId id) {
            UnitHistory life = truth.find(id).orElseThrow();
            if (life.isInForce(TODAY)) {
                alive.add(id);
                return;
            }
            List<DatedEdge> steps = truth.edgesFrom(id).stream()
                    .filter(edge -> edge.date().equals(life.ended()))
                    .toList();
            isSure &= !steps.isEmpty()
                    && !(steps.size() == 1 && steps.get(0).edge().extent() == Extent.PARTIAL);
            steps.forEach(step -> follow(step.edge().to()));
        }

        String status() {
            if (alive.isEmpty()) {
                return "410";
            }
            return alive.size() == 1 && isSure ? "308" : "300";
        }
    }
}
