package vn.dvhc.benchmark.sync;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.cli.ConnectDistributed;
import vn.dvhc.local.Ports;
import vn.dvhc.local.ProjectRoot;

/**
 * A Kafka Connect worker with nothing but Debezium's JDBC sink, in a JVM of its own with as much memory as sync-service has: what
 * it takes is not mixed with what capture takes.
 */
public final class SinkWorker implements AutoCloseable {

    private final Process process;
    private final String url;

    private SinkWorker(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /** Forks the worker. */
    static SinkWorker start(Path dir, String bootstrap) throws IOException {
        Path plugins = ProjectRoot.find().resolve("benchmarks/jdbc-sink/target/plugins");
        if (!Files.isDirectory(plugins)) {
            throw new IllegalStateException(plugins + " is not built; run: mvn -q -B -DskipTests package");
        }
        // A port that no service of this benchmark takes.
        int port = Ports.free().registry();
        Files.createDirectories(dir.resolve("log"));
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xms64m",
                        "-Xmx768m",
                        "-XX:+UseParallelGC",
                        "-Dfile.encoding=UTF-8",
                        "-Ddvhc.log=" + dir.resolve("log/sink"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SinkWorker.class.getName(),
                        bootstrap,
                        Integer.toString(port),
                        plugins.toString(),
                        Long.toString(ProcessHandle.current().pid())))
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("log/sink.out").toFile())
                .start();
        return new SinkWorker(process, "http://127.0.0.1:" + port);
    }

    /** {@code SinkWorker BOOTSTRAP PORT PLUGINS PARENT} */
    public static void main(String[] arguments) {
        ProcessHandle.of(Long.parseLong(arguments[3]))
                .ifPresentOrElse(
                        parent -> parent.onExit()
                                .thenRun(() -> Runtime.getRuntime().halt(1)),
                        () -> Runtime.getRuntime().halt(1));
        new ConnectDistributed()
                .startConnect(Map.ofEntries(
                        Map.entry("bootstrap.servers", arguments[0]),
                        Map.entry("listeners", "http://127.0.0.1:" + arguments[1]),
                        Map.entry("group.id", "sinks"),
                        Map.entry("config.storage.topic", "sinks-configs"),
                        Map.entry("offset.storage.topic", "sinks-offsets"),
                        Map.entry("status.storage.topic", "sinks-status"),
                        Map.entry("config.storage.replication.factor", "1"),
                        Map.entry("offset.storage.replication.factor", "1"),
                        Map.entry("status.storage.replication.factor", "1"),
                        Map.entry("offset.storage.partitions", "1"),
                        Map.entry("status.storage.partitions", "1"),
                        Map.entry("key.converter", "org.apache.kafka.connect.storage.StringConverter"),
                        Map.entry("value.converter", "org.apache.kafka.connect.storage.StringConverter"),
                        Map.entry("plugin.path", arguments[2]),
                        Map.entry("plugin.discovery", "service_load"),
                        Map.entry("scheduled.rebalance.max.delay.ms", "0"),
                        Map.entry("connector.client.config.override.policy", "All")));
    }

    Connectors connectors() {
        return new Connectors(url);
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
