package vn.dvhc.demo.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import vn.dvhc.demo.reform.Reform;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.Unit;

class RecordGeneratorTest {

    private static final int RECORDS = 20_000;

    private static Reform reform;
    private static List<Place> places;
    private static List<DemoRecord> records;

    @BeforeAll
    static void generate() {
        reform = Reform.ofCatalogue();
        places = places(1);
        RecordGenerator generator = new RecordGenerator(1, places);
        records = IntStream.range(0, RECORDS).mapToObj(generator::record).toList();
    }

    private static List<Place> places(long seed) {
        return Place.of(reform.before(), Reform.EVE, Reform.PROVINCES, new SplittableRandom(seed));
    }

    @Test
    void placesAreTheCommunesOfBothProvincesAndTheIslandDistrict() {
        assertThat(places).hasSize(375);
        assertThat(places.stream().filter(place -> place.id().level() == Level.DISTRICT))
                .singleElement()
                .satisfies(island -> assertThat(island.eve().code().value()).isEqualTo("318"));
        assertThat(places).allSatisfy(place -> assertThat(place.hamlets()).hasSizeBetween(4, 8));
    }

    @Test
    void recordsAreTheSame_whenTheSeedIsTheSame() {
        RecordGenerator again = new RecordGenerator(1, places(1));

        assertThat(IntStream.range(0, 1_000).mapToObj(again::record)).isEqualTo(records.subList(0, 1_000));
        assertThat(again.record(7).fingerprint()).isEqualTo(records.get(7).fingerprint());
    }

    @Test
    void recordsDiffer_whenTheSeedDiffers() {
        RecordGenerator other = new RecordGenerator(2, places(2));

        assertThat(other.record(7).fingerprint()).isNotEqualTo(records.get(7).fingerprint());
    }

    @Test
    void everyRecordBelongsToTheUnitThatIsInForceOnTheEve() {
        assertThat(records).allSatisfy(record -> {
            Unit then = reform.before()
                    .unit(record.unit().code(), record.unit().vintage())
                    .orElseThrow();
            Unit onTheEve =
                    reform.before().unit(record.unit().code(), Reform.EVE).orElseThrow();
            assertThat(then.id()).isEqualTo(onTheEve.id());
        });
    }

    @Test
    void everyKeyIsUniqueAndNamesItsDatabaseOfBirth() {
        RecordGenerator generator = new RecordGenerator(1, places);

        assertThat(records.stream().map(DemoRecord::key).collect(Collectors.toSet()))
                .hasSize(RECORDS);
        assertThat(IntStream.range(0, 1_000))
                .allSatisfy(number -> assertThat(records.get(number).key()).startsWith(generator.birthplace(number)));
    }

    @Test
    void sharesAreAsDeclared() {
        assertThat(share(record -> record.dataset() == Dataset.CASE_FILE)).isBetween(0.58, 0.62);
        assertThat(share(record -> record.hamlet() == null)).isBetween(0.09, 0.11);
        assertThat(share(record -> Reform.EVE.equals(record.unit().vintage()))).isBetween(0.83, 0.9);
    }

    @Test
    void stepsTakeAKilobyte_andTenInOneOfAHundred() {
        List<Integer> sizes = records.stream()
                .filter(record -> record.dataset() == Dataset.CASE_FILE)
                .map(record -> record.text().getBytes(StandardCharsets.UTF_8).length)
                .toList();

        assertThat(sizes).allMatch(size -> (size > 800 && size < 1_400) || (size > 8_500 && size < 12_000));
        assertThat((double) sizes.stream().filter(size -> size > 8_500).count() / sizes.size())
                .isBetween(0.005, 0.015);
    }

    @Test
    void everyPlaceHasRecords() {
        Set<String> codes = new HashSet<>();
        records.forEach(record -> codes.add(record.unit().code().value()));

        assertThat(codes).hasSize(375).contains("318");
    }

    @Test
    void textsAreComposed() {
        assertThat(records.subList(0, 500)).allSatisfy(record -> {
            assertThat(Normalizer.isNormalized(record.text(), Normalizer.Form.NFC))
                    .isTrue();
            assertThat(Normalizer.isNormalized(record.subject(), Normalizer.Form.NFC))
                    .isTrue();
        });
    }

    private static double share(java.util.function.Predicate<DemoRecord> property) {
        return (double) records.stream().filter(property).count() / RECORDS;
    }
}
