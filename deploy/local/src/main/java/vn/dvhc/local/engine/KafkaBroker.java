package vn.dvhc.local.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.utils.Time;
import vn.dvhc.local.PlatformOptions;

/** One Kafka node, broker and controller in this JVM. */
public final class KafkaBroker implements Part {

    private final KafkaRaftServer server;
    private final String bootstrap;

    private KafkaBroker(KafkaRaftServer server, String bootstrap) {
        this.server = server;
        this.bootstrap = bootstrap;
    }

    public String bootstrap() {
        return bootstrap;
    }

    /** Starts the node on the log in {@code folder}, or formats a new one. */
    public static KafkaBroker start(Path folder, int port, int controllerPort, Optional<PlatformOptions.Detour> detour)
            throws IOException {
        Files.createDirectories(folder);
        Properties settings = settings(folder.resolve("log"), port, controllerPort);
        detour.ifPresent(ports -> addListener(settings, ports));
        Path file = folder.resolve("server.properties");
        try (var writer = Files.newBufferedWriter(file)) {
            settings.store(writer, null);
        }
        if (!Files.exists(folder.resolve("log/meta.properties"))) {
            format(file);
        }
        KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(settings), Time.SYSTEM);
        server.startup();
        return new KafkaBroker(server, "127.0.0.1:" + port);
    }

    private static void format(Path settings) throws IOException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        String[] arguments = {"format", "--cluster-id", Uuid.randomUuid().toString(), "--config", settings.toString()};
        int status = StorageTool.execute(arguments, new PrintStream(output, true, StandardCharsets.UTF_8));
        if (status != 0) {
            throw new IOException("Kafka's log could not be formatted: " + output.toString(StandardCharsets.UTF_8));
        }
    }

    private static Properties settings(Path log, int port, int controllerPort) {
        Properties settings = new Properties();
        settings.putAll(Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", "1"),
                Map.entry("controller.quorum.voters", "1@127.0.0.1:" + controllerPort),
                Map.entry("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort),
                Map.entry("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
                Map.entry("log.dirs", log.toString())));
        // A lone node waits for nobody: without these a restart takes the time-outs of a cluster.
        settings.putAll(Map.of(
                "broker.session.timeout.ms", "2000",
                "broker.heartbeat.interval.ms", "500",
                "controller.quorum.election.timeout.ms", "300",
                "controller.quorum.fetch.timeout.ms", "1000",
                "group.initial.rebalance.delay.ms", "0",
                "group.min.session.timeout.ms", "1000"));
        settings.putAll(Map.of(
                "offsets.topic.num.partitions", "4",
                "offsets.topic.replication.factor", "1",
                "transaction.state.log.num.partitions", "4",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "share.coordinator.state.topic.num.partitions", "1",
                "share.coordinator.state.topic.replication.factor", "1",
                "share.coordinator.state.topic.min.isr", "1"));
        // Bounded by size, never by age: a machine that slept for a month still finds its changes.
        settings.putAll(Map.of(
                "auto.create.topics.enable", "true",
                "num.partitions", "1",
                "log.retention.ms", "-1",
                "log.retention.bytes", Long.toString(4L << 30),
                "log.segment.bytes", Integer.toString(256 << 20),
                "log.cleaner.dedupe.buffer.size", "2097152"));
        return settings;
    }

    private static void addListener(Properties settings, PlatformOptions.Detour detour) {
        Map.of(
                        "listeners", ",DETOUR://127.0.0.1:" + detour.listen(),
                        "advertised.listeners", ",DETOUR://127.0.0.1:" + detour.advertised(),
                        "listener.security.protocol.map", ",DETOUR:PLAINTEXT")
                .forEach((name, more) -> settings.merge(name, more, (present, added) -> "" + present + added));
    }

    /** Creates topics of one partition that keep everything, where they are missing. */
    public void createEverlastingTopics(List<String> names) throws InterruptedException {
        Map<String, String> everlasting = Map.of("retention.ms", "-1", "retention.bytes", "-1");
        Set<NewTopic> topics = names.stream()
                .map(name -> new NewTopic(name, Optional.of(1), Optional.empty()).configs(everlasting))
                .collect(Collectors.toSet());
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap))) {
            for (var result : admin.createTopics(topics).values().values()) {
                try {
                    result.get();
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof TopicExistsException)) {
                        throw new IllegalStateException("topics could not be created", e);
                    }
                }
            }
        }
    }

    @Override
    public void stop() {
        server.shutdown();
        server.awaitShutdown();
    }
}
