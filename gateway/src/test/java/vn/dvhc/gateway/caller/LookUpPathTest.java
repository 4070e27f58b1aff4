package vn.dvhc.gateway.caller;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LookUpPathTest {

    @ParameterizedTest
    @CsvSource({
        "/v1/units/01, 01",
        "/v1/units/318, 318",
        "/v1/units/10507, 10507",
        "/v1/units/10507/successors, 10507",
        "/v1/units/10507/predecessors, 10507"
    })
    void code_isTheOneInTheAddress(String path, String code) {
        assertThat(LookUpPath.code(path)).contains(code);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/units",
                "/v1/units/",
                "/v1/units/1050",
                "/v1/units/105070",
                "/v1/units/10507/timeline",
                "/v1/counts/10507",
                "/v2/units/10507"
            })
    void code_isNone_whereNoneIsReadAtOneDate(String path) {
        assertThat(LookUpPath.code(path)).isEmpty();
    }
}
