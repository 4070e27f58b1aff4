package vn.dvhc.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import vn.dvhc.local.PlatformOptions;
import vn.dvhc.local.PlatformProcess;

/**
 * Everything real; Keycloak knows where the door is and tells it who has signed out. Which port the door has is known only when it has
 * started: what Keycloak tells goes by way of another one.
 */
public class KeycloakThatTells extends RealKeycloak {

    /** The system property that holds the door's port as soon as somebody knows it. */
    static final String DOOR = "dvhc.test.door";

    private final int port = StandIns.closedPort();
    private @Nullable HttpServer way;

    @Override
    public Map<String, String> start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            server.createContext("/", KeycloakThatTells::passOn);
            server.start();
            way = server;
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
        return super.start();
    }

    @Override
    public void stop() {
        if (way != null) {
            way.stop(0);
        }
        super.stop();
    }

    @Override
    PlatformProcess platform(Path folder) {
        return PlatformProcess.start(
                PlatformOptions.withFreePorts(folder)
                        .withFresh(true)
                        .withGateway(port)
                        .withParent(OptionalLong.of(ProcessHandle.current().pid())),
                line -> {});
    }

    private static void passOn(HttpExchange exchange) throws IOException {
        try (exchange) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + System.getProperty(DOOR) + exchange.getRequestURI()))
                    .header("Content-Type", exchange.getRequestHeaders().getFirst("Content-Type"))
                    .method(
                            exchange.getRequestMethod(),
                            BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()))
                    .build();
            HttpResponse<byte[]> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
            int length = answer.body().length;
            exchange.sendResponseHeaders(answer.statusCode(), length == 0 ? -1 : length);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(answer.body());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
