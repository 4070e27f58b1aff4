package vn.dvhc.gateway.subscribe;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vn.dvhc.gateway.Settings;
import vn.dvhc.gateway.change.ChangeFilter;

/** One subscriber's silence, or its name's, is no other's. */
class SenderTest {

    private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);

    private final CountDownLatch namesAnswer = new CountDownLatch(1);
    private final AtomicInteger hanging = new AtomicInteger();
    private final AtomicInteger askedSlow = new AtomicInteger();
    private final AtomicInteger silent = new AtomicInteger();
    private Vertx vertx;
    private HttpServer receiver;
    private Sender sender;

    @BeforeEach
    void open() throws Exception {
        vertx = Vertx.vertx();
        receiver = vertx.createHttpServer().requestHandler(request -> {
            if (request.path().equals("/silent")) {
                silent.incrementAndGet();
            } else {
                request.response().setStatusCode(204).end();
            }
        });
        receiver.listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
        sender = new Sender(
                vertx, new Destination(true, this::resolve), Settings.defaults().webhooks(), Clock.systemUTC());
    }

    @AfterEach
    void close() throws Exception {
        namesAnswer.countDown();
        sender.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void reachesOne_whileAnotherAtTheSameHostIsSilent() throws Exception {
        // Given: more than one's connections
        Subscription quiet = subscription("sub_quiet", "ill", "127.0.0.1", "/silent");
        for (int i = 0; i < 8; i++) {
            send(quiet);
        }
        await(() -> silent.get() >= 5);

        // When
        Subscription well = subscription("sub_well", "well", "127.0.0.1", "/hook");
        List<Future<Outcome>> sent = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            sent.add(send(well));
        }

        // Then
        for (Future<Outcome> one : sent) {
            assertThat(outcome(one)).isEqualTo(new Outcome(204, null));
        }
    }

    @Test
    void reachesOne_whileTheNamesOfAnotherNeverAnswer() throws Exception {
        // Given: as many subscriptions and attempts as one owner can have
        for (int i = 0; i < 20; i++) {
            Subscription lost = subscription("sub_lost" + i, "ill", "never" + i + ".example", "/hook");
            for (int attempt = 0; attempt < 4; attempt++) {
                send(lost);
            }
        }
        await(() -> hanging.get() > 0);

        // When
        Outcome outcome = outcome(send(subscription("sub_well", "well", "well.example", "/hook")));

        // Then
        assertThat(outcome).isEqualTo(new Outcome(204, null));
        assertThat(hanging.get()).as("threads that wait").isLessThanOrEqualTo(4);
    }

    @Test
    void goesOnWithTheOthersOfAnOwner_whenItsNamesHaveAnswered() throws Exception {
        List<Future<Outcome>> sent = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            sent.add(send(subscription("sub_" + i, "slow", "never" + i + ".example", "/hook")));
        }
        await(() -> hanging.get() == 4);

        namesAnswer.countDown();

        for (Future<Outcome> one : sent) {
            assertThat(outcome(one)).isEqualTo(new Outcome(204, null));
        }
    }

    @Test
    void asksForANameOnce_whoeverWaitsForIt() throws Exception {
        List<Future<Outcome>> sent = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            sent.add(send(subscription("sub_" + i, "owner" + i, "slow.example", "/hook")));
        }
        await(() -> askedSlow.get() > 0);

        namesAnswer.countDown();

        for (Future<Outcome> one : sent) {
            assertThat(outcome(one)).isEqualTo(new Outcome(204, null));
        }
        assertThat(askedSlow.get()).isEqualTo(1);
    }

    private List<InetAddress> resolve(String host) throws UnknownHostException {
        if (host.startsWith("never")) {
            hanging.incrementAndGet();
            hang();
            hanging.decrementAndGet();
        } else if (host.startsWith("slow")) {
            askedSlow.incrementAndGet();
            hang();
        }
        return List.of(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    }

    private void hang() {
        try {
            namesAnswer.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Future<Outcome> send(Subscription to) {
        return sender.send(to, List.of(new byte[32]), "event-1", BODY);
    }

    /** Long before an attempt times out. */
    private static Outcome outcome(Future<Outcome> sent) throws Exception {
        return sent.toCompletionStage().toCompletableFuture().get(8, TimeUnit.SECONDS);
    }

    private Subscription subscription(String id, String owner, String host, String path) {
        return new Subscription(
                id,
                owner,
                URI.create("http://" + host + ":" + receiver.actualPort() + path),
                null,
                ChangeFilter.ALL,
                Subscription.State.ACTIVE,
                null,
                0,
                0,
                null,
                null,
                Instant.EPOCH,
                Instant.EPOCH,
                1);
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }
}
