package vn.dvhc.sync.letter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.dvhc.sync.capture.CdcReader;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.plan.Tier;
import vn.dvhc.sync.plan.Vintage;
import vn.dvhc.timeline.Following;

class AmendmentTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String ORIGINAL =
            "{\"op\":\"c\",\"source\":{\"lsn\":7,\"txId\":1},\"after\":{\"case_number\":\"A\","
                    + "\"unit_code\":\"99999\",\"unit_vintage\":20269}}";

    private final Amendment amendment = new Amendment(JSON, new CdcReader(JSON, plan()));

    @Test
    void problem_isNone_whenOnlyTheDataIsAmended() throws Exception {
        assertThat(problem(ORIGINAL, ORIGINAL.replace("99999", "10507"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"lsn\":7 | \"lsn\":8 | nhật ký",
                "\"case_number\":\"A\" | \"case_number\":\"B\" | khoá",
                "\"op\":\"c\" | \"op\":\"x\" | loại thay đổi",
                "\"case_number\":\"A\", | \"case_number\":null, | khoá",
            })
    void problem_tellsWhatCantBeAmended(String from, String to, String why) throws Exception {
        assertThat(problem(ORIGINAL, ORIGINAL.replace(from, to)))
                .hasValueSatisfying(detail -> assertThat(detail).containsIgnoringCase(why));
    }

    @Test
    void problem_isNone_whenABrokenMessageIsMadeWhole_atTheSamePlace() throws Exception {
        String broken = ORIGINAL.substring(0, ORIGINAL.length() - 3);
        assertThat(problem(broken, ORIGINAL.replace("99999", "10507"))).isEmpty();
        assertThat(problem(broken, ORIGINAL.replace("\"lsn\":7", "\"lsn\":9"))).isPresent();
    }

    @Test
    void problem_sendsToTheSource_whenNobodyKnowsThePlaceInTheLog() throws Exception {
        assertThat(problem("{\"op\":", ORIGINAL))
                .hasValueSatisfying(detail -> assertThat(detail).contains("/snapshots"));
    }

    @Test
    void problem_isNamed_whenNothingWasKept() throws Exception {
        assertThat(problem(null, ORIGINAL)).isPresent();
    }

    @Test
    void correction_replacesCodeAndDate_onlyWhereBothAreWrong() throws Exception {
        UnitCorrection correction = UnitCorrection.read(
                JSON.readTree("{\"unit\":{\"from\":\"99999\",\"to\":\"10507\"},\"vintage\":{\"from\":\"2025-06-30\","
                        + "\"to\":\"2025-07-01\"}}"));
        ObjectNode event = (ObjectNode) JSON.readTree(ORIGINAL);
        assertThat(correction.apply(plan().datasets().get(0), event)).isTrue();
        assertThat(event.path("after").path("unit_code").asText()).isEqualTo("10507");
        assertThat(event.path("after").path("unit_vintage").asLong())
                .isEqualTo(LocalDate.of(2025, 7, 1).toEpochDay());
        assertThat(correction.apply(plan().datasets().get(0), event)).isFalse();
    }

    private Optional<String> problem(@Nullable String original, String version) throws Exception {
        Letter letter = new Letter(
                1,
                "cdc.commune_30.public.case_file",
                0,
                5,
                "commune_30",
                "case_file",
                null,
                "UNIT_REFUSED",
                "…",
                "open",
                0,
                false,
                "",
                null);
        return amendment.problem(new LetterStore.Kept(letter, original, null, null), JSON.readTree(version));
    }

    private static Plan plan() {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("case_number", "text");
        columns.put("unit_code", "text");
        columns.put("unit_vintage", "date");
        return new Plan(
                List.of(
                        new Source("commune_30", Tier.COMMUNE, "30", LocalDate.of(2025, 6, 30), "h:1/c", 1),
                        new Source("national", Tier.NATION, null, null, "h:1/n", 1)),
                List.of(new Dataset(
                        "case_file",
                        Tier.COMMUNE,
                        "public.case_file",
                        List.of("case_number"),
                        "unit_code",
                        Vintage.ofColumn("unit_vintage"),
                        List.of(),
                        Following.PEOPLE,
                        null,
                        null,
                        null,
                        null,
                        columns)));
    }
}
