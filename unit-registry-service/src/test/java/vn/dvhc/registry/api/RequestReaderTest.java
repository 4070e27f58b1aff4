package vn.dvhc.registry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.registry.decision.Dossier;
import vn.dvhc.registry.decision.Origin;
import vn.dvhc.timeline.Strike;
import vn.dvhc.unit.UnitId;

class RequestReaderTest {

    private static final DecisionId ID = new DecisionId("test");

    private final RequestReader reader = new RequestReader();

    @Test
    void wholeDecision_isRead() {
        DecisionBody body = read("""
            {"title":"Thử","effectiveDate":"2025-08-01","changes":[
              {"operation":"rename","code":"00004","name":"Ba Đình Mới","legalBasis":["1/NQ"]}]}
            """);

        Dossier dossier = body.toDossier(ID);
        assertThat(dossier.decision().id()).isEqualTo(ID);
        assertThat(dossier.decision().effectiveDate()).isEqualTo(LocalDate.of(2025, 8, 1));
        assertThat(dossier.decision().changes()).hasSize(1);
        assertThat(dossier.origin()).isEqualTo(Origin.DRAFTED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"title\":                                   | không phải JSON",
                "''                                            | không",
                "null                                          | Thiếu nội dung",
                "[]                                            | không đúng kiểu",
                "{\"tilte\":\"x\"}                             | «tilte» không được hỗ trợ",
                "{\"title\":\"a\",\"title\":\"b\"}             | không phải JSON",
                "{\"title\":\"a\"} {}                          | không",
                "{\"changes\":[{\"code\":4}]}                  | «changes[0].code»",
                "{\"changes\":[{\"code\":\"00004\",\"x\":1}]}  | «x» không được hỗ trợ tại «changes[0].x»",
            })
    void brokenBody_saysWhereAndWhy(String body, String message) {
        assertThatExceptionOfType(MalformedRequestException.class)
                .isThrownBy(() -> read(body))
                .withMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2025-7-1", "2025-02-30", "01/07/2025", "+12025-01-01", "2025-07-01T00:00:00"})
    void wrongDate_isMalformed(String date) {
        assertThatExceptionOfType(MalformedRequestException.class)
                .isThrownBy(() -> RequestReader.date("date", date))
                .withMessageContaining("«date»");
    }

    @Test
    void everyUnreadableChange_isTold() {
        DecisionBody body = read("""
                {"title":" ","effectiveDate":"2025-08-01","kind":"correction",
                 "changes":[{"operation":"rename","code":"00004"},null,{"operation":"abolish","code":"1"}],
                 "retracts":[{"sequence":0},{"sequence":4,"to":"x"}],"endedOnPurpose":["1"],
                 "acts":[{"number":"1/NQ"},{"issuer":"ai đó"},{"number":"2/NQ","signedOn":"hôm qua"},
                   {"number":"3/NQ","documentSha256":"abc"}]}
                """);

        assertThatExceptionOfType(MalformedRequestException.class)
                .isThrownBy(() -> body.toDossier(ID))
                .satisfies(malformed -> assertThat(malformed.toProblem().reasons())
                        .extracting(Reason::subject)
                        .containsExactly(
                                "title",
                                "changes[0]",
                                "changes[1]",
                                "changes[2]",
                                "retracts[0]",
                                "retracts[1]",
                                "acts[1]",
                                "acts[2]",
                                "acts[3]",
                                "endedOnPurpose[0]"));
    }

    @Test
    void correction_mayOnlyTakeBack() {
        Dossier dossier = read("""
                {"title":"Đính chính","effectiveDate":"2025-07-01","kind":"correction",
                 "retracts":[{"sequence":7},{"sequence":8,"to":"00004@2025-07-01"}]}
                """).toDossier(ID);

        assertThat(dossier.origin()).isEqualTo(Origin.CORRECTION);
        assertThat(dossier.retracts()).containsExactly(Strike.of(7), new Strike(8, UnitId.parse("00004@2025-07-01")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"title\":\"a\",\"effectiveDate\":\"2025-08-01\"}                                     | «changes»",
                "{\"title\":\"a\",\"effectiveDate\":\"2025-08-01\",\"retracts\":[{\"sequence\":1}]} | «retracts»",
                "{\"title\":\"a\",\"effectiveDate\":\"2025-08-01\",\"kind\":\"catalogue\"}          | «kind»",
            })
    void incompleteDecision_saysWhatIsMissing(String body, String message) {
        assertThatExceptionOfType(MalformedRequestException.class)
                .isThrownBy(() -> read(body).toDossier(ID))
                .withMessageContaining(message);
    }

    @Test
    void hostileText_isRefused() {
        for (String hostile : List.of("a\\u0000b", "a\\nb", "a\\ud800b", "a".repeat(501), "Ho\u0300a")) {
            assertThatExceptionOfType(MalformedRequestException.class)
                    .isThrownBy(() -> read("{\"title\":\"" + hostile + "\",\"effectiveDate\":\"2025-08-01\","
                                    + "\"changes\":[{\"operation\":\"abolish\",\"code\":\"00004\"}]}")
                            .toDossier(ID))
                    .satisfies(malformed -> assertThat(malformed.toProblem().reasons())
                            .extracting(Reason::subject)
                            .containsExactly("title"));
        }
    }

    @Test
    void assignments_areCounted() {
        AssignmentBody body = reader.read(
                "{\"enactment\":\"2025-07-01\",\"assignments\":[]}".getBytes(StandardCharsets.UTF_8),
                AssignmentBody.class);

        assertThatExceptionOfType(MalformedRequestException.class)
                .isThrownBy(() -> body.toAssignments(10))
                .withMessageContaining("10");
    }

    private DecisionBody read(String body) {
        return reader.read(body.getBytes(StandardCharsets.UTF_8), DecisionBody.class);
    }
}
