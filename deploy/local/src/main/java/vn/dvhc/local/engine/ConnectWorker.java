package vn.dvhc.local.engine;

import java.util.Map;
import org.apache.kafka.common.config.provider.EnvVarConfigProvider;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.connect.cli.ConnectDistributed;
import org.apache.kafka.connect.runtime.Connect;
import org.apache.kafka.connect.runtime.distributed.DistributedHerder;

/** A Kafka Connect worker in this JVM; Debezium is found on its class path. */
public final class ConnectWorker implements Part {

    private final Connect<DistributedHerder> connect;

    private ConnectWorker(Connect<DistributedHerder> connect) {
        this.connect = connect;
    }

    public static ConnectWorker start(String bootstrap, int port) {
        Map<String, String> settings = Map.ofEntries(
                Map.entry("bootstrap.servers", bootstrap),
                Map.entry("listeners", "http://127.0.0.1:" + port),
                Map.entry("rest.advertised.host.name", "127.0.0.1"),
                Map.entry("group.id", "connect"),
                Map.entry("config.storage.topic", "connect-configs"),
                Map.entry("offset.storage.topic", "connect-offsets"),
                Map.entry("status.storage.topic", "connect-status"),
                Map.entry("config.storage.replication.factor", "1"),
                Map.entry("offset.storage.replication.factor", "1"),
                Map.entry("status.storage.replication.factor", "1"),
                Map.entry("offset.storage.partitions", "1"),
                Map.entry("status.storage.partitions", "1"),
                Map.entry("key.converter", "org.apache.kafka.connect.storage.StringConverter"),
                Map.entry("value.converter", "org.apache.kafka.connect.storage.StringConverter"),
                Map.entry("plugin.discovery", "service_load"),
                // How often positions are stored: what a crash makes Debezium send again.
                Map.entry("offset.flush.interval.ms", "2000"),
                // A worker that comes back takes its connectors at once; its killed predecessor is forgotten after 6 s.
                Map.entry("scheduled.rebalance.max.delay.ms", "0"),
                Map.entry("session.timeout.ms", "6000"),
                Map.entry("heartbeat.interval.ms", "1500"),
                Map.entry("rebalance.timeout.ms", "15000"),
                Map.entry("task.shutdown.graceful.timeout.ms", "5000"),
                Map.entry("connector.client.config.override.policy", "All"),
                // ${env:NAME} in a connector's settings, so that secrets are not among them.
                Map.entry("config.providers", "env"),
                Map.entry("config.providers.env.class", EnvVarConfigProvider.class.getName()),
                Map.entry("config.providers.env.param.allowlist.pattern", "DVHC_.*"),
                // Batches are worth a few milliseconds only when there is something to batch.
                Map.entry("producer.linger.ms", "0"),
                Map.entry("producer.batch.size", "262144"),
                Map.entry("producer.compression.type", "lz4"),
                Map.entry("producer.max.request.size", "4194304"));
        // Connect would stop itself in a shutdown hook, while the platform already stops the broker that it still
        // needs.
        Exit.setShutdownHookAdder((name, hook) -> {});
        return new ConnectWorker(new ConnectDistributed().startConnect(settings));
    }

    @Override
    public void stop() {
        connect.stop();
        connect.awaitStop();
    }
}
