package vn.dvhc.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The packaged door as it starts in a house; nobody it needs is there, which is no reason not to start. */
class TransportIT {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final Path FOLDER = Path.of("target", "transport-it").toAbsolutePath();

    private Process process;
    private Path log;
    private int port;

    @AfterEach
    void end() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    @Test
    void doorThatIsToldNothing_doesNotStart_andSaysWhy() throws Exception {
        start("told-nothing", Map.of());

        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isNotZero();
        assertThat(Files.readString(log)).contains("The door would answer over plain HTTP", "QUARKUS_PROFILE=prod,tls");
    }

    @Test
    void doorThatCallsItselfLocal_doesNotStartInAHouse() throws Exception {
        start("local", Map.of("DVHC_GATEWAY_PLAIN_HTTP", "local"));

        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isNotZero();
        assertThat(Files.readString(log)).contains("for development on one machine");
    }

    @Test
    void doorBehindSomethingThatEndsTls_starts() throws Exception {
        start("behind-tls", Map.of("DVHC_GATEWAY_PLAIN_HTTP", "behind-tls"));

        long end = System.nanoTime() + LIMIT.toNanos();
        while (!isLive()) {
            assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
            assertThat(System.nanoTime()).as(Files.readString(log)).isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
        assertThat(Files.readString(log)).contains("plain HTTP as told why=BEHIND_TLS");
    }

    private void start(String name, Map<String, String> told) throws IOException {
        Files.createDirectories(FOLDER);
        log = FOLDER.resolve(name + ".log");
        port = closedPort();
        ProcessBuilder builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-Dquarkus.http.port=" + port,
                "-Dquarkus.http.host=127.0.0.1",
                "-jar",
                Path.of("target", "quarkus-app", "quarkus-run.jar").toString()));
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(variable -> variable.startsWith("DVHC_") || variable.startsWith("QUARKUS_"));
        environment.put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + closedPort());
        environment.put("DVHC_GATEWAY_DB", "127.0.0.1:" + closedPort() + "/gateway");
        environment.put("DVHC_OIDC_URL", "http://127.0.0.1:" + closedPort() + "/realms/dvhc");
        environment.putAll(told);
        process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    }

    private boolean isLive() throws InterruptedException {
        try {
            return HttpClient.newHttpClient()
                            .send(
                                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/health/live"))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
