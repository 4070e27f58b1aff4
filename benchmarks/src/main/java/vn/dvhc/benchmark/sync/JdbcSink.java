package vn.dvhc.benchmark.sync;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import vn.dvhc.local.Account;

/**
 * Debezium with its own JDBC sink, tuned as its documentation and its users' threads tell: one statement a batch with unnest, repeated
 * keys of a batch merged, large batches. It needs to know the schema: as is usual without a schema registry, each message bears it, or,
 * since Kafka 4.2, the sink's converter is told it once.
 */
final class JdbcSink extends Capture {

    private static final String CONNECTOR = "sink";
    private static final String CONVERTER = "org.apache.kafka.connect.json.JsonConverter";
    private static final int BATCH = 4_000;

    private static final String ROW = """
            {"type": "struct", "optional": true, "name": "Value", "field": "%s", "fields": [
              {"type": "string", "field": "case_number"}, {"type": "string", "field": "unit_code"},
              {"type": "int32", "field": "unit_vintage", "name": "org.apache.kafka.connect.data.Date", "version": 1},
              {"type": "string", "field": "hamlet", "optional": true}, {"type": "string", "field": "procedure"},
              {"type": "string", "field": "status"}, {"type": "string", "field": "steps"},
              {"type": "string", "field": "created_at", "name": "io.debezium.time.ZonedTimestamp", "version": 1},
              {"type": "string", "field": "updated_at", "name": "io.debezium.time.ZonedTimestamp", "version": 1}]}""";

    private static final String VALUE = """
            {"type": "struct", "name": "benchmark.Envelope", "version": 2, "fields": [%s, %s,
              {"type": "struct", "name": "io.debezium.connector.postgresql.Source", "field": "source", "fields": [
                {"type": "string", "field": "db"}, {"type": "string", "field": "schema"},
                {"type": "string", "field": "table"}, {"type": "int64", "field": "lsn", "optional": true}]},
              {"type": "string", "field": "op"}, {"type": "int64", "field": "ts_ms", "optional": true}]}""".formatted(ROW.formatted("before"), ROW.formatted("after"));

    private static final String KEY =
            "{\"type\": \"struct\", \"name\": \"Key\", \"fields\": [{\"type\": \"string\", \"field\": \"case_number\"}]}";

    private final boolean inMessages;

    /** @param inMessages whether each message bears its schema */
    JdbcSink(House house, boolean inMessages) {
        super(house, inMessages ? "sink_schemas" : "sink");
        this.inMessages = inMessages;
    }

    @Override
    Map<String, String> settings(String connector, SourceDatabase source) throws IOException {
        Map<String, String> settings = super.settings(connector, source);
        settings.put("key.converter", CONVERTER);
        settings.put("value.converter", CONVERTER);
        settings.put("key.converter.schemas.enable", Boolean.toString(inMessages));
        settings.put("value.converter.schemas.enable", Boolean.toString(inMessages));
        if (inMessages) {
            // With unnest the sink can't write Debezium's own kind of date (3.6.1: a number where PostgreSQL wants a
            // date).
            settings.put("time.precision.mode", "connect");
        }
        return settings;
    }

    @Override
    public void join(List<SourceDatabase> sources) throws IOException, SQLException, InterruptedException {
        super.join(sources);
        Connectors sink = house().sink().connectors();
        Map<String, String> settings = new TreeMap<>(Map.ofEntries(
                Map.entry("connector.class", "io.debezium.connector.jdbc.JdbcSinkConnector"),
                Map.entry("tasks.max", Integer.toString(sources.size())),
                Map.entry("topics", String.join(",", topics())),
                Map.entry(
                        "connection.url",
                        "jdbc:postgresql://127.0.0.1:" + house().postgresPort() + "/" + House.COPY
                                + "?reWriteBatchedInserts=true"),
                Map.entry("connection.username", Account.APP.user()),
                Map.entry("connection.password", Account.APP.password()),
                Map.entry("collection.name.format", "case_file"),
                Map.entry("insert.mode", "upsert"),
                Map.entry("delete.enabled", "true"),
                Map.entry("primary.key.mode", "record_key"),
                Map.entry("schema.evolution", "none"),
                Map.entry("batch.size", Integer.toString(BATCH)),
                Map.entry("use.reduction.buffer", "true"),
                Map.entry("dialect.postgres.unnest.insert.enabled", "true"),
                Map.entry("consumer.override.max.poll.records", Integer.toString(BATCH)),
                Map.entry("consumer.override.max.partition.fetch.bytes", "8388608"),
                Map.entry("consumer.override.auto.offset.reset", "earliest"),
                Map.entry("key.converter", CONVERTER),
                Map.entry("key.converter.schemas.enable", "true"),
                Map.entry("value.converter", CONVERTER),
                Map.entry("value.converter.schemas.enable", "true")));
        if (!inMessages) {
            settings.put("key.converter.schema.content", KEY);
            settings.put("value.converter.schema.content", VALUE);
        }
        sink.put(CONNECTOR, settings);
        sink.await(CONNECTOR, sources.size());
    }

    @Override
    public void leave() throws IOException, SQLException, InterruptedException {
        Connectors sink = house().sink().connectors();
        sink.stop(CONNECTOR);
        sink.delete(CONNECTOR);
        super.leave();
    }

    @Override
    public Arrival arrival() throws SQLException {
        return new TableArrival(house().connect(House.COPY, Account.POSTGRES), "public.case_file");
    }

    @Override
    public Optional<Copy> copy() {
        return Optional.of(new Copy(House.COPY, "public.case_file"));
    }

    @Override
    public OptionalLong applierPid() {
        return OptionalLong.of(house().sink().pid());
    }
}
