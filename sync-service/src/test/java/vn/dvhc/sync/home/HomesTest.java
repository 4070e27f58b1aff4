package vn.dvhc.sync.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import vn.dvhc.decision.Basis;
import vn.dvhc.decision.Confidence;
import vn.dvhc.decision.Decision;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.decision.Extent;
import vn.dvhc.decision.Portion;
import vn.dvhc.decision.UnitChange;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.plan.Tier;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitId;
import vn.dvhc.unit.UnitType;

/** Provinces 30, 31, 33 and 34 with one commune each, and reforms after which databases are archives. */
class HomesTest {

    private static final LocalDate BEGINNING = LocalDate.of(2020, 1, 1);
    private static final LocalDate FIRST = LocalDate.of(2025, 7, 1);
    private static final LocalDate SECOND = LocalDate.of(2027, 7, 1);
    private static final LocalDate THIRD = LocalDate.of(2030, 7, 1);

    @Test
    void unit_isServedElsewhere_ifItsProvinceHasAnotherHomeOfTheTier() {
        Plan plan = plan("30", "31", "33");
        Homes homes = Homes.of(plan, merged(beginning(), FIRST, "30", "31"));

        assertThat(homes.isServedElsewhere(home(plan, "31"), commune("33"))).isTrue();
        assertThat(homes.isServedElsewhere(home(plan, "33"), commune("30")))
                .as("its province is 31 now")
                .isTrue();
        assertThat(homes.isServedElsewhere(home(plan, "31"), commune("30"))).isFalse();
        assertThat(homes.isServedElsewhere(home(plan, "31"), commune("34")))
                .as("nobody serves 34")
                .isFalse();
    }

    @Test
    void database_isAFormerHome_onceItsProvinceHasEnded_andTheSuccessorHasADatabase() {
        Plan plan = plan("30", "31", "33");
        Timeline timeline = merged(beginning(), FIRST, "30", "31");

        assertThat(ways(Homes.on(plan, timeline, FIRST.minusDays(1)), plan)).containsExactly("30:", "31:", "33:");
        assertThat(ways(Homes.on(plan, timeline, FIRST), plan)).containsExactly("30: 31", "31:", "33:");
        assertThat(ways(Homes.of(plan("30", "33"), timeline), plan("30", "33"))).containsExactly("30:", "33:");
    }

    @Test
    void archive_movesOnWithItsRecords() {
        Plan plan = plan("30", "31", "33");
        Homes homes = Homes.of(plan, merged(merged(beginning(), FIRST, "30", "31"), SECOND, "31", "33"));

        assertThat(ways(homes, plan)).containsExactly("30: 31 33", "31: 33", "33:");
        assertThat(homes.formerHomes(home(plan, "33"))).containsExactly("commune_30", "commune_31");
        assertThat(homes.formerHomes(home(plan, "31"))).isEmpty();
    }

    @Test
    void archive_staysWithItsRecords_whereTheLaterSuccessorHasNoDatabase() {
        Plan plan = plan("30", "31");
        Homes homes = Homes.of(plan, merged(merged(beginning(), FIRST, "30", "31"), SECOND, "31", "33"));

        assertThat(ways(homes, plan)).containsExactly("30: 31", "31:");
        assertThat(homes.formerHomes(home(plan, "31"))).containsExactly("commune_30");
    }

    @Test
    void archive_movesOnOverAProvinceWithoutDatabase() {
        Plan plan = plan("30", "31", "34");
        Timeline timeline =
                merged(merged(merged(beginning(), FIRST, "30", "31"), SECOND, "31", "33"), THIRD, "33", "34");

        assertThat(ways(Homes.on(plan, timeline, SECOND), plan)).containsExactly("30: 31", "31:", "34:");
        assertThat(ways(Homes.of(plan, timeline), plan)).containsExactly("30: 31 34", "31: 34", "34:");
    }

    @Test
    void archive_staysOne_thoughTheLaterSuccessorIsDivided() {
        Plan plan = plan("30", "31", "33", "34");
        Homes homes = Homes.of(plan, divided(merged(beginning(), FIRST, "30", "31"), SECOND, "31", "33", "34"));

        assertThat(ways(homes, plan)).containsExactly("30: 31", "31:", "33:", "34:");
    }

    @Test
    void archive_staysOne_thoughItsCodeIsBorneAgain() {
        Plan plan = plan("30", "31");
        Homes homes = Homes.of(plan, renumbered(merged(beginning(), FIRST, "30", "31"), SECOND, "31", "30"));

        assertThat(ways(homes, plan)).containsExactly("30: 31", "31:");
    }

    /** Each database by its province, with the homes that its records have had since. */
    private static List<String> ways(Homes homes, Plan plan) {
        return plan.sources().stream()
                .filter(source -> source.tier() == Tier.COMMUNE)
                .map(source -> Stream.concat(
                                Stream.of(source.province() + ":"),
                                Stream.concat(homes.homesBefore(source).stream(), homes.newHome(source).stream())
                                        .map(Source::province))
                        .collect(Collectors.joining(" ")))
                .toList();
    }

    private static Plan plan(String... provinces) {
        return new Plan(
                Stream.concat(
                                Stream.of(new Source("national", Tier.NATION, null, null, "h:1/national", 1)),
                                Stream.of(provinces)
                                        .map(province -> new Source(
                                                "commune_" + province,
                                                Tier.COMMUNE,
                                                province,
                                                BEGINNING,
                                                "h:1/commune_" + province,
                                                1)))
                        .toList(),
                List.of());
    }

    private static Source home(Plan plan, String province) {
        return plan.source("commune_" + province).orElseThrow();
    }

    private static UnitId commune(String province) {
        return new UnitId(UnitCode.of("000" + province), BEGINNING);
    }

    private static Timeline beginning() {
        return enact(
                Timeline.empty(),
                BEGINNING,
                Stream.of("30", "31", "33", "34")
                        .flatMap(province -> Stream.<UnitChange>of(
                                new UnitChange.Create(
                                        UnitCode.of(province), UnitType.PROVINCE, "Tỉnh " + province, null, Basis.NONE),
                                new UnitChange.Create(
                                        UnitCode.of("000" + province),
                                        UnitType.RURAL_COMMUNE,
                                        "Xã " + province,
                                        UnitCode.of(province),
                                        Basis.NONE)))
                        .toList());
    }

    /** One province becomes part of another, with the communes it has. */
    private static Timeline merged(Timeline timeline, LocalDate day, String from, String to) {
        return passed(
                timeline,
                day,
                from,
                to,
                new UnitChange.Abolish(UnitCode.of(from), Basis.NONE),
                succeed(from, to, Extent.FULL, Portion.WHOLE));
    }

    /** One province ends, and a new one of another code takes its place. */
    private static Timeline renumbered(Timeline timeline, LocalDate day, String from, String to) {
        return passed(
                timeline,
                day,
                from,
                to,
                new UnitChange.Abolish(UnitCode.of(from), Basis.NONE),
                new UnitChange.Create(UnitCode.of(to), UnitType.PROVINCE, "Tỉnh mới", null, Basis.NONE),
                succeed(from, to, Extent.FULL, Portion.WHOLE));
    }

    /** What becomes of two provinces, and the communes of the first go to the second. */
    private static Timeline passed(Timeline timeline, LocalDate day, String from, String to, UnitChange... provinces) {
        return enact(
                timeline,
                day,
                Stream.concat(
                                Stream.of(provinces),
                                communes(timeline, day, from)
                                        .map(commune -> new UnitChange.Reparent(commune, UnitCode.of(to), Basis.NONE)))
                        .toList());
    }

    /** One province ends, and two others share what it was. */
    private static Timeline divided(Timeline timeline, LocalDate day, String from, String one, String other) {
        return enact(
                timeline,
                day,
                Stream.concat(
                                Stream.of(
                                        new UnitChange.Abolish(UnitCode.of(from), Basis.NONE),
                                        succeed(from, one, Extent.PARTIAL, Portion.PART),
                                        succeed(from, other, Extent.PARTIAL, Portion.REST)),
                                communes(timeline, day, from)
                                        .map(commune -> new UnitChange.Reparent(commune, UnitCode.of(one), Basis.NONE)))
                        .toList());
    }

    private static Stream<UnitCode> communes(Timeline timeline, LocalDate day, String province) {
        LocalDate eve = day.minusDays(1);
        UnitId above = timeline.unit(UnitCode.of(province), eve).orElseThrow().id();
        return timeline.units(eve, null, above).stream().map(unit -> unit.code());
    }

    private static UnitChange succeed(String from, String to, Extent extent, Portion portion) {
        return new UnitChange.Succeed(UnitCode.of(from), UnitCode.of(to), extent, portion, Confidence.ACT, Basis.NONE);
    }

    private static Timeline enact(Timeline timeline, LocalDate day, List<UnitChange> changes) {
        return timeline.enact(day, List.of(new Decision(new DecisionId("d-" + day), day, "Thử", changes)))
                .fold(enacted -> enacted.timeline(), refused -> {
                    throw new AssertionError(refused.reasons());
                });
    }
}
