package vn.dvhc.gateway;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;

/** History and registry are stood in for; behind the name of sync nobody listens; neither does Keycloak. */
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
