package vn.dvhc.sync.handover;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.Basis;
import vn.dvhc.decision.Confidence;
import vn.dvhc.decision.Decision;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.decision.Extent;
import vn.dvhc.decision.Portion;
import vn.dvhc.decision.UnitChange;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.recode.Localities;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitId;
import vn.dvhc.unit.UnitType;

/** A province whose communes are reformed at random, day after day, and the records of any of its days. */
final class RandomReforms {

    static final LocalDate FIRST = LocalDate.of(2004, 8, 31);

    private static final UnitCode PROVINCE = UnitCode.of("01");
    private static final int COMMUNES = 24;
    private static final int HAMLETS = 4;

    /** How an act may divide a unit: what one heir gets, and what the other. */
    private static final List<List<Portion>> DIVISIONS = List.of(
            List.of(Portion.PART, Portion.REST),
            List.of(Portion.PART_OF_AREA, Portion.REST),
            List.of(Portion.PART_OF_AREA, Portion.PART_OF_AREA),
            List.of(Portion.PART_OF_AREA, Portion.PART_OF_AREA_ALL_PEOPLE),
            List.of(Portion.PART_OF_PEOPLE, Portion.REST));

    /** What is found in tables, and what is hard to quote. */
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "tiếp nhận; chờ ký",
            "Đ\"ơn' \\ (x,y)",
            "dòng 1\ndòng 2\t.",
            "{null}",
            "NULL",
            "1.00",
            "ư".repeat(300));

    private final Random random;
    private final List<Decision> ofDay = new ArrayList<>();
    private final Map<UnitCode, List<UnitCode>> divided = new HashMap<>();
    private final Map<UnitId, Map<String, UnitId>> assigned = new HashMap<>();
    private Timeline timeline = Timeline.empty();
    private LocalDate day = FIRST;
    private int codes;

    RandomReforms(long seed) {
        this.random = new Random(seed);
        List<UnitChange> changes = new ArrayList<>();
        changes.add(new UnitChange.Create(PROVINCE, UnitType.PROVINCE, "Thử", null, Basis.NONE));
        for (int i = 0; i < COMMUNES; i++) {
            changes.add(create(nextCode()));
        }
        decide(changes);
        enact();
    }

    Timeline timeline() {
        return timeline;
    }

    /** The heirs of the hamlets of divided units; hamlets are in small letters. */
    Map<UnitId, Map<String, UnitId>> assigned() {
        return assigned;
    }

    Localities localities() {
        Localities[] all = {Localities.none()};
        assigned.forEach(
                (unit, hamlets) -> hamlets.forEach((hamlet, heir) -> all[0] = all[0].with(unit, hamlet, heir)));
        return all[0];
    }

    /** Enacts several decisions for the next day; answers the day. */
    LocalDate reform() {
        day = day.plusDays(1);
        List<UnitCode> present = new ArrayList<>(timeline.units(day.minusDays(1), Level.COMMUNE, null).stream()
                .map(Unit::code)
                .toList());
        Collections.shuffle(present, random);
        UnitCode heir = present.remove(0);
        for (int i = 0; i < 6 && present.size() >= 3; i++) {
            reform(present, heir);
        }
        enact();
        return day;
    }

    private void reform(List<UnitCode> present, UnitCode heir) {
        UnitCode one = present.remove(0);
        switch (random.nextInt(9)) {
            case 0 -> mergeInto(nextCode(), one, present.remove(0));
            // A new unit may bear the code of one that ends.
            case 1 -> mergeInto(one, one, present.remove(0));
            case 2 -> decide(List.of(abolish(one), whole(one, heir)));
            case 3 -> divide(one, nextCode(), heir);
            case 4 -> divide(one, present.remove(0), heir);
            // Nobody is known to have succeeded it.
            case 5 -> decide(List.of(abolish(one)));
            // Of all that it was, only this is known.
            case 6 -> {
                decide(List.of(abolish(one), part(one, heir, Portion.PART)));
                divided.put(one, List.of(heir));
            }
            // It goes on: under another code, or without a piece.
            case 7 ->
                decide(
                        random.nextBoolean()
                                ? List.of(new UnitChange.Recode(one, nextCode(), Basis.NONE))
                                : List.of(part(one, heir, Portion.PART)));
            // What one decision makes, another one of the same day adds to.
            default -> {
                UnitCode made = nextCode();
                mergeInto(made, one, present.remove(0));
                UnitCode added = present.remove(0);
                decide(List.of(abolish(added), whole(added, made)));
            }
        }
    }

    private void mergeInto(UnitCode made, UnitCode one, UnitCode other) {
        decide(List.of(abolish(one), abolish(other), create(made), whole(one, made), whole(other, made)));
    }

    private void divide(UnitCode one, UnitCode first, UnitCode second) {
        List<Portion> portions = DIVISIONS.get(random.nextInt(DIVISIONS.size()));
        List<UnitChange> changes = new ArrayList<>(List.of(abolish(one)));
        if (timeline.unit(first, day.minusDays(1)).isEmpty()) {
            changes.add(create(first));
        }
        changes.add(part(one, first, portions.get(0)));
        changes.add(part(one, second, portions.get(1)));
        decide(changes);
        divided.put(one, List.of(first, second));
    }

    private void decide(List<UnitChange> changes) {
        ofDay.add(new Decision(new DecisionId("d-" + day + "-" + ofDay.size()), day, "Thử", changes));
    }

    private void enact() {
        Timeline before = timeline;
        timeline = before.enact(day, ofDay).fold(enacted -> enacted.timeline(), refused -> {
            throw new AssertionError(refused.reasons());
        });
        ofDay.clear();
        divided.forEach((unit, heirs) -> assign(bearer(before, unit, day.minusDays(1)), heirs));
        divided.clear();
    }

    /** Of some divided units some hamlets are assigned. */
    private void assign(UnitId unit, List<UnitCode> heirs) {
        if (random.nextInt(3) > 0) {
            for (int hamlet = 1; hamlet < HAMLETS; hamlet++) {
                assigned.computeIfAbsent(unit, id -> new HashMap<>())
                        .put("thôn " + hamlet, bearer(timeline, heirs.get(random.nextInt(heirs.size())), day));
            }
        }
    }

    private static UnitId bearer(Timeline timeline, UnitCode code, LocalDate at) {
        return timeline.unit(code, at).orElseThrow().id();
    }

    private UnitCode nextCode() {
        return UnitCode.of(String.format("%05d", ++codes));
    }

    private static UnitChange create(UnitCode code) {
        // No hamlet is called like a commune, so that no address names one.
        return new UnitChange.Create(code, UnitType.RURAL_COMMUNE, "Tân Lập " + code, PROVINCE, Basis.NONE);
    }

    private static UnitChange abolish(UnitCode code) {
        return new UnitChange.Abolish(code, Basis.NONE);
    }

    private static UnitChange whole(UnitCode from, UnitCode to) {
        return new UnitChange.Succeed(from, to, Extent.FULL, Portion.WHOLE, Confidence.ACT, Basis.NONE);
    }

    private static UnitChange part(UnitCode from, UnitCode to, Portion portion) {
        return new UnitChange.Succeed(from, to, Extent.PARTIAL, portion, Confidence.ACT, Basis.NONE);
    }

    /**
     * A record as a table may hold it, the oldest vintages and the wrong codes included.
     *
     * @param number tells it from others
     * @param nullable whether all columns but the key may be null
     */
    List<@Nullable String> record(Dataset dataset, int number, boolean nullable) {
        LocalDate vintage = FIRST.plusDays(random.nextInt((int) (day.toEpochDay() - FIRST.toEpochDay()) + 1));
        List<@Nullable String> values = new ArrayList<>();
        dataset.columns().forEach((column, type) -> {
            if (dataset.key().contains(column)) {
                values.add(key(type, number));
            } else if (column.equals(dataset.unit())) {
                values.add(code(vintage, nullable));
            } else if (column.equals(dataset.vintage().column())) {
                values.add(vintage(vintage, nullable));
            } else if (dataset.locality().contains(column)) {
                values.add(hamlet());
            } else {
                values.add(nullable && random.nextInt(5) == 0 ? null : content(type));
            }
        });
        return values;
    }

    /** Texts are ordered as the database's language does. */
    private String key(String type, int number) {
        return type.equals("text")
                ? List.of("hs-", "HS ", "đ/", "d'", "%", "Ô").get(random.nextInt(6)) + number
                : String.valueOf(number * (random.nextBoolean() ? 1 : -1));
    }

    private @Nullable String code(LocalDate vintage, boolean nullable) {
        List<Unit> units = timeline.units(vintage, Level.COMMUNE, null);
        return switch (random.nextInt(24)) {
            case 0 -> "99999";
            case 1 -> nullable && random.nextBoolean() ? null : "";
            case 2 -> "Xã 1";
            case 3 -> PROVINCE.value();
            default -> units.get(random.nextInt(units.size())).code().value();
        };
    }

    private @Nullable String vintage(LocalDate vintage, boolean nullable) {
        return switch (random.nextInt(24)) {
            case 0 -> nullable ? null : vintage.toString();
            case 1 -> FIRST.minusDays(1).toString();
            case 2 -> day.plusYears(1).toString();
            case 3 -> nullable ? "-infinity" : vintage.toString();
            default -> vintage.toString();
        };
    }

    private @Nullable String hamlet() {
        int hamlet = random.nextInt(HAMLETS + 1);
        return hamlet == 0 ? null : List.of("Thôn ", "thôn  ", " THÔN ").get(random.nextInt(3)) + hamlet;
    }

    private String content(String type) {
        return switch (type) {
            case "timestamptz" -> "2024-02-29 10:11:12." + random.nextInt(999_999) + "+07";
            case "numeric" -> random.nextInt(100) + ".50";
            default -> TEXTS.get(random.nextInt(TEXTS.size())) + random.nextInt(1000);
        };
    }

    /** Chance that runs with the same seed. */
    Random random() {
        return random;
    }
}
