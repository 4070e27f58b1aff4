package vn.dvhc.registry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestReaderTest {

    private final RequestReader reader = new RequestReader();

    @Test
    void wholeDecision_isRead() {
        DecisionBody body = read("""
            {"title":"Thử","effectiveDate":"2025-08-01","changes":[
              {"operation":"rename","code":"00004","name":"Ba Đình Mới","legalBasis":["1/NQ"]}]}
            """);

        assertThat(body.toDecision().effectiveDate()).isEqualTo(LocalDate.of(2025, 8, 1));
        assertThat(body.toDecision().changes()).hasSize(1);
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
            {"title":" ","effectiveDate":"2025-08-01","changes":[{"operation":"rename","code":"00004"},null,
              {"operation":"abolish","code":"1"}]}
            """);

        assertThatExceptionOfType(MalformedRequestException.class)
                .isThrownBy(body::toDecision)
                .satisfies(malformed -> assertThat(malformed.toProblem().reasons())
                        .extracting(Reason::subject)
                        .containsExactly("title", "changes[0]", "changes[1]", "changes[2]"));
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
