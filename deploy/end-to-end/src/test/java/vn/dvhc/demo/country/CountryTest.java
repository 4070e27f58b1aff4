package vn.dvhc.demo.country;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import vn.dvhc.demo.record.Dataset;
import vn.dvhc.demo.record.DemoRecord;
import vn.dvhc.demo.record.Place;
import vn.dvhc.demo.record.RecordGenerator;
import vn.dvhc.demo.reform.Estate;
import vn.dvhc.demo.reform.Reform;

/** The country as the catalogue has it: who inherits from whom, whose records are whose, what manifests must tell. */
class CountryTest {

    private static final int RECORDS = 25_000;

    private static final Reform REFORM = Reform.ofCatalogue();
    private static final List<Estate> ESTATES = Estate.all(REFORM);
    private static final List<Place> PLACES = Place.of(
            REFORM.before(),
            Reform.EVE,
            ESTATES.stream().flatMap(estate -> estate.provinces().stream()).toList(),
            new SplittableRandom(1));
    private static final Population POPULATION = new Population(PLACES, RECORDS);

    @Test
    void sixtyThreeProvincesHaveThirtyFourHeirs_whenTheReformHasPassed() {
        assertThat(ESTATES).hasSize(34);
        assertThat(ESTATES.stream()
                        .mapToInt(estate -> estate.provinces().size())
                        .sum())
                .isEqualTo(63);
        assertThat(ESTATES).contains(new Estate("31", List.of("30", "31")), new Estate("01", List.of("01")));
        assertThat(ESTATES).allMatch(estate -> estate.provinces().contains(estate.heir()));
    }

    @Test
    void everyRecordIsOfOneProvince_whenTheNumbersOfAllAreTaken() {
        RecordGenerator generator = RecordGenerator.ofCaseFilesInTurn(1, PLACES);
        Set<Integer> numbers = new HashSet<>();

        for (String province : POPULATION.provinces()) {
            POPULATION.numbers(province).forEach(number -> {
                assertThat(numbers.add(number)).isTrue();
                assertThat(generator.birthplace(number)).isEqualTo("commune_" + province);
            });
        }

        assertThat(numbers).hasSize(RECORDS);
        assertThat(IntStream.range(0, PLACES.size()).map(POPULATION::count).sum())
                .isEqualTo(RECORDS);
    }

    @Test
    void everyPlaceHasCaseFilesOfItsOwn_whenPlacesTakeTurns() {
        RecordGenerator generator = RecordGenerator.ofCaseFilesInTurn(1, PLACES);

        DemoRecord record = generator.record(PLACES.size() + 7);

        assertThat(record.dataset()).isEqualTo(Dataset.CASE_FILE);
        assertThat(record.unit().code()).isEqualTo(PLACES.get(7).eve().code());
        assertThat(record.key()).startsWith("commune_" + PLACES.get(7).province() + "-");
        assertThat(POPULATION.count(7)).isBetween(2, 3);
    }

    @Test
    void manifestsAreRight_whenEveryCommuneWithAnEdgeIsToldOfWithAllItsRecords() {
        ManifestCheck check = new ManifestCheck(REFORM, PLACES, POPULATION);

        assertThat(check.contradictions(whole(), unit -> false)).isEmpty();
        assertThat(check.communes()).isBetween(9_900, 9_915);
    }

    @Test
    void manifestsContradict_whenOneIsMissingCountsWrongOrNamesNoEdge() {
        ManifestCheck check = new ManifestCheck(REFORM, PLACES, POPULATION);
        ArrayNode manifests = whole();
        String missing = manifests.remove(0).path("fromUnit").asText();
        String counted = manifests.get(0).path("fromUnit").asText();
        manifests
                .addObject()
                .put("fromUnit", counted)
                .put("toUnit", "99999@2025-07-01")
                .put("outCount", 1);

        assertThat(check.contradictions(manifests, unit -> false))
                .hasSize(3)
                .contains(missing + " has no manifest", counted + " -> 99999@2025-07-01 is no edge")
                .anyMatch(line -> line.startsWith(counted + " had "));
        assertThat(check.contradictions(manifests, counted::equals)).hasSize(2);
    }

    /** As if every record waited. */
    private static ArrayNode whole() {
        ArrayNode manifests = new ObjectMapper().createArrayNode();
        for (int i = 0; i < PLACES.size(); i++) {
            manifests
                    .addObject()
                    .put("fromUnit", PLACES.get(i).id().toString())
                    .putNull("toUnit")
                    .put("outCount", POPULATION.count(i));
        }
        return manifests;
    }
}
