package vn.dvhc.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceProcessTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Answers health as a service does: not ready the first time it is asked. */
    private static final String STAND_IN = """
            import com.sun.net.httpserver.HttpServer;
            import java.net.InetSocketAddress;

            class StandIn {
                static int asked;

                public static void main(String[] arguments) throws Exception {
                    int port = Integer.parseInt(System.getenv("QUARKUS_HTTP_PORT"));
                    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
                    server.createContext("/q/health/ready", exchange -> {
                        exchange.sendResponseHeaders(asked++ == 0 ? 503 : 200, -1);
                        exchange.close();
                    });
                    server.start();
                    System.out.println("started");
                }
            }
            """;

    @TempDir
    Path dir;

    private ServiceProcess service;

    @AfterEach
    void stop() {
        service.stop();
    }

    @Test
    void kill_thenStart_isReadyAgain() throws Exception {
        // Given
        service = standIn(STAND_IN);
        service.start();
        service.awaitReady(LIMIT);
        long first = service.pid();

        // When
        service.kill();
        boolean readyWhenKilled = ServiceProcess.isReady(service.url());
        service.start();
        service.awaitReady(LIMIT);

        // Then
        assertThat(readyWhenKilled).isFalse();
        assertThat(service.pid()).isNotEqualTo(first);
        assertThat(service.isAlive()).isTrue();
        assertThat(Files.readString(service.logFile())).isEqualTo("started\nstarted\n");
    }

    @Test
    void reap_whenTheStarterIsGone_endsTheService() throws Exception {
        service = standIn(STAND_IN);
        service.start();
        service.awaitReady(LIMIT);

        assertThat(Fleet.reap(dir)).isEqualTo(1);

        assertThat(service.isAlive()).isFalse();
        assertThat(Fleet.reap(dir)).isZero();
    }

    @Test
    void awaitReady_whenTheProcessEnds_showsTheEndOfItsLog() throws Exception {
        service = standIn(
                "class StandIn { public static void main(String[] a) { System.out.println(\"no database\"); } }");
        service.start();

        assertThatIllegalStateException()
                .isThrownBy(() -> service.awaitReady(LIMIT))
                .withMessageStartingWith("sync-service ended while it started; the end of ")
                .withMessageEndingWith("no database");
    }

    private ServiceProcess standIn(String source) throws Exception {
        Path program = Files.writeString(dir.resolve("StandIn.java"), source);
        int port = Ports.free().sync();
        return new ServiceProcess(
                Service.SYNC,
                port,
                dir.resolve("log/sync-service.log"),
                new PidFile(dir.resolve("pid/sync-service.pid")),
                List.of(PlatformProcess.javaCommand(), program.toString()),
                Map.of("QUARKUS_HTTP_PORT", Integer.toString(port)));
    }
}
