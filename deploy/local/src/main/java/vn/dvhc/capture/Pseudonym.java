package vn.dvhc.capture;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;

/**
 * Replaces values of text columns by their HMAC-SHA256, in hex, before a change of Debezium leaves for Kafka: equal values stay
 * equal, and nobody without the key can try out which value it was. Settings: {@code columns}, a list of
 * {@code schema.table.column}, and {@code key}, at least 32 bytes.
 */
public final class Pseudonym<R extends ConnectRecord<R>> implements Transformation<R> {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int SHORTEST_KEY = 32;
    private static final List<String> IMAGES = List.of("before", "after");

    private Set<String> columns = Set.of();
    private @Nullable Mac mac;

    @Override
    public ConfigDef config() {
        return new ConfigDef()
                .define("columns", ConfigDef.Type.LIST, ConfigDef.Importance.HIGH, "schema.table.column, several")
                .define("key", ConfigDef.Type.PASSWORD, ConfigDef.Importance.HIGH, "secret of at least 32 bytes");
    }

    @Override
    public void configure(Map<String, ?> settings) {
        AbstractConfig parsed = new AbstractConfig(config(), settings, false);
        byte[] key = parsed.getPassword("key").value().getBytes(StandardCharsets.UTF_8);
        if (key.length < SHORTEST_KEY) {
            throw new ConfigException("key", Password.HIDDEN, "at least " + SHORTEST_KEY + " bytes");
        }
        columns = Set.copyOf(parsed.getList("columns"));
        try {
            Mac made = Mac.getInstance(ALGORITHM);
            made.init(new SecretKeySpec(key, ALGORITHM));
            mac = made;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Called by one thread at a time. */
    @Override
    public R apply(R message) {
        if (!(message.value() instanceof Struct envelope)
                || envelope.schema().field("source") == null
                || envelope.getStruct("source").schema().field("table") == null) {
            return message;
        }
        Struct source = envelope.getStruct("source");
        String table = source.getString("schema") + "." + source.getString("table") + ".";
        Struct changed = copy(envelope);
        for (String image : IMAGES) {
            if (envelope.schema().field(image) != null && envelope.get(image) instanceof Struct row) {
                changed.put(image, pseudonymised(table, row));
            }
        }
        return message.newRecord(
                message.topic(),
                message.kafkaPartition(),
                message.keySchema(),
                message.key(),
                message.valueSchema(),
                changed,
                message.timestamp());
    }

    private Struct pseudonymised(String table, Struct row) {
        Struct changed = copy(row);
        for (Field field : row.schema().fields()) {
            if (columns.contains(table + field.name()) && row.get(field) instanceof String value) {
                changed.put(field, of(value));
            }
        }
        return changed;
    }

    private String of(String value) {
        Mac keyed = mac;
        if (keyed == null) {
            throw new IllegalStateException("not configured");
        }
        return HexFormat.of().formatHex(keyed.doFinal(value.getBytes(StandardCharsets.UTF_8)));
    }

    private static Struct copy(Struct struct) {
        Struct copy = new Struct(struct.schema());
        struct.schema().fields().forEach(field -> copy.put(field, struct.get(field)));
        return copy;
    }

    @Override
    public void close() {
        mac = null;
    }
}
