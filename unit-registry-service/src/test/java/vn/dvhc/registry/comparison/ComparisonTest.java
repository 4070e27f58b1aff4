package vn.dvhc.registry.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.dvhc.catalogue.Catalogue;
import vn.dvhc.decision.UnitChange;
import vn.dvhc.registry.Catalogues;
import vn.dvhc.registry.comparison.Difference.Kind;
import vn.dvhc.registry.table.LineProblem;
import vn.dvhc.registry.table.Reading;
import vn.dvhc.registry.table.Tables;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitType;

class ComparisonTest {

    private static final String HEADER = "code|level|type|name|parent_code";
    private static final long SEED = 21_07_2025;
    private static final int SEEDED = 20;
    private static final Timeline REGISTER = Catalogues.until(LocalDate.of(2026, 4, 30));

    @ParameterizedTest
    @ValueSource(strings = {"2004-08-31", "2025-06-30", "2025-07-01", "2026-04-30"})
    void equalList_differsInNothing(LocalDate at) {
        Comparison comparison = compare(lines(at), at);

        assertThat(comparison.differences()).isEmpty();
        assertThat(comparison.corrections()).isEmpty();
        assertThat(comparison.listed()).isEqualTo(comparison.registered());
    }

    @Test
    void everyKindOfDifference_isFoundWhereItWasSeeded() {
        LocalDate at = Catalogue.REFORM;
        Random random = new Random(SEED);
        List<String> lines = lines(at);
        List<Tuple> seeded = new ArrayList<>();
        for (int i = 0; i < SEEDED; i++) {
            seeded.add(seed(lines, random, Kind.NAME, fields -> fields[3] = "Không Trùng " + fields[0]));
            seeded.add(seed(
                    lines,
                    random,
                    Kind.SPELLING,
                    fields -> fields[3] = Normalizer.normalize(fields[3], Normalizer.Form.NFD) + " "));
            seeded.add(seed(
                    lines,
                    random,
                    Kind.TYPE,
                    fields -> fields[2] =
                            fields[2].equals("xã") ? UnitType.WARD.label() : UnitType.RURAL_COMMUNE.label()));
            seeded.add(seed(lines, random, Kind.PARENT, fields -> fields[4] = fields[4].equals("01") ? "04" : "01"));
            String extra = take(lines, random);
            seeded.add(Tuple.tuple(Kind.EXTRA, extra.substring(0, 5)));
            String recoded = take(lines, random);
            lines.add("99" + String.format("%03d", i) + recoded.substring(5) + "#");
            seeded.add(Tuple.tuple(Kind.CODE, recoded.substring(0, 5)));
            lines.add("98" + String.format("%03d", i) + "|commune|xã|Thêm " + i + "|01#");
            seeded.add(Tuple.tuple(Kind.MISSING, "98" + String.format("%03d", i)));
        }

        Comparison comparison =
                compare(lines.stream().map(line -> line.replace("#", "")).toList(), at);

        assertThat(comparison.differences())
                .as("seed %d", SEED)
                .extracting(Difference::kind, difference -> difference.code().value())
                .containsExactlyInAnyOrderElementsOf(seeded);
    }

    @Test
    void corrections_mendTheDayOnWhichTheStateBegan() {
        LocalDate at = LocalDate.of(2026, 11, 1);
        List<String> lines = new ArrayList<>(lines(at));
        lines.replaceAll(line -> line.startsWith("00004|") ? line.replace("Ba Đình", "Ba Đình Cũ") : line);
        lines.replaceAll(line -> line.startsWith("75|") ? line.replace("Đồng Nai", "Đồng Nải") : line);
        lines.replaceAll(line -> line.startsWith("00008|") ? line.replace("Ngọc Hà", "NGỌC HÀ") : line);

        Comparison comparison = compare(lines, at);

        assertThat(comparison.corrections().keySet()).containsExactly(Catalogue.REFORM, LocalDate.of(2026, 4, 30));
        assertThat(comparison.corrections().get(Catalogue.REFORM))
                .extracting(UnitChange::kind, change -> change.code().value())
                .containsExactly(
                        Tuple.tuple(UnitChange.Kind.RENAME, "00004"), Tuple.tuple(UnitChange.Kind.RENAME, "00008"));
    }

    @Test
    void spellingThatTheListAloneHasWrong_needsNoCorrection() {
        List<String> lines = new ArrayList<>(lines(Catalogue.REFORM));
        lines.replaceAll(line -> line.startsWith("00004|") ? line.replace("Ba Đình", "Ba  Đình ") : line);

        Comparison comparison = compare(lines, Catalogue.REFORM);

        assertThat(comparison.differences()).extracting(Difference::kind).containsExactly(Kind.SPELLING);
        assertThat(comparison.corrections()).isEmpty();
    }

    @Test
    void recodedProvince_doesNotMakeEveryCommuneDiffer() {
        List<String> lines = new ArrayList<>(lines(Catalogue.REFORM));
        lines.replaceAll(line -> line.startsWith("01|")
                ? "99" + line.substring(2)
                : line.endsWith("|01") ? line.substring(0, line.length() - 2) + "99" : line);

        assertThat(compare(lines, Catalogue.REFORM).differences())
                .extracting(Difference::kind, Difference::registered, Difference::listed)
                .containsExactly(Tuple.tuple(Kind.CODE, "01", "99"));
    }

    @Test
    void faultyLines_areTold() {
        Reading<OfficialList> reading = OfficialList.read(Tables.of(
                HEADER,
                "01|province|tỉnh|Một|",
                "1|province|tỉnh|Hai|",
                "02|district|tỉnh|Ba|",
                "03|province|vùng|Bốn|",
                "04|province|tỉnh| |",
                "00001|commune|xã|Năm|1",
                "01|province|tỉnh|Sáu|"));

        assertThat(Tables.problems(reading))
                .extracting(LineProblem::line, LineProblem::column)
                .containsExactly(
                        Tuple.tuple(3, "code"),
                        Tuple.tuple(4, "level"),
                        Tuple.tuple(5, "type"),
                        Tuple.tuple(6, "name"),
                        Tuple.tuple(7, "parent_code"),
                        Tuple.tuple(8, "code"));
    }

    private static Comparison compare(List<String> lines, LocalDate at) {
        return Comparison.of(Tables.read(OfficialList.read(Tables.of(HEADER, lines))), REGISTER, at);
    }

    /** Spoils a commune that was not spoiled before; what was is marked at its end. */
    private static Tuple seed(List<String> lines, Random random, Kind kind, Spoiling spoiling) {
        int place = any(lines, random);
        String[] fields = lines.get(place).split("\\|", -1);
        spoiling.spoil(fields);
        lines.set(place, String.join("|", fields) + "#");
        return Tuple.tuple(kind, fields[0]);
    }

    private static String take(List<String> lines, Random random) {
        return lines.remove(any(lines, random));
    }

    private static int any(List<String> lines, Random random) {
        int place = random.nextInt(lines.size());
        String line = lines.get(place);
        return line.contains("|commune|") && !line.endsWith("#") ? place : any(lines, random);
    }

    private interface Spoiling {
        void spoil(String[] fields);
    }

    private static List<String> lines(LocalDate at) {
        List<String> lines = new ArrayList<>();
        for (Unit unit : REGISTER.units(at, null, null)) {
            String parent = unit.parent() == null
                    ? ""
                    : REGISTER.find(unit.parent())
                            .flatMap(history -> history.at(at))
                            .map(Unit::code)
                            .map(UnitCode::value)
                            .orElseThrow();
            Level level = unit.level();
            lines.add(String.join(
                    "|", unit.code().value(), level.label(), unit.type().label(), unit.name(), parent));
        }
        return lines;
    }
}
