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
import org.junit.jupiter.api.Test;

/** However patient the door is, whoever reads slowly at one address holds some of the connections to a service and not all. */
@QuarkusTest
@QuarkusTestResource(value = SlowReadingOfOne.class, restrictToAnnotatedClass = true)
class SlowReadersOfOneTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String LOOK_UP = "/v1/units/00004?at=2025-07-01";

    @TestHTTPResource
    URI address;

    @Test
    void fewAnswersWaitForOneAddress_theOthersAreEnded_andItIsToldWhy() throws Exception {
        // Given
        Calls door = new Calls(address.getPort());
        AtomicBoolean hurry = new AtomicBoolean();
        ExecutorService readers = Executors.newCachedThreadPool();
        List<Future<Long>> all = new ArrayList<>();

        // When
        for (int i = 0; i < SlowReadingOfOne.CONNECTIONS; i++) {
            all.add(readers.submit(() -> SlowReader.read(address.getPort(), Duration.ofMillis(100), hurry)));
        }

        // Then: it does not wait for a connection
        Calls.Answer answer = await(door, 429);
        assertThat(answer.json().getString("type")).isEqualTo("urn:dvhc:problem:too-many-slow-answers");
        assertThat(answer.header("Retry-After")).isEqualTo("5");
        hurry.set(true);
        List<Long> bytes = new ArrayList<>();
        for (Future<Long> one : all) {
            bytes.add(one.get(LIMIT.toSeconds(), TimeUnit.SECONDS));
        }
        readers.shutdown();
        assertThat(bytes.stream().filter(read -> read > Upstream.LONG))
                .as("read to their ends")
                .hasSize(SlowReadingOfOne.MOST);
        await(door, 200);
    }

    private static Calls.Answer await(Calls door, int status) {
        long end = System.nanoTime() + LIMIT.toNanos();
        Calls.Answer answer = door.get(LOOK_UP);
        while (answer.status() != status) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            answer = door.get(LOOK_UP);
        }
        return answer;
    }
}
