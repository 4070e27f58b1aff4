package vn.dvhc.history.rebase;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import vn.dvhc.history.CatalogueLog;
import vn.dvhc.history.lineage.Crossing;
import vn.dvhc.history.lineage.Crosswalk;
import vn.dvhc.history.lineage.Share;
import vn.dvhc.history.rebase.Rebased.Certainty;
import vn.dvhc.history.rebase.Rebased.Rejected.Reason;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.UnitId;

/** Random figures are seeded, and a failure names its seed ({@code -Ddvhc.seed=}). */
class RebasingTest {

    private static final long SEED = Long.getLong("dvhc.seed", new Random().nextLong());
    private static final LocalDate EVE = LocalDate.of(2025, 6, 30);
    private static final LocalDate REFORM = LocalDate.of(2025, 7, 1);
    private static final MathContext DIGITS = MathContext.DECIMAL128;

    private final Timeline timeline = CatalogueLog.whole().timeline();
    private final Crosswalk reform = new Crosswalk(timeline, EVE, REFORM);
    private final Random random = new Random(SEED);

    @Test
    void boundsWhatWasDivided() {
        // Given: 00016 was split between 00004 and 00008
        Rebased rebased = sums(List.of(figure("00016", "9500")));

        // Then
        assertThat(rebased.values()).hasSize(2).allSatisfy(value -> {
            assertThat(value.certainty()).isEqualTo(Certainty.BOUNDED);
            assertThat(value.value()).isNull();
            assertThat(value.lower()).isEqualByComparingTo("0");
            assertThat(value.upper()).isEqualByComparingTo("9500");
            assertThat(value.contributors()).isEqualTo(1);
            assertThat(value.missing()).isNotEmpty();
        });
        assertThat(rebased.conservation())
                .isEqualTo(new Rebased.Conservation(
                        decimal("9500"), decimal("0"), decimal("9500"), decimal("0"), decimal("0")));
    }

    @Test
    void everyTrueDivisionLiesWithinTheBounds_andWhatIsExactIsTrue() {
        for (LocalDate from : List.of(EVE, LocalDate.of(2004, 8, 31), LocalDate.of(2015, 1, 1))) {
            Crosswalk crosswalk = new Crosswalk(timeline, from, REFORM);
            List<Crossing> crossings = crosswalk.all(Level.COMMUNE, null);
            List<Figure> figures = new ArrayList<>();
            Map<UnitId, BigDecimal> truth = new HashMap<>();
            for (Crossing crossing : crossings) {
                BigDecimal value = BigDecimal.valueOf(random.nextInt(1_000_000), 2);
                figures.add(new Figure(crossing.unit().code().value(), value, null));
                divide(value, crossing).forEach((id, part) -> truth.merge(id, part, BigDecimal::add));
            }

            // When
            Rebased rebased = new Rebasing(timeline, crosswalk, Level.COMMUNE, Rebasing.Kind.SUM, false).of(figures);

            // Then
            assertThat(rebased.rejected()).isEmpty();
            assertThat(rebased.values()).allSatisfy(value -> {
                BigDecimal actual = truth.get(value.unit().id());
                assertThat(actual).as("seed %d: %s", SEED, value).isBetween(value.lower(), value.upper());
                if (value.certainty() == Certainty.EXACT) {
                    assertThat(value.value()).as("seed %d: %s", SEED, value).isEqualByComparingTo(actual);
                }
            });
            Rebased.Conservation sum = rebased.conservation();
            assertThat(sum.exact().add(sum.divided()).add(sum.unplaced()).add(sum.rejected()))
                    .isEqualByComparingTo(sum.given())
                    .isEqualByComparingTo(figures.stream().map(Figure::value).reduce(BigDecimal.ZERO, BigDecimal::add));
        }
    }

    @Test
    void isExactByProvince_sinceNoSplitCrossesOne() {
        // Given
        List<Figure> figures = reform.all(Level.COMMUNE, null).stream()
                .map(crossing -> new Figure(crossing.unit().code().value(), BigDecimal.ONE, null))
                .toList();

        // When
        Rebased rebased = new Rebasing(timeline, reform, Level.COMMUNE, Rebasing.Kind.SUM, true).of(figures);

        // Then
        assertThat(rebased.values()).hasSize(34).allSatisfy(value -> {
            assertThat(value.certainty()).isEqualTo(Certainty.EXACT);
            assertThat(value.unit().level()).isEqualTo(Level.PROVINCE);
        });
        assertThat(rebased.values().stream().map(Rebased.Value::value).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo("10035");
    }

    @Test
    void weighsRatiosOfUnitsThatPassedWhole() {
        // Given: Hà Giang (02) and Tuyên Quang (08) became one province
        List<Figure> weighed = List.of(figure("02", "10", "900"), figure("08", "20", "100"));
        List<Figure> unweighed = List.of(figure("02", "10"), figure("08", "20"));

        // Then
        assertThat(ratios(Level.PROVINCE, weighed).values()).singleElement().satisfies(value -> {
            assertThat(value.certainty()).isEqualTo(Certainty.EXACT);
            assertThat(value.value()).isEqualByComparingTo("11");
        });
        assertThat(ratios(Level.PROVINCE, unweighed).values()).singleElement().satisfies(value -> {
            assertThat(value.certainty()).isEqualTo(Certainty.BOUNDED);
            assertThat(value.lower()).isEqualByComparingTo("10");
            assertThat(value.upper()).isEqualByComparingTo("20");
        });
        assertThat(ratios(Level.PROVINCE, List.of(figure("02", "10"))).values())
                .singleElement()
                .satisfies(value -> {
                    assertThat(value.certainty()).isEqualTo(Certainty.BOUNDED);
                    assertThat(value.missing()).containsExactly("08");
                });
        assertThat(ratios(Level.PROVINCE, weighed).conservation()).isNull();
    }

    @Test
    void saysThatItAssumes_whenARatioOfAPartIsToldFromItsWhole() {
        assertThat(ratios(Level.COMMUNE, List.of(figure("00016", "12.5", "1"))).values())
                .hasSize(2)
                .allSatisfy(value -> {
                    assertThat(value.certainty()).isEqualTo(Certainty.ASSUMED);
                    assertThat(value.value()).isNull();
                    assertThat(value.lower()).isEqualByComparingTo("12.5");
                    assertThat(value.upper()).isEqualByComparingTo("12.5");
                });
    }

    @Test
    void listsWhatHasNoPlace() {
        // When
        Rebased rebased = new Rebasing(timeline, reform, Level.DISTRICT, Rebasing.Kind.SUM, false)
                .of(List.of(figure("277", "5"), figure("318", "7")));

        // Then
        assertThat(rebased.unplaced()).singleElement().satisfies(unplaced -> {
            assertThat(unplaced.unit().fullName()).isEqualTo("Huyện Chương Mỹ");
            assertThat(unplaced.status()).isEqualTo(Crossing.Status.ENDED);
        });
        assertThat(rebased.values()).singleElement().satisfies(value -> {
            assertThat(value.unit().fullName()).isEqualTo("Đặc khu Bạch Long Vĩ");
            assertThat(value.value()).isEqualByComparingTo("7");
        });
        assertThat(rebased.conservation().unplaced()).isEqualByComparingTo("5");
    }

    @Test
    void tellsWhyAFigureIsNotTaken() {
        // When
        Rebased rebased = sums(List.of(
                figure("16", "1"),
                figure("0001x", "1"),
                figure("99999", "1"),
                figure("00016", "1"),
                figure("00016", "2"),
                new Figure("00001", null, null),
                figure("00004", "-1"),
                figure("00006", "1", "-1")));

        // Then
        assertThat(rebased.rejected())
                .extracting(Rebased.Rejected::index, Rebased.Rejected::reason)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(0, Reason.OTHER_LEVEL),
                        org.assertj.core.groups.Tuple.tuple(1, Reason.MALFORMED_CODE),
                        org.assertj.core.groups.Tuple.tuple(2, Reason.NOT_KNOWN),
                        org.assertj.core.groups.Tuple.tuple(4, Reason.TWICE),
                        org.assertj.core.groups.Tuple.tuple(5, Reason.NO_VALUE),
                        org.assertj.core.groups.Tuple.tuple(6, Reason.NEGATIVE),
                        org.assertj.core.groups.Tuple.tuple(7, Reason.NEGATIVE_WEIGHT));
    }

    private Map<UnitId, BigDecimal> divide(BigDecimal value, Crossing crossing) {
        List<Share> shares = crossing.shares();
        double[] cuts = random.doubles(shares.size(), 0, 1).toArray();
        BigDecimal all = BigDecimal.valueOf(java.util.Arrays.stream(cuts).sum());
        Map<UnitId, BigDecimal> parts = new HashMap<>();
        for (int i = 0; i < cuts.length; i++) {
            if (!shares.get(i).open()) {
                BigDecimal part = crossing.isWhole()
                        ? value
                        : value.multiply(BigDecimal.valueOf(cuts[i])).divide(all, DIGITS);
                parts.merge(shares.get(i).unit().id(), part, BigDecimal::add);
            }
        }
        return parts;
    }

    private Rebased sums(List<Figure> figures) {
        return new Rebasing(timeline, reform, Level.COMMUNE, Rebasing.Kind.SUM, false).of(figures);
    }

    private Rebased ratios(Level level, List<Figure> figures) {
        return new Rebasing(timeline, reform, level, Rebasing.Kind.RATIO, false).of(figures);
    }

    private static Figure figure(String code, String value) {
        return new Figure(code, decimal(value), null);
    }

    private static Figure figure(String code, String value, String weight) {
        return new Figure(code, decimal(value), decimal(weight));
    }

    private static BigDecimal decimal(String text) {
        return new BigDecimal(text);
    }
}
