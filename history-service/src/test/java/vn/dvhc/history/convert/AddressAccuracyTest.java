package vn.dvhc.history.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import vn.dvhc.history.CatalogueLog;
import vn.dvhc.history.search.Gazetteer;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitId;

/** How truly addresses are read: wrong answers count against precision, undecided ones only against recall. */
class AddressAccuracyTest {

    private static final LocalDate TO = LocalDate.of(2026, 11, 23);
    private static final Timeline TIMELINE = CatalogueLog.whole().timeline();
    private static final Gazetteer GAZETTEER = Gazetteer.of(TIMELINE);

    private final Converter converter = new Converter(GAZETTEER, TO);

    /** A line of the set: several ids where the text fits several units that became the same. */
    private record Line(String address, Set<String> expected) {}

    @ParameterizedTest
    @CsvSource({"/addresses.tsv, 300, 0.99, 0.97", "/addresses-held-out.tsv, 120, 0.99, 0.95"})
    void readsMessyAddresses_withHardlyAWrongAnswer(String set, int size, double leastPrecision, double leastRecall)
            throws IOException {
        // Given
        List<Line> lines = lines(set);
        assertThat(lines).hasSizeGreaterThan(size);
        int right = 0;
        int undecided = 0;
        List<String> wrong = new ArrayList<>();
        List<String> missed = new ArrayList<>();

        // When
        for (Line line : lines) {
            Conversion conversion = converter.address(line.address(), null);
            PlacedUnit from = conversion.from();
            String told = from == null
                    ? conversion.status().label()
                    : from.unit().id().toString();
            boolean expected = line.expected().contains(told);
            undecided += from == null ? 1 : 0;
            right += expected && from != null ? 1 : 0;
            if (!expected) {
                (from == null ? missed : wrong).add(line.address() + " -> " + told);
            }
        }

        // Then
        double precision = (double) right / (right + wrong.size());
        double recall = (double) right / (right + wrong.size() + missed.size());
        System.out.printf(
                Locale.ROOT,
                "%s: addresses=%d precision=%.4f recall=%.4f undecided=%.4f%n",
                set,
                lines.size(),
                precision,
                recall,
                (double) undecided / lines.size());
        assertThat(precision).as("wrong: %s", wrong).isGreaterThanOrEqualTo(leastPrecision);
        assertThat(recall).as("missed: %s", missed).isGreaterThanOrEqualTo(leastRecall);
    }

    /** How the official spelling is bent. */
    enum Form {
        OFFICIAL(path -> path, 0.998),
        WITHOUT_MARKS(path -> plain(path).toLowerCase(Locale.ROOT), 0.99),
        WITHOUT_COMMAS(path -> path.replace(",", ""), 0.998),
        BARE(path -> plain(path).replace(",", "").toLowerCase(Locale.ROOT), 0.99),
        ABBREVIATED(
                path -> path.replace("Phường ", "P.")
                        .replace("Quận ", "Q.")
                        .replace("Huyện ", "H.")
                        .replace("Thành phố ", "TP.")
                        .replace("Xã ", "X.")
                        .replace("Thị trấn ", "TT ")
                        .replace("Thị xã ", "TX ")
                        .replace("Tỉnh ", ""),
                0.998),
        WITHOUT_PROVINCE(path -> path.substring(0, path.lastIndexOf(',')), 0.995),
        BEHIND_A_STREET(path -> "12 Trần Hưng Đạo, " + path, 0.998);

        private final UnaryOperator<String> bend;
        private final double least;

        Form(UnaryOperator<String> bend, double least) {
            this.bend = bend;
            this.least = least;
        }

        private static String plain(String text) {
            return Normalizer.normalize(text.replace('đ', 'd').replace('Đ', 'D'), Normalizer.Form.NFD)
                    .replaceAll("\\p{M}", "");
        }
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void readsEveryCommuneBeforeTheReform_withoutAWrongAnswer(Form form) {
        // Given
        LocalDate at = LocalDate.of(2025, 6, 30);
        List<Unit> communes = TIMELINE.units(at, Level.COMMUNE, null);
        int decided = 0;
        List<String> wrong = new ArrayList<>();

        // When
        for (Unit commune : communes) {
            String address = form.bend.apply(path(commune, at));
            Conversion read = converter.address(address, null);
            PlacedUnit from = read.from();
            if (from != null) {
                decided++;
                boolean same = from.unit().id().equals(commune.id())
                        || became(read).equals(became(converter.code(commune.code(), at)));
                if (!same) {
                    wrong.add(address + " -> " + from.path());
                }
            }
        }

        // Then
        assertThat(wrong).isEmpty();
        assertThat((double) decided / communes.size()).isGreaterThanOrEqualTo(form.least);
    }

    private static Set<UnitId> became(Conversion conversion) {
        Set<UnitId> units = new HashSet<>();
        conversion.to().forEach(target -> units.add(target.unit().unit().id()));
        return units;
    }

    private static String path(Unit unit, LocalDate at) {
        UnitId above = unit.parent();
        return above == null
                ? unit.fullName()
                : unit.fullName() + ", "
                        + path(TIMELINE.find(above).orElseThrow().at(at).orElseThrow(), at);
    }

    private static List<Line> lines(String set) throws IOException {
        try (InputStream stream = AddressAccuracyTest.class.getResourceAsStream(set)) {
            return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .map(fields -> new Line(fields[0], Set.of(fields[1].split(" "))))
                    .toList();
        }
    }
}
