package vn.dvhc.gateway.subscribe;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import vn.dvhc.gateway.GatewayConfig;
import vn.dvhc.gateway.change.Change;
import vn.dvhc.gateway.change.Feed;
import vn.dvhc.gateway.change.Feeds;
import vn.dvhc.gateway.change.StreamName;

/**
 * Serves all subscriptions that this replica holds. One thread knows everything and talks to the database; attempts are made
 * elsewhere and take no thread while they last, so that a slow receiver costs memory for a few of its own deliveries only.
 */
@ApplicationScoped
class PostOffice {

    private static final Logger LOG = Logger.getLogger(PostOffice.class);
    private static final Duration ROUND = Duration.ofMillis(100);
    private static final Duration BETWEEN_WRITES = Duration.ofSeconds(1);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);
    private static final Duration BETWEEN_PRUNES = Duration.ofHours(1);
    private static final Duration AT_CLOSING = Duration.ofSeconds(5);

    private final String replica = UUID.randomUUID().toString();
    private final Feeds feeds;
    private final DeliveryStore store;
    private final GatewayConfig.Webhooks config;
    private final Clock clock = Clock.systemUTC();
    private final Destination destination;
    private final Sender sender;
    private final @Nullable SecretBox box;
    private final Courier.Rules rules;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread office = new Thread(task, "webhooks");
        office.setDaemon(true);
        return office;
    });
    private final Map<String, Courier> couriers = new HashMap<>();
    private Instant nextBooks = Instant.EPOCH;
    private Instant nextPrune = Instant.EPOCH;
    private long heldUntil = System.nanoTime();

    @Inject
    PostOffice(Vertx vertx, Feeds feeds, DeliveryStore store, GatewayConfig all) {
        this.feeds = feeds;
        this.store = store;
        this.config = all.webhooks();
        this.destination = Destination.withJdk(all.environment().equals("local"));
        this.sender = new Sender(vertx, destination, config, clock);
        if (config.lease().compareTo(config.timeout().multipliedBy(3)) < 0) {
            throw new IllegalArgumentException(
                    "dvhc.gateway.webhooks.lease must be at least three times as long as timeout");
        }
        this.box = config.secretKey().map(SecretBox::new).orElse(null);
        this.rules = new Courier.Rules(
                new RetrySchedule(config.waits()),
                config.concurrency(),
                config.mostWaiting(),
                config.patience(),
                new SecureRandom(),
                clock);
    }

    void open(@Observes StartupEvent event) {
        if (box == null) {
            LOG.warn("Webhooks are not served: no key to seal their secrets is set");
            return;
        }
        feeds.onGrowth(() -> post(this::pump));
        thread.scheduleWithFixedDelay(this::round, ROUND.toMillis(), ROUND.toMillis(), TimeUnit.MILLISECONDS);
    }

    void close(@Observes ShutdownEvent event) throws InterruptedException {
        try {
            thread.submit(this::leave).get(AT_CLOSING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException failed) {
            LOG.warnf("Subscriptions are not handed on, they are when the hold ends cause=%s", failed.toString());
        }
        thread.shutdownNow();
        sender.close();
    }

    /** What seals secrets; empty if webhooks are not served here. */
    Optional<SecretBox> box() {
        return Optional.ofNullable(box);
    }

    Destination destination() {
        return destination;
    }

    /** Somebody changed a subscription: read them anew now. */
    void look() {
        post(() -> {
            nextBooks = Instant.EPOCH;
            round();
        });
    }

    /** Sends an event that tells nothing, once. */
    Future<Outcome> test(Subscription subscription, SubscriptionStore.Secrets secrets) {
        String id = "test-" + UUID.randomUUID();
        byte[] event = new JsonObject()
                .put("specversion", "1.0")
                .put("id", id)
                .put("source", "/dvhc/gateway")
                .put("type", "vn.dvhc.subscription.test")
                .put("subject", subscription.id())
                .put("time", clock.instant().toString())
                .put("datacontenttype", "application/json")
                .put("data", new JsonObject().put("subscription", subscription.id()))
                .encode()
                .getBytes(StandardCharsets.UTF_8);
        return sender.send(subscription, keys(subscription.id(), secrets).counting(clock.instant()), id, event);
    }

    /** Opened secrets. */
    record Keys(
            byte[] current,
            byte @Nullable [] former,
            @Nullable Instant formerUntil) {

        /** The new one first, the former one while it still counts. */
        List<byte[]> counting(Instant now) {
            return former == null || formerUntil == null || !now.isBefore(formerUntil)
                    ? List.of(current)
                    : List.of(current, former);
        }
    }

    private Keys keys(String subscription, SubscriptionStore.Secrets secrets) {
        SecretBox opener = box().orElseThrow();
        byte[] former = secrets.former();
        return new Keys(
                opener.open(subscription, secrets.current()),
                former == null ? null : opener.open(subscription, former),
                secrets.formerUntil());
    }

    private void post(Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException closed) {
            LOG.debug("The post office is closed");
        }
    }

    private void round() {
        if (!feeds.of(StreamName.UNITS).isCaughtUp()) {
            return;
        }
        Instant now = clock.instant();
        if (!now.isBefore(nextBooks)) {
            nextBooks = now.plus(doBooks(now) ? BETWEEN_WRITES : AFTER_FAILURE);
        }
        pump();
    }

    private boolean doBooks(Instant now) {
        try {
            writeProgress();
            hold();
            if (!now.isBefore(nextPrune)) {
                store.prune();
                nextPrune = now.plus(BETWEEN_PRUNES);
            }
            return true;
        } catch (SQLException away) {
            LOG.warnf("Subscriptions can't be read or written now, trying again cause=%s", away.toString());
        } catch (RuntimeException defect) {
            LOG.error("Subscriptions can't be served", defect);
        }
        return false;
    }

    private void writeProgress() throws SQLException {
        Map<Courier, Ledger.Progress> all = new HashMap<>();
        couriers.values().forEach(courier -> courier.progress().ifPresent(progress -> all.put(courier, progress)));
        if (!all.isEmpty()) {
            store.progress(List.copyOf(all.values()));
            all.forEach(Courier::written);
        }
    }

    /** One that was changed or lost is served anew only when nothing of it is under way any more. */
    private void hold() throws SQLException {
        long asked = System.nanoTime();
        List<DeliveryStore.Served> served = store.hold(replica, config.lease());
        heldUntil = asked + config.lease().toNanos() * 3 / 4;
        Map<String, Long> revisions = new HashMap<>();
        served.forEach(
                one -> revisions.put(one.subscription().id(), one.subscription().revision()));
        couriers.forEach((id, courier) -> {
            if (revisions.getOrDefault(id, -1L) != courier.revision()) {
                courier.close();
            }
        });
        couriers.values().removeIf(courier -> courier.isClosing() && courier.isIdle());
        List<DeliveryStore.Served> fresh = served.stream()
                .filter(one -> !couriers.containsKey(one.subscription().id()))
                .filter(one -> feed(one.subscription()).isCaughtUp())
                .toList();
        if (!fresh.isEmpty()) {
            employ(fresh);
        }
    }

    private void employ(List<DeliveryStore.Served> fresh) throws SQLException {
        Map<String, List<SubscriptionStore.Kept>> waiting =
                store.waiting(fresh.stream().map(one -> one.subscription().id()).toList());
        for (DeliveryStore.Served one : fresh) {
            Subscription subscription = one.subscription();
            try {
                couriers.put(subscription.id(), courier(one, waiting.getOrDefault(subscription.id(), List.of())));
            } catch (RuntimeException defect) {
                LOG.errorf(defect, "A subscription can't be served subscription=%s", subscription.id());
            }
        }
    }

    private Courier courier(DeliveryStore.Served one, List<SubscriptionStore.Kept> kept) {
        Subscription subscription = one.subscription();
        Keys keys = keys(subscription.id(), one.secrets());
        Ledger.Hold hold = new Ledger.Hold(subscription.id(), replica, subscription.revision());
        return new Courier(
                hold,
                subscription,
                kept,
                feed(subscription),
                feeds.interest(subscription.filter()),
                store,
                rules,
                change -> attempt(subscription, keys, change));
    }

    private Feed feed(Subscription subscription) {
        return feeds.of(subscription.filter().stream());
    }

    /** The same for each attempt and each subscription. */
    private static String messageId(Subscription subscription, Change change) {
        return switch (subscription.filter().stream()) {
            case UNITS -> "unit-change-" + change.sequence();
            case HANDOVERS -> "handover-" + change.sequence();
        };
    }

    private Future<Outcome> attempt(Subscription subscription, Keys keys, Change change) {
        Promise<Outcome> back = Promise.promise();
        sender.send(subscription, keys.counting(clock.instant()), messageId(subscription, change), change.event())
                .onSuccess(outcome -> post(() -> {
                    back.complete(outcome);
                    Courier courier = couriers.get(subscription.id());
                    if (courier != null) {
                        pump(subscription.id(), courier);
                    }
                }));
        return back.future();
    }

    private void pump() {
        new ArrayList<>(couriers.entrySet()).forEach(one -> pump(one.getKey(), one.getValue()));
    }

    /** What is sent now must have ended before the hold does: then another replica may send. */
    private void pump(String id, Courier courier) {
        if (System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(sender.limitMillis()) > heldUntil) {
            return;
        }
        try {
            courier.pump(clock.instant());
        } catch (SQLException away) {
            courier.close();
            LOG.warnf("A delivery could not be kept, trying again subscription=%s cause=%s", id, away.toString());
        } catch (RuntimeException defect) {
            courier.close();
            LOG.errorf(defect, "A subscription is not served any more subscription=%s", id);
        }
    }

    private Void leave() throws SQLException {
        couriers.values().forEach(Courier::close);
        if (!couriers.isEmpty()) {
            writeProgress();
            if (couriers.values().stream().allMatch(Courier::isIdle)) {
                store.release(replica);
            }
        }
        return null;
    }
}
