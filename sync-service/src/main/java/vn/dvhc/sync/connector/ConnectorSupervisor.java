package vn.dvhc.sync.connector;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.SyncConfig;
import vn.dvhc.sync.periodic.PeriodicTasks;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Plans;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.units.Gate;

/**
 * Keeps Kafka Connect equal to the plan: a connector for every source that owns a dataset, with the settings that follow from the
 * plan; what failed, the register's outbox included, is restarted, later each time; what is no longer declared is removed with its position and its slot. Every
 * replica does the same, and doing it twice changes nothing.
 */
@Singleton
public class ConnectorSupervisor {

    private static final Logger LOG = Logger.getLogger(ConnectorSupervisor.class);

    private final SyncConfig config;
    private final Plans plans;
    private final Gate gate;
    private final ConnectorSettings settings;
    private final Snapshots snapshots;
    private final SnapshotWishes wishes;
    private final Slots slots;
    private final @Nullable ConnectRest connect;
    private final MultiGauge running;
    private final Map<String, ConnectorState> states = new ConcurrentHashMap<>();
    private final Map<String, Backoff> backoffs = new HashMap<>();
    private @Nullable Plan noted;
    private @Nullable String problem;

    @Inject
    ConnectorSupervisor(
            SyncConfig config,
            Plans plans,
            Gate gate,
            ConnectorSettings settings,
            Snapshots snapshots,
            SnapshotWishes wishes,
            Slots slots,
            ObjectMapper json,
            MeterRegistry meters) {
        this.config = config;
        this.plans = plans;
        this.gate = gate;
        this.settings = settings;
        this.snapshots = snapshots;
        this.wishes = wishes;
        this.slots = slots;
        this.connect =
                config.connect().url().map(url -> new ConnectRest(url, json)).orElse(null);
        this.running = MultiGauge.builder("dvhc.connector.running")
                .description("1 if the source's connector runs")
                .register(meters);
    }

    /** What may fail for one source. */
    @FunctionalInterface
    private interface Step {
        void run() throws IOException, SQLException, InterruptedException;
    }

    /** How a source is captured, as of the last look. */
    public ConnectorState state(Source source) {
        return states.getOrDefault(source.name(), ConnectorState.of(connect == null ? "unmanaged" : "starting"));
    }

    void start(@Observes StartupEvent event, PeriodicTasks tasks) {
        if (connect != null) {
            ConnectRest rest = connect;
            tasks.start("connectors", () -> round(rest));
        }
    }

    private Duration round(ConnectRest rest) throws InterruptedException {
        Plan plan = plans.current().orElse(null);
        if (plan != null && gate.hasOpened()) {
            look(rest, plan);
        }
        return config.connect().check();
    }

    private void look(ConnectRest rest, Plan plan) throws InterruptedException {
        try {
            snapshots.makeTopics(plan);
            Map<String, ConnectRest.Seen> seen = rest.all();
            problem = null;
            for (Source source : plan.sources()) {
                attempt(source.name(), () -> look(rest, plan, source, seen.get(source.name())));
            }
            for (Map.Entry<String, ConnectRest.Seen> connector : seen.entrySet()) {
                if (isOrphan(plan, connector.getKey(), connector.getValue())) {
                    attempt(connector.getKey(), () -> remove(rest, connector.getKey(), connector.getValue()));
                } else if (isOfTheHouse(plan, connector.getKey(), connector.getValue())) {
                    attempt(connector.getKey(), () -> restartIfFailed(rest, connector.getKey(), connector.getValue()));
                }
            }
            askForSnapshots(rest, plan, seen);
        } catch (IOException | ExecutionException failed) {
            plan.sources().forEach(source -> states.put(source.name(), ConnectorState.of("unknown")));
            tell(failed.getMessage());
        }
        running.register(
                plan.sources().stream()
                        .filter(source -> !plan.ownedBy(source).isEmpty())
                        .map(source -> MultiGauge.Row.of(
                                Tags.of("source", source.name()),
                                state(source).state().equals("running") ? 1 : 0))
                        .toList(),
                true);
    }

    /** One source that can't be looked after must not keep the others from being. */
    private void attempt(String source, Step step) throws InterruptedException {
        try {
            step.run();
        } catch (IOException | SQLException failed) {
            LOG.warnf("Connector not looked after: source=%s cause=%s", source, failed.getMessage());
            states.put(
                    source,
                    new ConnectorState("failed", "Kafka Connect hoặc cơ sở dữ liệu từ chối; xem nhật ký.", 0, null));
        }
    }

    private void tell(@Nullable String found) {
        if (found != null && !found.equals(problem)) {
            LOG.warnf("Connectors can't be looked after: cause=%s", found);
        }
        problem = found;
    }

    private void look(ConnectRest rest, Plan plan, Source source, ConnectRest.@Nullable Seen seen)
            throws IOException, InterruptedException {
        if (plan.ownedBy(source).isEmpty()) {
            states.put(source.name(), ConnectorState.of("none"));
            return;
        }
        Map<String, String> wanted = settings.of(plan, source);
        if (seen == null || !sameSettings(seen.settings(), wanted)) {
            rest.put(source.name(), wanted);
            LOG.infof("Connector told its settings: source=%s new=%s", source.name(), seen == null);
            states.put(source.name(), ConnectorState.of("starting"));
            return;
        }
        states.put(source.name(), state(seen, restartIfFailed(rest, source.name(), seen)));
    }

    private Backoff restartIfFailed(ConnectRest rest, String name, ConnectRest.Seen seen)
            throws IOException, InterruptedException {
        Backoff backoff = backoffs.computeIfAbsent(
                name,
                first -> new Backoff(
                        config.connect().firstRestart(), config.connect().longestRestart()));
        Instant now = Instant.now();
        if (seen.hasFailed()) {
            if (backoff.failed(now)) {
                LOG.warnf("Connector restarted: name=%s attempt=%d", name, backoff.attempts());
                rest.restartFailed(name);
            }
        } else if (seen.isRunning()) {
            backoff.runs(now);
        }
        return backoff;
    }

    private static ConnectorState state(ConnectRest.Seen seen, Backoff backoff) {
        String state = seen.hasFailed()
                ? "failed"
                : seen.isRunning()
                        ? "running"
                        : "STOPPED".equals(seen.state()) || "PAUSED".equals(seen.state()) ? "stopped" : "starting";
        Instant next = backoff.nextAt();
        return new ConnectorState(
                state,
                seen.hasFailed() ? firstLine(seen.trace()) : null,
                backoff.attempts(),
                next == null ? null : next.toString());
    }

    /** The kind of failure only: what follows the colon may quote a row. */
    private static @Nullable String firstLine(@Nullable String trace) {
        return trace == null ? null : trace.lines().findFirst().orElse("").replaceAll(":.*", "");
    }

    /** Connect adds the name to what it was told. */
    private static boolean sameSettings(Map<String, String> seen, Map<String, String> wanted) {
        Map<String, String> told = new HashMap<>(seen);
        told.remove("name");
        return told.equals(wanted);
    }

    /** A connector that this service made for a source that is not declared any more. */
    private static boolean isOrphan(Plan plan, String name, ConnectRest.Seen seen) {
        return ("cdc." + name).equals(seen.settings().get(ConnectorSettings.TOPIC_PREFIX))
                && plan.source(name)
                        .filter(source -> !plan.ownedBy(source).isEmpty())
                        .isEmpty();
    }

    /** The register's outbox: nobody else would restart it, and without it no decision reaches anybody. */
    private static boolean isOfTheHouse(Plan plan, String name, ConnectRest.Seen seen) {
        return seen.settings().getOrDefault("slot.name", "").startsWith("dvhc_")
                && plan.source(name).isEmpty();
    }

    /** The slot goes too: nobody would move it on, and it would keep the log of its database for ever. */
    private void remove(ConnectRest rest, String name, ConnectRest.Seen seen)
            throws IOException, InterruptedException, SQLException {
        if (!"STOPPED".equals(seen.state())) {
            rest.stop(name);
            return;
        }
        if (!seen.tasks().isEmpty() || !slots.drop(seen.settings())) {
            return; // It still runs: at the next look.
        }
        rest.forget(name);
        rest.delete(name);
        states.remove(name);
        backoffs.remove(name);
        LOG.infof("Connector removed: source=%s", name);
    }

    /**
     * The rows that were there before, which no connector sends by itself. They are asked for only when the position of the source's
     * stream is kept: whatever ends a row after it was read then comes through the stream, however often the connector begins again.
     */
    private void askForSnapshots(ConnectRest rest, Plan plan, Map<String, ConnectRest.Seen> seen)
            throws InterruptedException, ExecutionException, IOException {
        try {
            if (!plan.equals(noted)) {
                wishes.note(plan);
                noted = plan;
            }
            Set<String> due = wishes.due(plan);
            for (Source source : plan.sources()) {
                ConnectRest.Seen connector = seen.get(source.name());
                if (due.contains(source.name())
                        && connector != null
                        && connector.isRunning()
                        && sameSettings(connector.settings(), settings.of(plan, source))
                        && rest.hasPosition(source.name())) {
                    wishes.ask(plan, source);
                }
            }
        } catch (SQLException away) {
            LOG.warnf("Snapshots not asked for: cause=%s", away.getMessage());
        }
    }
}
