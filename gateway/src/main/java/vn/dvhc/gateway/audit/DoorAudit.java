package vn.dvhc.gateway.audit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import vn.dvhc.gateway.GatewayConfig;
import vn.dvhc.gateway.identity.Bearers;
import vn.dvhc.gateway.right.Verdict;

/** Takes what happens at the door into its audit. Returns at once, whatever the database does. */
@ApplicationScoped
public class DoorAudit {

    private static final Logger LOG = Logger.getLogger(DoorAudit.class);

    private static final String REFUSED = DoorAudit.class.getName() + ".refused";
    private static final String WATCHED = DoorAudit.class.getName() + ".watched";
    private static final String VERDICT = DoorAudit.class.getName() + ".verdict";
    private static final Pattern START = Pattern.compile("/(?:v1|q|assets)/[a-z-]{1,40}");
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    /** Before all that refuse, the limits first. */
    private static final int BEFORE_ALL_THAT_REFUSE = 10_003;

    /** Refusals that a caller can bring about as fast as it can send, by status, and why. */
    private static final Map<Integer, String> FLOODS = Map.of(408, "body-too-slow", 429, "too-many-requests");

    private static final String BY_SERVICE = "by-service";
    private static final int CONSUMERS = 1_000;
    private static final int BATCH = 1_000;
    private static final long PAUSE_SECONDS = 1;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Classes of SQL states by which the database refuses what is in an event; with all others it is away, or not ready yet. */
    private static final Set<String> FAULTS = Set.of("22", "23", "54");

    private static final Duration HEADS = Duration.ofMinutes(1);

    private final AuditStore store;
    private final BlockingQueue<DoorEvent> queue;
    private final AtomicLong lost = new AtomicLong();
    private final Counter setAside;
    private final Tally tally = new Tally(CONSUMERS);
    private final long tallyNanos;
    private final Clock clock = Clock.systemUTC();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private long talliedAt = System.nanoTime();
    private long headToldAt;
    private @Nullable Thread thread;

    @Inject
    DoorAudit(AuditStore store, GatewayConfig config, MeterRegistry meters) {
        this.store = store;
        this.tallyNanos = config.audit().tally().toNanos();
        this.setAside = meters.counter("dvhc.gateway.audit.set-aside");
        this.queue = new ArrayBlockingQueue<>(config.audit().waiting());
    }

    /** Keeps by which right a request passes, for when its end is known. */
    public void judged(RoutingContext context, Verdict verdict) {
        context.put(VERDICT, verdict);
    }

    void guard(@Observes Filters filters) {
        filters.register(this::watchFloods, BEFORE_ALL_THAT_REFUSE);
    }

    /** Limits and slow bodies are refused before a request gets anywhere, and in floods. */
    private void watchFloods(RoutingContext context) {
        context.addEndHandler(end -> {
            String why = FLOODS.get(context.response().getStatusCode());
            if (why != null && context.get(REFUSED) == null) {
                flooded(context, context.get(WATCHED) == null ? why : BY_SERVICE);
            }
        });
        context.next();
    }

    /** A request that the door refuses, with the problem it answers. */
    public void refused(RoutingContext context, int status, String why) {
        context.put(REFUSED, Boolean.TRUE);
        add(context, DoorEvent.Outcome.REFUSED, status, why);
    }

    /** Has the end of a request looked at that passes: a change is noted, and so is the refusal of a service behind. */
    public void watch(RoutingContext context) {
        context.put(WATCHED, Boolean.TRUE);
        context.addEndHandler(end -> ended(context, end.succeeded()));
    }

    private void ended(RoutingContext context, boolean succeeded) {
        int status = context.response().getStatusCode();
        boolean reads = READING.contains(context.request().method());
        if (context.get(REFUSED) != null) {
            return;
        }
        if (status == 401 || status == 403) {
            add(context, DoorEvent.Outcome.REFUSED, status, BY_SERVICE);
        } else if (!reads && (status >= 500 || !succeeded)) {
            add(context, DoorEvent.Outcome.UNCERTAIN, status, "no-answer");
        } else if (!reads && status < 400) {
            Verdict verdict = context.get(VERDICT);
            add(context, DoorEvent.Outcome.DONE, status, verdict == null ? "role" : verdict.why());
        }
    }

    private void flooded(RoutingContext context, String why) {
        int status = context.response().getStatusCode();
        tally.add(event(context, DoorEvent.Outcome.REFUSED, "", "?", "", status, why));
    }

    private void add(RoutingContext context, DoorEvent.Outcome outcome, int status, String why) {
        Verdict verdict = context.get(VERDICT);
        DoorEvent event = event(
                context,
                outcome,
                context.request().method().name(),
                verdict == null || verdict.what().equals("?")
                        ? start(context.request().path())
                        : verdict.what(),
                verdict == null ? "" : verdict.concerning(),
                status,
                why);
        if (!queue.offer(event)) {
            lost.incrementAndGet();
        }
    }

    private DoorEvent event(
            RoutingContext context,
            DoorEvent.Outcome outcome,
            String method,
            String what,
            String concerning,
            int status,
            String why) {
        Optional<Bearers.Bearer> bearer = Bearers.bearer(context);
        return new DoorEvent(
                clock.instant(),
                outcome,
                bearer.map(Bearers.Bearer::subject).orElse("?"),
                bearer.map(Bearers.Bearer::client).orElse("?"),
                bearer.map(found -> found.unit().toString()).orElse("none"),
                method,
                what,
                concerning,
                status,
                why);
    }

    /** What comes after the name of a resource may name a record, and so a person. */
    private static String start(@Nullable String path) {
        Matcher start = START.matcher(path == null ? "" : path);
        return start.lookingAt() ? start.group() : "?";
    }

    void start(@Observes StartupEvent event) {
        Thread writer = new Thread(this::run, "door-audit");
        writer.setDaemon(true);
        thread = writer;
        writer.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopped.countDown();
        if (thread != null) {
            thread.join(PATIENCE.toMillis());
        }
    }

    private void run() {
        List<DoorEvent> batch = new ArrayList<>();
        try {
            while (stopped.getCount() > 0 || !queue.isEmpty()) {
                DoorEvent first = queue.poll(PAUSE_SECONDS, TimeUnit.SECONDS);
                if (first != null) {
                    batch.add(first);
                    queue.drainTo(batch, BATCH - 1);
                    keep(withLost(batch));
                    batch.clear();
                }
                keepTally();
            }
            keepTally();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Each time a while has passed, and at the end. */
    private void keepTally() throws InterruptedException {
        if (System.nanoTime() - talliedAt < tallyNanos && stopped.getCount() > 0) {
            return;
        }
        talliedAt = System.nanoTime();
        Map<DoorEvent, Long> counted = tally.take();
        if (!counted.isEmpty()) {
            keep(counted);
        }
    }

    private Map<DoorEvent, Long> withLost(List<DoorEvent> batch) {
        Map<DoorEvent, Long> events = Entry.counted(batch);
        long missed = lost.getAndSet(0);
        if (missed > 0) {
            events.put(DoorEvent.lost(clock.instant()), missed);
        }
        return events;
    }

    /** Until they are kept or set aside: what comes meanwhile waits in the queue. */
    private void keep(Map<DoorEvent, Long> events) throws InterruptedException {
        boolean told = false;
        while (true) {
            try {
                tell(store.append(events));
                return;
            } catch (SQLException failed) {
                String state = failed.getSQLState();
                if (state != null && FAULTS.contains(state.substring(0, 2))) {
                    keepApart(events, state);
                    return;
                }
                if (!told) {
                    LOG.warnf(
                            "The door's audit can't be written now waiting=%d cause=%s",
                            queue.size(), failed.toString());
                    told = true;
                }
            } catch (RuntimeException defect) {
                LOG.error("Events of the door's audit can't be written", defect);
                setAside(events);
                return;
            }
            if (stopped.await(PAUSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.errorf("The door stops with events that its audit lacks events=%d", events.size() + queue.size());
                queue.clear();
                return;
            }
        }
    }

    /** By halves, until those are found which the database refuses, so that all others are kept. */
    private void keepApart(Map<DoorEvent, Long> events, String state) throws InterruptedException {
        if (events.size() == 1) {
            LOG.errorf("The database refuses an event of the door's audit: it is set aside state=%s", state);
            setAside(events);
            return;
        }
        Map<DoorEvent, Long> first = new LinkedHashMap<>();
        Map<DoorEvent, Long> second = new LinkedHashMap<>();
        events.forEach((event, times) -> (first.size() < events.size() / 2 ? first : second).put(event, times));
        keep(first);
        keep(second);
    }

    /** What the chain does not get it counts as lost, with the next events. */
    private void setAside(Map<DoorEvent, Long> events) {
        events.forEach((event, times) -> {
            setAside.increment(times);
            if (event.outcome() != DoorEvent.Outcome.LOST) {
                lost.addAndGet(times);
            }
        });
    }

    /** The log is kept elsewhere: whoever rewrites the table can't rewrite it too. */
    private void tell(Entry.Head head) {
        long now = System.nanoTime();
        if (headToldAt == 0 || now - headToldAt > HEADS.toNanos()) {
            headToldAt = now;
            LOG.infof("The door's audit goes up to place=%d hash=%s", head.place(), head.hash());
        }
    }
}
