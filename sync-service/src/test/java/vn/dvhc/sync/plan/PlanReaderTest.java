package vn.dvhc.sync.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
            """;

    @Test
    void parse_readsSourcesAndDatasets_withTheEnvironment() {
        Plan plan = PlanReader.parse(PLAN, Map.of("HOST", "db.example"));
        assertThat(plan.source("commune_30").orElseThrow().database()).isEqualTo("db.example:5432/commune_30");
        assertThat(plan.datasets().get(0).follows()).isEqualTo(Following.PEOPLE);
        assertThat(plan.datasets().get(0).contentColumns()).containsExactly("case_number", "hamlet", "steps");
        assertThat(plan.copiesOf(plan.source("commune_30").orElseThrow()))
                .extracting(Source::name)
                .containsExactly("province_30", "national");
        assertThat(plan.copiesOf(plan.source("province_30").orElseThrow()))
                .extracting(Source::name)
                .containsExactly("national");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "key: case_number | key: nothing | datasets.case_file.key",
                "table: public.case_file | table: public.case_file; DROP TABLE x | datasets.case_file.table",
                "steps: text | steps: money | datasets.case_file.columns.steps",
                "owner: commune | owner: nation | datasets.case_file.owner",
                "province: \"30\" | province: \"3\" | sources.commune_30",
                "tier: nation | tier: village | không đọc được",
                "name: province_30 | name: commune_30 | tên trùng",
            })
    void parse_saysWhereAndWhatIsWrong(String right, String wrong, String message) {
        assertThatThrownBy(() ->
                        PlanReader.parse(PLAN.replaceFirst(java.util.regex.Pattern.quote(right), wrong), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void parse_refusesAMissingVariable() {
        assertThatThrownBy(() -> PlanReader.parse(PLAN.replace("${HOST:localhost}", "${HOST}"), Map.of()))
                .hasMessageContaining("HOST");
    }
}
