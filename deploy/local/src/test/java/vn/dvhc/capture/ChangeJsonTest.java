package vn.dvhc.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.json.JsonConverter;
import org.junit.jupiter.api.Test;

class ChangeJsonTest {

    private static final Schema ROW = SchemaBuilder.struct()
            .optional()
            .field("id", Schema.STRING_SCHEMA)
            .field("members", Schema.OPTIONAL_INT32_SCHEMA)
            .field("open", Schema.OPTIONAL_BOOLEAN_SCHEMA)
            .field("area", Schema.OPTIONAL_FLOAT64_SCHEMA)
            .build();
    private static final Schema SOURCE = SchemaBuilder.struct()
            .field("connector", Schema.STRING_SCHEMA)
            .field("ts_us", Schema.INT64_SCHEMA)
            .field("table", Schema.STRING_SCHEMA)
            .field("lsn", Schema.OPTIONAL_INT64_SCHEMA)
            .build();
    private static final Schema ENVELOPE = SchemaBuilder.struct()
            .name("cdc.commune_33.public.household.Envelope")
            .field("before", ROW)
            .field("after", ROW)
            .field("source", SOURCE)
            .field("transaction", Schema.OPTIONAL_STRING_SCHEMA)
            .field("op", Schema.STRING_SCHEMA)
            .field("ts_ms", Schema.OPTIONAL_INT64_SCHEMA)
            .build();

    private final ChangeJson converter = new ChangeJson();

    @Test
    void fromConnectData_keepsWhatIsRead_ofAChange() {
        Struct change = new Struct(ENVELOPE)
                .put("after", row("A", 4, true, 12.5))
                .put(
                        "source",
                        new Struct(SOURCE)
                                .put("connector", "postgresql")
                                .put("ts_us", 1_795_442_359_227_899L)
                                .put("table", "household")
                                .put("lsn", 42L))
                .put("op", "c")
                .put("ts_ms", 5L);

        assertThat(json(ENVELOPE, change))
                .isEqualTo("{\"before\":null,\"after\":{\"id\":\"A\",\"members\":4,\"open\":true,\"area\":12.5},"
                        + "\"source\":{\"ts_us\":1795442359227899,\"lsn\":42},\"op\":\"c\"}");
    }

    @Test
    void fromConnectData_writesRowsAsKafkasConverterDoes() throws IOException {
        JsonConverter kafkas = new JsonConverter();
        kafkas.configure(Map.of("schemas.enable", "false", "converter.type", "value"), false);
        Struct row = row("Đường \"số 7\"\\\n\tngõ\u0001 🏠", null, false, -0.25);

        assertThat(new ObjectMapper().readTree(json(ROW, row)))
                .isEqualTo(new ObjectMapper().readTree(kafkas.fromConnectData("t", ROW, row)));
    }

    @Test
    void fromConnectData_isATombstone_forNoValue() {
        assertThat(converter.fromConnectData("t", ROW, null)).isNull();
    }

    @Test
    void fromConnectData_refusesWhatItDoesNotKnow() {
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> converter.fromConnectData("t", Decimal.schema(2), new BigDecimal("1.25")))
                .withMessageContaining("BigDecimal");
    }

    private String json(Schema schema, Struct value) {
        return new String(converter.fromConnectData("t", schema, value), StandardCharsets.UTF_8);
    }

    private static Struct row(String id, Integer members, Boolean open, Double area) {
        return new Struct(ROW)
                .put("id", id)
                .put("members", members)
                .put("open", open)
                .put("area", area);
    }
}
