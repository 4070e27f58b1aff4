package vn.dvhc.benchmark.sync;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import vn.dvhc.local.Account;
import vn.dvhc.local.ProjectRoot;

/** Debezium into Kafka and no further, with the settings that sync-service gives its connectors. */
class Capture implements Contender {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Path SETTINGS = ProjectRoot.find().resolve("deploy/connectors/postgresql.json");

    private final House house;
    private final String name;
    private final List<String> connectors = new ArrayList<>();
    private final List<String> topics = new ArrayList<>();
    private int joins;

    Capture(House house, String name) {
        this.house = house;
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    final House house() {
        return house;
    }

    /** Connectors and topics get names of their own each time: a position is never found again. */
    @Override
    public void join(List<SourceDatabase> sources) throws IOException, SQLException, InterruptedException {
        joins++;
        for (SourceDatabase source : sources) {
            String connector = name + "_" + joins + "_" + source.name();
            connectors.add(connector);
            topics.add(prefix(connector) + ".public.case_file");
            house.connectors().put(connector, settings(connector, source));
        }
        for (String connector : connectors) {
            house.connectors().await(connector, 1);
            house.connectors().awaitPosition(connector);
        }
    }

    /** What the connector of a source is told. */
    Map<String, String> settings(String connector, SourceDatabase source) throws IOException {
        Map<String, String> settings =
                JSON.readValue(SETTINGS.toFile(), new TypeReference<TreeMap<String, String>>() {});
        settings.put("database.hostname", "127.0.0.1");
        settings.put("database.port", Integer.toString(house.postgresPort()));
        settings.put("database.dbname", source.name());
        settings.put("database.user", Account.CAPTURE.user());
        settings.put("database.password", Account.CAPTURE.password());
        settings.put("topic.prefix", prefix(connector));
        settings.put("slot.name", connector);
        settings.put("publication.name", "dvhc");
        settings.put("table.include.list", "public.case_file");
        settings.put("message.key.columns", "public.case_file:case_number");
        return settings;
    }

    /** Not {@code cdc.}: sync-service would take it for its own. */
    private static String prefix(String connector) {
        return "benchmark." + connector;
    }

    @Override
    public void leave() throws IOException, SQLException, InterruptedException {
        for (String connector : connectors) {
            house.connectors().stop(connector);
            house.connectors().delete(connector);
            house.dropSlot(connector);
        }
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", house.kafka()))) {
            admin.deleteTopics(topics);
        }
        connectors.clear();
        topics.clear();
    }

    @Override
    public void hold() throws IOException, InterruptedException {
        for (String connector : connectors) {
            house.connectors().stop(connector);
        }
    }

    @Override
    public void release() throws IOException, InterruptedException {
        for (String connector : connectors) {
            house.connectors().resume(connector);
        }
    }

    @Override
    public Arrival arrival() throws SQLException {
        return new TopicArrival(house.kafka(), topics);
    }

    @Override
    public final List<String> topics() {
        return topics;
    }

    @Override
    public Optional<Copy> copy() {
        return Optional.empty();
    }

    @Override
    public OptionalLong applierPid() {
        return OptionalLong.empty();
    }
}
