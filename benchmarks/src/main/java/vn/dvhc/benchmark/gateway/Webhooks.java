package vn.dvhc.benchmark.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import vn.dvhc.benchmark.Await;
import vn.dvhc.benchmark.Progress;
import vn.dvhc.local.Service;

/**
 * The reform as webhooks: all subscribers ask for every message from the reform's first one on, without a filter, and the door sends
 * them out of its log as it would at midnight. Once all subscribers are healthy, once some are slow and some dead.
 */
final class Webhooks {

    private static final String SUBSCRIPTIONS = "/v1/subscriptions";
    private static final Duration LIMIT = Duration.ofMinutes(15);
    private static final Duration READY = Duration.ofMinutes(1);

    private final Doors doors;
    private final Calls calls;
    private final Findings findings;
    private final Progress progress;
    private final ReformLog log;

    Webhooks(Doors doors, Calls calls, Findings findings, Progress progress) throws IOException {
        this.doors = doors;
        this.calls = calls;
        this.findings = findings;
        this.progress = progress;
        this.log = ReformLog.read(doors.house().kafkaBootstrap());
        progress.say("%d messages about %d units from sequence %d on", log.size(), log.subjectCount(), log.first());
    }

    /** So many subscribers of each manner. */
    record Crowd(int healthy, int slow, int silent, int away) {

        private Crowd(int healthy) {
            this(healthy, 0, 0, 0);
        }

        static Crowd healthy(int count) {
            return new Crowd(count);
        }
    }

    /**
     * What it took.
     *
     * @param seconds until the last healthy one had everything
     * @param perSecond messages that healthy ones got
     * @param doorSeconds of processor time that the door used for 100,000 of these
     */
    private record Delivery(double seconds, double perSecond, double doorSeconds) {}

    /** Both crowds by turns, each first in its round. */
    void measure(int rounds, Crowd allHealthy, Crowd mixed) throws Exception {
        deliver(Crowd.healthy(2));
        progress.say("delivery is warmed up");
        for (int round = 1; round <= rounds; round++) {
            Map<Crowd, Delivery> deliveries = new HashMap<>();
            for (Crowd crowd : round % 2 == 1 ? List.of(allHealthy, mixed) : List.of(mixed, allHealthy)) {
                Delivery delivery = deliver(crowd);
                deliveries.put(crowd, delivery);
                progress.say("round %d: %s %s", round, crowd, delivery);
            }
            Delivery alone = Objects.requireNonNull(deliveries.get(allHealthy));
            Delivery beside = Objects.requireNonNull(deliveries.get(mixed));
            findings.add("all_healthy_seconds", alone.seconds());
            findings.add("all_healthy_per_second", alone.perSecond());
            findings.add("all_healthy_door_seconds_for_100000", alone.doorSeconds());
            findings.add("beside_slow_seconds", beside.seconds());
            findings.add("beside_slow_per_second", beside.perSecond());
            findings.add("beside_slow_door_seconds_for_100000", beside.doorSeconds());
            // Of one message to one subscriber: there are fewer healthy ones beside the others, and they must not seem
            // faster by that.
            findings.add("healthy_beside_slow_over_all_healthy", alone.perSecond() / beside.perSecond());
            findings.add("resident_mb", doors.house().residentMegabytes(Service.GATEWAY));
        }
    }

    private Delivery deliver(Crowd crowd) throws IOException, InterruptedException, GeneralSecurityException {
        Map<Subscriber, JsonNode> subscriptions = new HashMap<>();
        double spent = spentSeconds();
        long begun;
        try (Receivers receivers = open(crowd)) {
            begun = System.nanoTime();
            for (Subscriber subscriber : receivers.subscribers()) {
                subscriptions.put(subscriber, subscribe(subscriber));
            }
            long end = begun + LIMIT.toNanos();
            for (Subscriber subscriber : receivers.subscribers()) {
                boolean awaited = subscriber.manner() == Subscriber.Manner.HEALTHY;
                if (awaited && !subscriber.whole().await(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    throw new IllegalStateException("After " + LIMIT.toMinutes() + " minutes a healthy subscriber has "
                            + subscriber.distinct() + " of " + log.size() + " messages");
                }
            }
            spent = spentSeconds() - spent;
            unsubscribe(subscriptions.values());
        }
        return judged(subscriptions, begun, spent);
    }

    private Receivers open(Crowd crowd) throws IOException {
        Receivers receivers = new Receivers(log);
        add(receivers, crowd.silent(), Subscriber.Manner.SILENT);
        add(receivers, crowd.away(), Subscriber.Manner.AWAY);
        add(receivers, crowd.slow(), Subscriber.Manner.SLOW);
        add(receivers, crowd.healthy(), Subscriber.Manner.HEALTHY);
        receivers.start();
        return receivers;
    }

    private static void add(Receivers receivers, int count, Subscriber.Manner manner) throws IOException {
        for (int i = 0; i < count; i++) {
            receivers.add(manner);
        }
    }

    private Delivery judged(Map<Subscriber, JsonNode> subscriptions, long begun, double spent)
            throws GeneralSecurityException {
        long last = begun;
        int healthy = 0;
        int missing = 0;
        int outOfOrder = 0;
        int notAsPublished = 0;
        int badlySigned = 0;
        int repeated = 0;
        for (Map.Entry<Subscriber, JsonNode> one : subscriptions.entrySet()) {
            Subscriber subscriber = one.getKey();
            outOfOrder += subscriber.outOfOrder();
            notAsPublished += subscriber.notAsPublished();
            if (subscriber.manner() == Subscriber.Manner.HEALTHY) {
                healthy++;
                missing += log.size() - subscriber.distinct();
                repeated += subscriber.repeated();
                badlySigned +=
                        subscriber.badlySigned(one.getValue().path("secret").asText());
                last = Math.max(last, subscriber.wholeAt());
            }
        }
        double seconds = (last - begun) / 1e9;
        long delivered = (long) healthy * log.size();
        findings.add("missing", missing);
        findings.add("out_of_order", outOfOrder);
        findings.add("not_as_published", notAsPublished);
        findings.add("badly_signed", badlySigned);
        findings.add("repeated", repeated);
        return new Delivery(seconds, delivered / seconds, spent / delivered * 100_000);
    }

    /** Processor time that the door has used. */
    private double spentSeconds() {
        return ProcessHandle.of(doors.house().pid(Service.GATEWAY))
                        .flatMap(door -> door.info().totalCpuDuration())
                        .orElseThrow()
                        .toMillis()
                / 1000.0;
    }

    private JsonNode subscribe(Subscriber subscriber) throws IOException, InterruptedException {
        String body = Calls.text(Map.of("url", subscriber.url(), "from", log.first()));
        return Calls.ok(calls.call("POST", doors.door(), SUBSCRIPTIONS, token(), body));
    }

    private void unsubscribe(Iterable<JsonNode> subscriptions) throws IOException, InterruptedException {
        for (JsonNode subscription : subscriptions) {
            String path = SUBSCRIPTIONS + "/" + subscription.path("id").asText();
            HttpResponse<byte[]> answer = calls.call("DELETE", doors.door(), path, token(), "");
            if (answer.statusCode() != 204) {
                throw new IllegalStateException("A subscription was not ended: " + answer.statusCode());
            }
        }
    }

    private String token() throws IOException, InterruptedException {
        return calls.token(doors.house().oidcUrl(), Doors.CLIENT);
    }

    /** Whoever subscribes is told to wait until the door has read the log and reached its database. */
    void awaitReady() throws IOException, InterruptedException {
        String token = token();
        Await.until("the door serves subscriptions", READY, () -> {
            String path = SUBSCRIPTIONS + "?limit=1";
            return calls.get(doors.door(), path, token).statusCode() == 200;
        });
    }
}
