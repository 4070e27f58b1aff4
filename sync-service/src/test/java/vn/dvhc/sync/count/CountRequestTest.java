package vn.dvhc.sync.count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.BadRequestException;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitRef;

class CountRequestTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void units_areReadInOrder() throws Exception {
        JsonNode body = JSON.readTree(
                "{\"units\":[{\"code\":\"10507\",\"vintage\":\"2025-06-30\"},{\"code\":\"01\",\"vintage\":\"2004-08-31\"}]}");

        assertThat(CountRequest.read(body))
                .containsExactly(
                        new UnitRef(UnitCode.of("10507"), LocalDate.of(2025, 6, 30)),
                        new UnitRef(UnitCode.of("01"), LocalDate.of(2004, 8, 31)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]                                                    | units",
                "{\"units\":\"10507\"}                                 | units",
                "{\"units\":[{\"code\":\"1050\"}]}                     | units[0].code",
                "{\"units\":[{\"code\":10507}]}                        | units[0].code",
                "{\"units\":[{\"code\":\"10507\"}]}                    | units[0].vintage",
                "{\"units\":[{\"code\":\"10507\",\"vintage\":\"2025-02-30\"}]} | units[0].vintage"
            })
    void body_isRefusedWithThePlaceOfTheMistake(String body, String place) throws Exception {
        JsonNode question = JSON.readTree(body);

        assertThatThrownBy(() -> CountRequest.read(question))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining(place);
    }

    @Test
    void body_isRefused_whenItAsksForTooMuchOrIsNotThere() {
        var units = JSON.createArrayNode();
        for (int i = 0; i <= CountRequest.MOST_UNITS; i++) {
            units.addObject().put("code", "10507").put("vintage", "2025-06-30");
        }
        JsonNode tooMany = JSON.createObjectNode().set("units", units);

        assertThatThrownBy(() -> CountRequest.read(tooMany)).isInstanceOf(BadRequestException.class);
        assertThatThrownBy(() -> CountRequest.read(null)).isInstanceOf(BadRequestException.class);
    }
}
