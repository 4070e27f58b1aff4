package vn.dvhc.sync.handover;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.dvhc.decision.Basis;
import vn.dvhc.decision.Confidence;
import vn.dvhc.decision.Decision;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.decision.Extent;
import vn.dvhc.decision.Portion;
import vn.dvhc.decision.UnitChange;
import vn.dvhc.sync.recode.Decider;
import vn.dvhc.sync.recode.Localities;
import vn.dvhc.sync.recode.RecordUnit;
import vn.dvhc.sync.recode.Verdict;
import vn.dvhc.timeline.Following;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitType;

class ConservationTest {

    private static final LocalDate FIRST = LocalDate.of(2004, 8, 31);
    private static final UnitCode PROVINCE = UnitCode.of("01");

    @Test
    void breach_isNone_whenEveryUnitHasTheLinesItOwes() {
        assertThat(Conservation.breach(List.of())).isEmpty();
        assertThat(Conservation.breach(List.of(balance("a", 3, 3)))).isEmpty();
    }

    @Test
    void breach_namesTheUnit_whenALineIsLost() {
        assertThat(Conservation.breach(List.of(balance("10507@2004-08-31", 3, 2), balance("b", 1, 2))))
                .hasValueSatisfying(cause -> assertThat(cause).contains("10507@2004-08-31", "3", "2"));
    }

    @Test
    void breach_isTold_whenALineIsTooMany() {
        assertThat(Conservation.breach(List.of(balance("a", 3, 4))))
                .hasValueSatisfying(cause -> assertThat(cause).contains("thừa 1"));
    }

    @Test
    void breach_isNone_whenARefusedRecordFoundItsUnitSince() {
        assertThat(Conservation.breach(List.of(balance("", 2, 1), balance("a", 3, 4))))
                .isEmpty();
        assertThat(Conservation.breach(List.of(balance("", 2, 0), balance("a", 3, 4))))
                .isPresent();
    }

    /** Merges, splits, chains and several decisions a day, over records of any vintage: nothing is lost, nothing is doubled. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233})
    void law_holds_underRandomDecisions(long seed) {
        Random random = new Random(seed);
        Timeline timeline = first();
        List<LocalDate> days = new ArrayList<>(List.of(FIRST));
        Map<Integer, RecordUnit> records = new HashMap<>();
        for (int reform = 1; reform <= 6; reform++) {
            LocalDate day = FIRST.plusYears(reform);
            records.putAll(born(random, timeline, days, records.size()));
            timeline = reformed(random, timeline, day, reform);
            days.add(day);
            Decider decider = new Decider(timeline, Localities.none(), day, day, Following.values()[random.nextInt(3)]);
            assertConserved(records, decider, random.nextBoolean());
        }
    }

    /** What a day makes can't end on that day: a reform of a reform waits for the next, and then is a chain as above. */
    @Test
    void reformOfAReform_isRefused_onTheSameDay() {
        UnitCode made = UnitCode.of("00100");
        LocalDate day = FIRST.plusYears(1);
        Decision first = decision(
                "1",
                day,
                List.of(
                        new UnitChange.Abolish(UnitCode.of("00001"), Basis.NONE),
                        create(100),
                        succeed(UnitCode.of("00001"), made, Extent.FULL, Portion.WHOLE)));
        Decision second = decision(
                "2",
                day,
                List.of(
                        new UnitChange.Abolish(made, Basis.NONE),
                        succeed(made, UnitCode.of("00002"), Extent.FULL, Portion.WHOLE)));

        List<String> reasons = first().enact(day, List.of(first, second))
                .fold(
                        enacted -> List.of(),
                        refused -> refused.reasons().stream()
                                .map(reason -> reason.message())
                                .toList());

        assertThat(reasons)
                .anySatisfy(reason -> assertThat(reason)
                        .contains("00100", "không thể vừa thành lập vừa kết thúc trong cùng một ngày"));
    }

    /** One hand-over in memory as it is done in databases: batch by batch, and again from the beginning without effect. */
    private static void assertConserved(Map<Integer, RecordUnit> records, Decider decider, boolean inPlace) {
        Map<Integer, Verdict> ledger = new HashMap<>();
        Map<String, long[]> owed = new HashMap<>();
        Map<Verdict.Outcome, Integer> outcomes = new HashMap<>();
        List<Integer> keys = List.copyOf(new TreeSet<>(records.keySet()));
        for (int start = 0; start < keys.size(); start += 7) {
            Tally tally = new Tally();
            Map<Integer, Verdict> lines = new HashMap<>();
            for (int key : keys.subList(start, Math.min(start + 7, keys.size()))) {
                Verdict verdict = decider.decide(records.get(key));
                outcomes.merge(verdict.outcome(), 1, Integer::sum);
                if (inPlace && verdict.outcome() == Verdict.Outcome.KEPT) {
                    tally.kept(verdict, 1);
                } else {
                    tally.line(verdict);
                    lines.put(key, verdict);
                }
            }
            assertThat(tally.read()).isEqualTo(lines.size() + tally.kept());
            ledger.putAll(lines);
            tally.units()
                    .forEach((unit, count) ->
                            owed.computeIfAbsent(unit, id -> new long[1])[0] += count.read() - count.kept());
        }
        Map<String, Long> lines = new HashMap<>();
        ledger.values().forEach(verdict -> lines.merge(Tally.unit(verdict.from()), 1L, Long::sum));
        assertThat(breach(owed, lines)).isEmpty();
        assertThat(outcomes.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(records.size());
        ledger.forEach((key, verdict) -> {
            if (verdict.outcome() == Verdict.Outcome.MOVED) {
                records.put(key, new RecordUnit(verdict.code(), String.valueOf(verdict.vintage()), List.of()));
            }
        });
        if (!ledger.isEmpty()) {
            Map<String, Long> tampered = new HashMap<>(lines);
            tampered.merge(lines.keySet().iterator().next(), -1L, Long::sum);
            assertThat(breach(owed, tampered)).as("a lost line shows").isPresent();
        }
        records.values().stream()
                .map(decider::decide)
                .forEach(again -> assertThat(again.outcome()).isNotEqualTo(Verdict.Outcome.MOVED));
    }

    private static Optional<String> breach(Map<String, long[]> owed, Map<String, Long> lines) {
        return Conservation.breach(owed.entrySet().stream()
                .map(unit -> balance(unit.getKey(), unit.getValue()[0], lines.getOrDefault(unit.getKey(), 0L)))
                .toList());
    }

    private static Map<Integer, RecordUnit> born(Random random, Timeline timeline, List<LocalDate> days, int firstKey) {
        Map<Integer, RecordUnit> records = new HashMap<>();
        for (int i = 0; i < 60; i++) {
            LocalDate vintage = days.get(random.nextInt(days.size()));
            List<Unit> units = timeline.units(vintage, Level.COMMUNE, null);
            String code = random.nextInt(20) == 0
                    ? "99999"
                    : units.get(random.nextInt(units.size())).code().value();
            records.put(firstKey + i, new RecordUnit(code, vintage.toString(), List.of()));
        }
        return records;
    }

    private static Timeline first() {
        List<UnitChange> changes = new ArrayList<>();
        changes.add(new UnitChange.Create(PROVINCE, UnitType.PROVINCE, "Thử", null, Basis.NONE));
        for (int i = 1; i <= 12; i++) {
            changes.add(create(i));
        }
        return enact(Timeline.empty(), FIRST, List.of(decision("first", FIRST, changes)));
    }

    /** Some communes end: merged into a new one, or divided between a new one and one that stays. */
    private static Timeline reformed(Random random, Timeline timeline, LocalDate day, int reform) {
        List<UnitCode> present = new ArrayList<>(timeline.units(day.minusDays(1), Level.COMMUNE, null).stream()
                .map(Unit::code)
                .toList());
        Collections.shuffle(present, random);
        List<Decision> decisions = new ArrayList<>();
        UnitCode stays = present.remove(0);
        for (int i = 0; i + 1 < Math.min(present.size(), 6); i += 2) {
            UnitCode one = present.get(i);
            UnitCode two = present.get(i + 1);
            int number = 100 * reform + i;
            List<UnitChange> changes = new ArrayList<>();
            List<UnitChange> edges = new ArrayList<>();
            UnitCode next = UnitCode.of(String.format("%05d", number));
            changes.add(new UnitChange.Abolish(one, Basis.NONE));
            changes.add(create(number));
            if (random.nextBoolean()) {
                changes.add(new UnitChange.Abolish(two, Basis.NONE));
                edges.add(succeed(one, next, Extent.FULL, Portion.WHOLE));
                edges.add(succeed(two, next, Extent.FULL, Portion.WHOLE));
            } else {
                edges.add(
                        succeed(one, next, Extent.PARTIAL, random.nextBoolean() ? Portion.PART : Portion.PART_OF_AREA));
                edges.add(succeed(one, random.nextBoolean() ? two : stays, Extent.PARTIAL, Portion.REST));
            }
            changes.addAll(edges);
            decisions.add(decision("d-" + number, day, changes));
        }
        return enact(timeline, day, decisions);
    }

    private static UnitChange create(int number) {
        return new UnitChange.Create(
                UnitCode.of(String.format("%05d", number)),
                UnitType.RURAL_COMMUNE,
                "Xã " + number,
                PROVINCE,
                Basis.NONE);
    }

    private static UnitChange succeed(UnitCode from, UnitCode to, Extent extent, Portion portion) {
        return new UnitChange.Succeed(from, to, extent, portion, Confidence.ACT, Basis.NONE);
    }

    private static Decision decision(String id, LocalDate day, List<UnitChange> changes) {
        return new Decision(new DecisionId(id), day, "Thử", changes);
    }

    private static Timeline enact(Timeline timeline, LocalDate day, List<Decision> decisions) {
        return timeline.enact(day, decisions).fold(enacted -> enacted.timeline(), refused -> {
            throw new AssertionError(refused.reasons());
        });
    }

    private static Conservation.Balance balance(String unit, long owed, long lines) {
        return new Conservation.Balance(unit, owed, lines);
    }
}
