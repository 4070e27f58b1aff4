package vn.dvhc.registry.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextsTest {

    @Test
    void array_isWhatPostgresqlReadsBack_whateverTheWordsHold() {
        assertThat(Texts.array(new String[0])).isEqualTo("{}");
        assertThat(Texts.array(new String[] {"1656/NQ-UBTVQH15", "202/2025/QH15"}))
                .isEqualTo("{\"1656/NQ-UBTVQH15\",\"202/2025/QH15\"}");
        assertThat(Texts.array(new String[] {"a,\"b\"}", "\\", "NULL", "Nghị quyết 'x'"}))
                .isEqualTo("{\"a,\\\"b\\\"}\",\"\\\\\",\"NULL\",\"Nghị quyết 'x'\"}");
    }
}
