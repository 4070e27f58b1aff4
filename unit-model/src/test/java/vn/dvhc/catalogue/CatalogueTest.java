package vn.dvhc.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.timeline.WholeCatalogue;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.Unit;

/** The whole catalogue as a golden test: replay lands exactly on the published states. */
class CatalogueTest {

    private final Timeline timeline = WholeCatalogue.timeline();

    @ParameterizedTest
    @CsvSource({"2025-06-30, 10794", "2025-07-01, 3355"})
    void replay_landsOnThePublishedState(LocalDate date, int rows) throws IOException {
        List<String> published = published(date);
        assertThat(published).hasSize(rows);
        assertThat(timeline.units(date, null, null).stream().map(unit -> row(unit, date)))
                .containsExactlyInAnyOrderElementsOf(published);
    }

    @ParameterizedTest
    @CsvSource({
        "2004-08-31, 64, 658, 10577",
        "2025-06-30, 63, 696, 10035",
        "2025-07-01, 34, 0, 3321",
        "2026-11-23, 34, 0, 3321"
    })
    void counts_areThoseOfTheDate(LocalDate date, int provinces, int districts, int communes) {
        Map<Level, Integer> counts = new HashMap<>();
        timeline.units(date, null, null).forEach(unit -> counts.merge(unit.level(), 1, Integer::sum));
        assertThat(counts.getOrDefault(Level.PROVINCE, 0)).isEqualTo(provinces);
        assertThat(counts.getOrDefault(Level.DISTRICT, 0)).isEqualTo(districts);
        assertThat(counts.getOrDefault(Level.COMMUNE, 0)).isEqualTo(communes);
    }

    @Test
    void fullNames_differFromThePublishedInNineLetterCasesOnly() throws IOException {
        Map<String, String> names = new HashMap<>();
        for (String[] fields : lines(LocalDate.of(2025, 6, 30))) {
            names.put(fields[0], fields[4]);
        }
        List<Unit> different = timeline.units(LocalDate.of(2025, 6, 30), null, null).stream()
                .filter(unit -> !unit.fullName().equals(names.get(unit.code().value())))
                .toList();
        assertThat(different)
                .hasSize(9)
                .allSatisfy(unit -> assertThat(unit.fullName())
                        .isEqualToIgnoringCase(names.get(unit.code().value())));
    }

    @Test
    void days_are218InOrder() {
        assertThat(Catalogue.load().days().keySet())
                .hasSize(218)
                .startsWith(Catalogue.BASE)
                .endsWith(LocalDate.of(2026, 4, 30));
        assertThat(Catalogue.load().days().get(Catalogue.REFORM).stream()
                        .map(decision -> decision.id().value())
                        .collect(Collectors.toList()))
                .hasSize(36)
                .startsWith("act-202-2025-qh15", "act-1654-nq-ubtvqh15")
                .endsWith("act-1687-nq-ubtvqh15", "act-203-2025-qh15");
    }

    private String row(Unit unit, LocalDate date) {
        String parent = unit.parent() == null
                ? ""
                : timeline.find(unit.parent())
                        .orElseThrow()
                        .at(date)
                        .orElseThrow()
                        .code()
                        .value();
        return String.join(
                "|", unit.code().value(), unit.level().label(), unit.type().label(), unit.name(), parent);
    }

    private static List<String> published(LocalDate date) throws IOException {
        return lines(date).stream()
                .map(fields -> String.join("|", fields[0], fields[1], fields[2], fields[3], fields[5]))
                .toList();
    }

    private static List<String[]> lines(LocalDate date) throws IOException {
        try (InputStream stream = CatalogueTest.class.getResourceAsStream("/published/" + date + ".tsv")) {
            List<String[]> rows = new ArrayList<>();
            new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .forEach(line -> rows.add(line.split("\t", -1)));
            return rows;
        }
    }
}
