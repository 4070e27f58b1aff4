package vn.dvhc.sync.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.dvhc.timeline.Following;

class PlanReaderTest {

    private static final String PLAN = """
            sources:
              - {name: commune_30, tier: commune, province: "30", vintage: 2025-06-30, database: "${HOST:localhost}:5432/commune_30", epoch: 1}
              - {name: province_30, tier: province, province: "30", vintage: 2025-06-30, database: "h:1/province_30", epoch: 1}
              - {name: commune_31, tier: commune, province: "31", vintage: 2025-06-30, database: "h:1/commune_31", epoch: 1}
              - {name: national, tier: nation, database: "h:1/national", epoch: 1}
            datasets:
              - name: case_file
                owner: commune
                table: public.case_file
                key: case_number
                unit: unit_code
                vintage: unit_vintage
                locality: hamlet
                follows: people
                columns: {case_number: text, unit_code: text, unit_vintage: date, hamlet: text, steps: text}
              - name: plan_of_land
                owner: province
                table: land.plan
                key: [book, sheet]
                unit: unit_code
                vintage: {rule: source}
                locality: [parcel, street]
                follows: land
                up: []
                down: [commune]
                personal: {holder: drop, holder_id: pseudonym}
                columns: {book: text, sheet: integer, unit_code: text, parcel: text, street: text, holder: text, holder_id: text}
            """;

    @Test
    void parse_readsSourcesAndDatasets_withTheEnvironment() {
        Plan plan = plan(PLAN);
        Dataset cases = plan.dataset("case_file").orElseThrow();
        Source commune = plan.source("commune_30").orElseThrow();

        assertThat(commune.database()).isEqualTo("db.example:5432/commune_30");
        assertThat(commune.host() + " " + commune.port() + " " + commune.databaseName())
                .isEqualTo("db.example 5432 commune_30");
        assertThat(cases.follows()).isEqualTo(Following.PEOPLE);
        assertThat(cases.isRecoded()).isTrue();
        assertThat(cases.contentColumns()).containsExactly("case_number", "hamlet", "steps");
        assertThat(plan.copiesOf(commune, cases)).extracting(Source::name).containsExactly("province_30", "national");
    }

    @Test
    void parse_readsSeveralKeyColumns_aRuleForTheVintage_directionsAndPersonalColumns() {
        Plan plan = plan(PLAN);
        Dataset land = plan.dataset("plan_of_land").orElseThrow();

        assertThat(land.keyOf(List.of("A", "7", "10507", "", "", "", "", ""))).isEqualTo("A\u001f7");
        assertThat(land.keyParts("A\u001f7")).containsExactly("A", "7");
        assertThat(land.isRecoded()).isFalse();
        assertThat(land.storedColumns()).doesNotContain("unit_vintage");
        assertThat(land.copiedColumns())
                .containsExactly("book", "sheet", "unit_code", "parcel", "street", "holder_id", "unit_vintage");
        assertThat(plan.copiesOf(plan.source("province_30").orElseThrow(), land))
                .extracting(Source::name)
                .containsExactly("commune_30");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "key: case_number | key: nothing | datasets.case_file.key",
                "key: [book, sheet] | key: [book, book] | datasets.plan_of_land.key",
                "table: public.case_file | table: public.case_file; DROP TABLE x | datasets.case_file.table",
                "steps: text | steps: money | datasets.case_file.columns.steps",
                "steps: text | sync_home: text | datasets.case_file.columns",
                "owner: commune | owner: nation | datasets.case_file.owner",
                "down: [commune] | down: [nation] | datasets.plan_of_land.down",
                "up: [] | up: [commune] | datasets.plan_of_land.up",
                "holder: drop | book: drop | datasets.plan_of_land.personal.book",
                "holder: drop | nobody: drop | datasets.plan_of_land.personal.nobody",
                "holder: drop | holder: hide | datasets.plan_of_land.personal.holder",
                "locality: hamlet | locality: street | datasets.case_file.locality",
                "follows: people | follow: people | datasets.case_file.follow",
                "province: \"30\" | province: \"3\" | sources.commune_30.province",
                "vintage: 2025-06-30 | vintage: hôm nay | sources.commune_30.vintage",
                "tier: nation | tier: village | sources.national.tier",
                "name: province_30 | name: commune_30 | tên trùng",
                "h:1/commune_31 | h:1/national | hai nguồn dùng chung h:1/national",
                "datasets: | dataset: | không phải sources hay datasets",
            })
    void parse_saysWhereAndWhatIsWrong(String right, String wrong, String message) {
        assertThatThrownBy(() -> plan(PLAN.replaceFirst(java.util.regex.Pattern.quote(right), wrong)))
                .isInstanceOf(InvalidDeclarationException.class)
                .hasMessageContaining(message);
    }

    @Test
    void parse_readsWhatDecidesSplits_andRefusesWhatCant() {
        assertThat(plan(PLAN).dataset("case_file").orElseThrow().split()).isEqualTo(Splitting.NONE);
        assertThat(split("{address: steps, rule: rest, threshold: likely}"))
                .isEqualTo(new Splitting("steps", Splitting.Rule.REST, Sureness.LIKELY));
        assertThat(split("{address: steps}").threshold()).isEqualTo(Sureness.STRONG);
        for (String wrong : List.of("{address: nothing}", "{address: case_number}", "{rule: largest}", "{by: steps}")) {
            assertThatThrownBy(() -> split(wrong))
                    .isInstanceOf(InvalidDeclarationException.class)
                    .hasMessageContaining("datasets.case_file.split");
        }
    }

    @Test
    void parse_readsAJournal_andRefusesColumnsThatMustNotBeInIt() {
        assertThat(plan(PLAN).dataset("case_file").orElseThrow().isJournaled()).isFalse();
        assertThat(plan(journaled("people", "[steps]"))
                        .dataset("case_file")
                        .orElseThrow()
                        .journal())
                .containsExactly("steps");
        for (String wrong : List.of("[nothing]", "[case_number]", "[unit_code]", "[unit_vintage]", "[steps, steps]")) {
            assertThatThrownBy(() -> plan(journaled("people", wrong)))
                    .isInstanceOf(InvalidDeclarationException.class)
                    .hasMessageContaining("datasets.case_file.journal");
        }
        for (String personal : List.of("holder", "holder_id")) {
            assertThatThrownBy(() -> plan(journaled("land", "[" + personal + "]")))
                    .isInstanceOf(InvalidDeclarationException.class)
                    .hasMessageContaining("datasets.plan_of_land.journal." + personal + ": cột cá nhân");
        }
        assertThatThrownBy(() -> plan(journaled("land", "[parcel]")))
                .as("no copy in the national database")
                .isInstanceOf(InvalidDeclarationException.class)
                .hasMessageContaining("datasets.plan_of_land.journal");
    }

    private static String journaled(String follows, String columns) {
        String plan = PLAN.replaceFirst("( +)follows: " + follows, "$1follows: " + follows + "\n$1journal: " + columns);
        assertThat(plan).isNotEqualTo(PLAN);
        return plan;
    }

    private static Splitting split(String declared) {
        return plan(PLAN.replaceFirst("( +)follows: people", "$1follows: people\n$1split: " + declared))
                .dataset("case_file")
                .orElseThrow()
                .split();
    }

    @Test
    void parse_tellsEverythingThatIsWrong_atOnce() {
        String wrong = PLAN.replace("province: \"31\"", "province: \"x\"")
                .replace("h:1/province_30", "province_30")
                .replace("key: case_number", "key: nothing")
                .replace("steps: text", "steps: money");

        InvalidDeclarationException invalid =
                catchThrowableOfType(InvalidDeclarationException.class, () -> plan(wrong));

        assertThat(invalid.problems())
                .hasSize(4)
                .anyMatch(problem -> problem.startsWith("sources.commune_31.province"))
                .anyMatch(problem -> problem.startsWith("sources.province_30.database"))
                .anyMatch(problem -> problem.startsWith("datasets.case_file.key"))
                .anyMatch(problem -> problem.startsWith("datasets.case_file.columns.steps"));
    }

    @Test
    void parse_refusesAMissingVariable_andWhatIsNotYaml() {
        assertThatThrownBy(() -> PlanReader.parse(PLAN.replace("${HOST:localhost}", "${HOST}"), Map.of()))
                .hasMessageContaining("HOST");
        assertThatThrownBy(() -> PlanReader.parse("sources: [", Map.of())).hasMessageContaining("YAML");
    }

    @Test
    void source_readsJson_andTakesNothingFromTheEnvironment() {
        Source source = PlanReader.source(
                "{\"name\":\"commune_33\",\"tier\":\"commune\",\"province\":\"33\",\"vintage\":\"2025-06-30\",\"database\":\"h:1/c\",\"epoch\":1}");
        assertThat(source.tier()).isEqualTo(Tier.COMMUNE);
        assertThatThrownBy(() -> PlanReader.source(
                        "{\"name\":\"a\",\"tier\":\"nation\",\"database\":\"${PATH}:1/c\",\"epoch\":1}"))
                .isInstanceOf(InvalidDeclarationException.class);
        assertThatThrownBy(() -> PlanReader.source("[]")).isInstanceOf(InvalidDeclarationException.class);
    }

    private static Plan plan(String yaml) {
        PlanReader.Declared declared = PlanReader.parse(yaml, Map.of("HOST", "db.example"));
        return new Plan(declared.sources(), declared.datasets());
    }
}
