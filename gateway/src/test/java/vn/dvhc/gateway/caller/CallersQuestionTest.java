package vn.dvhc.gateway.caller;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallersQuestionTest {

    @Test
    void codes_areReadOnceEach() {
        assertThat(CallersQuestion.read(Buffer.buffer("{\"codes\":[\"10507\",\"01\",\"10507\"]}"))
                        .orElseThrow())
                .containsExactly("10507", "01");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "[]",
                "null",
                "{}",
                "{\"codes\":\"10507\"}",
                "{\"codes\":[]}",
                "{\"codes\":[10507]}",
                "{\"codes\":[\"1050\"]}",
                "{\"codes\":[null]}"
            })
    void question_isRefused_whenItNamesNoCodes(String body) {
        assertThat(CallersQuestion.read(Buffer.buffer(body))).isEmpty();
    }

    @Test
    void question_isRefused_whenItAsksForTooMuch() {
        JsonArray codes = new JsonArray();
        for (int i = 0; i <= 5_000; i++) {
            codes.add("10507");
        }

        assertThat(CallersQuestion.read(new JsonObject().put("codes", codes).toBuffer()))
                .isEmpty();
    }
}
