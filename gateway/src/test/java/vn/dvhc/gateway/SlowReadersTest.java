package vn.dvhc.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever reads a long answer too slowly holds a connection to the service for a moment only. */
@QuarkusTest
@QuarkusTestResource(value = SlowReading.class, restrictToAnnotatedClass = true)
class SlowReadersTest {

    private static final int CONNECTIONS = 4;
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TestHTTPResource
    URI address;

    private Calls door;

    @BeforeEach
    void knock() {
        door = new Calls(address.getPort());
    }

    @Test
    void slowReaders_areCutOff_andLookUpsPassAgain() throws Exception {
        AtomicBoolean hurry = new AtomicBoolean();
        ExecutorService readers = Executors.newCachedThreadPool();
        List<Future<Long>> all = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            all.add(readers.submit(() -> SlowReader.read(address.getPort(), Duration.ofMillis(100), hurry)));
        }
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (door.get("/v1/units/00004?at=2025-07-01").status() == 200) {
            assertThat(System.nanoTime()).as("all connections are taken").isLessThan(end);
        }

        long start = System.nanoTime();
        while (door.get("/v1/units/00004?at=2025-07-01").status() != 200) {
            assertThat(System.nanoTime() - start).as("one is free again").isLessThan(LIMIT.toNanos());
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }

        // What is under way in the machine's own buffers comes to its end.
        hurry.set(true);
        for (Future<Long> one : all) {
            assertThat(one.get(LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .as("cut off")
                    .isLessThan(Upstream.LONG);
        }
        readers.shutdown();
    }

    @Test
    void readerWhoKeepsUp_getsAll() throws Exception {
        assertThat(SlowReader.read(address.getPort(), Duration.ZERO, new AtomicBoolean(true)))
                .isGreaterThan(Upstream.LONG);
    }
}
