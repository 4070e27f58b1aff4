package vn.dvhc.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PseudonymTest {

    private static final Schema ROW = SchemaBuilder.struct()
            .optional()
            .field("id", Schema.STRING_SCHEMA)
            .field("citizen", Schema.OPTIONAL_STRING_SCHEMA)
            .build();
    private static final Schema SOURCE = SchemaBuilder.struct()
            .field("schema", Schema.STRING_SCHEMA)
            .field("table", Schema.STRING_SCHEMA)
            .build();
    private static final Schema ENVELOPE = SchemaBuilder.struct()
            .field("before", ROW)
            .field("after", ROW)
            .field("source", SOURCE)
            .field("op", Schema.STRING_SCHEMA)
            .build();

    private final Pseudonym<SourceRecord> pseudonym = new Pseudonym<>();

    @BeforeEach
    void configure() {
        pseudonym.configure(Map.of("columns", "public.person.citizen", "key", "k".repeat(32)));
    }

    @Test
    void apply_replacesTheColumnInBothImages_andNothingElse() {
        Struct changed = (Struct) pseudonym
                .apply(change("person", row("1", "030085001234"), row("1", "030085009999")))
                .value();

        // RFC 2104 over the value's UTF-8 with this key, as `openssl dgst -sha256 -hmac` tells it
        String expected = "b8b371cd76b65bd1afa9cdd3aae8e74427cfff0eda8da51a18bf91e333fa71da";
        assertThat(changed.getStruct("before").getString("citizen")).isEqualTo(expected);
        assertThat(changed.getStruct("after").getString("citizen"))
                .matches("[0-9a-f]{64}")
                .isNotEqualTo(expected);
        assertThat(changed.getStruct("after").getString("id")).isEqualTo("1");
        assertThat(changed.getString("op")).isEqualTo("u");
    }

    @Test
    void apply_leavesOtherTables_missingValues_andHeartbeatsAlone() {
        Struct other = (Struct)
                pseudonym.apply(change("house", null, row("1", "030085001234"))).value();
        Struct missing =
                (Struct) pseudonym.apply(change("person", null, row("1", null))).value();
        SourceRecord heartbeat = new SourceRecord(Map.of(), Map.of(), "t", Schema.STRING_SCHEMA, "beat");

        assertThat(other.getStruct("after").getString("citizen")).isEqualTo("030085001234");
        assertThat(missing.getStruct("after").getString("citizen")).isNull();
        assertThat(missing.getStruct("before")).isNull();
        assertThat(pseudonym.apply(heartbeat)).isSameAs(heartbeat);
    }

    @Test
    void configure_refusesAShortKey_andDoesNotShowIt() {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> pseudonym.configure(Map.of("columns", "a.b.c", "key", "short")))
                .withMessageNotContaining("short");
    }

    private static SourceRecord change(String table, Struct before, Struct after) {
        Struct envelope = new Struct(ENVELOPE)
                .put("before", before)
                .put("after", after)
                .put("source", new Struct(SOURCE).put("schema", "public").put("table", table))
                .put("op", "u");
        return new SourceRecord(Map.of(), Map.of(), "t", ENVELOPE, envelope);
    }

    private static Struct row(String id, String citizen) {
        return new Struct(ROW).put("id", id).put("citizen", citizen);
    }
}
