package vn.dvhc.gateway;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;

/** History and registry are stood in for; behind the name of sync nobody listens; neither do Keycloak, Kafka and PostgreSQL. */
public class StandIns implements QuarkusTestResourceLifecycleManager {

    private Upstream history;
    private Upstream registry;

    @Override
    public Map<String, String> start() {
        history = new Upstream("history");
        registry = new Upstream("registry");
        Map<String, String> settings = new HashMap<>();
        settings.put("dvhc.gateway.upstreams.history.url", history.url());
        settings.put("dvhc.gateway.upstreams.registry.url", registry.url());
        settings.put("dvhc.gateway.upstreams.sync.url", "http://127.0.0.1:" + closedPort());
        settings.put("quarkus.oidc.auth-server-url", "http://127.0.0.1:" + closedPort() + "/realms/dvhc");
        settings.put("kafka.bootstrap.servers", "127.0.0.1:" + closedPort());
        settings.put("quarkus.datasource.jdbc.url", "jdbc:postgresql://127.0.0.1:" + closedPort() + "/gateway");
        settings.put("dvhc.gateway.environment", "local");
        settings.put("dvhc.gateway.webhooks.secret-key", "dGVzdHMtb25seS1zZWNyZXQta2V5LW9mLTMyLWJ5dGU=");
        return settings;
    }

    @Override
    public void stop() {
        history.close();
        registry.close();
    }

    static int closedPort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException unavailable) {
            throw new UncheckedIOException(unavailable);
        }
    }
}
