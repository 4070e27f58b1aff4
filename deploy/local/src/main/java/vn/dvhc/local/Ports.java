package vn.dvhc.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The eight ports of the house, all on 127.0.0.1. */
public record Ports(
        int gateway, int registry, int history, int sync, int postgres, int kafka, int connect, int keycloak) {

    public static final Ports DEFAULT = new Ports(8080, 8081, 8082, 8083, 15432, 19092, 18083, 18180);

    /** The defaults, each changed by {@code DVHC_<PART>_PORT}: {@code DVHC_GATEWAY_PORT}, {@code DVHC_POSTGRES_PORT}, … */
    public static Ports fromEnvironment(Map<String, String> environment) {
        return new Ports(
                port(environment, "DVHC_GATEWAY_PORT", DEFAULT.gateway),
                port(environment, "DVHC_REGISTRY_PORT", DEFAULT.registry),
                port(environment, "DVHC_HISTORY_PORT", DEFAULT.history),
                port(environment, "DVHC_SYNC_PORT", DEFAULT.sync),
                port(environment, "DVHC_POSTGRES_PORT", DEFAULT.postgres),
                port(environment, "DVHC_KAFKA_PORT", DEFAULT.kafka),
                port(environment, "DVHC_CONNECT_PORT", DEFAULT.connect),
                port(environment, "DVHC_KEYCLOAK_PORT", DEFAULT.keycloak));
    }

    /** Eight ports that are free now. */
    public static Ports free() {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            int[] ports = sockets.stream().mapToInt(ServerSocket::getLocalPort).toArray();
            return new Ports(ports[0], ports[1], ports[2], ports[3], ports[4], ports[5], ports[6], ports[7]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            sockets.forEach(Ports::closeQuietly);
        }
    }

    private static int port(Map<String, String> environment, String name, int otherwise) {
        String value = environment.get(name);
        if (value == null || value.isBlank()) {
            return otherwise;
        }
        try {
            int port = Integer.parseInt(value.strip());
            if (port > 0 && port < 65_536) {
                return port;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new IllegalArgumentException(name + " is not a port: " + value);
    }

    private static void closeQuietly(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
