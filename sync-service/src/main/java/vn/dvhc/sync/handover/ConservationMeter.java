package vn.dvhc.sync.handover;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import vn.dvhc.sync.SyncConfig;
import vn.dvhc.sync.database.Databases;
import vn.dvhc.sync.database.LedgerClock;
import vn.dvhc.sync.periodic.PeriodicTasks;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.units.Gate;

/**
 * Holds every ledger against what was read, while hand-overs run and after: a database's ledger is summed again only if it was
 * written to since, and each sum is followed by a rest of many times its own duration. What does not add up is stopped in the
 * database, so that whoever works on it ends with the next batch.
 */
@Singleton
class ConservationMeter {

    private static final Logger LOG = Logger.getLogger(ConservationMeter.class);

    /** Rest after a sum, in durations of it: at most a tenth of one connection goes into checking. */
    private static final int REST = 9;

    private static final int REST_MEANWHILE = 49;

    private final SyncConfig config;
    private final Accounts accounts;
    private final HandOvers handOvers;
    private final Databases databases;
    private final Gate gate;
    private final MultiGauge read;
    private final MultiGauge breached;
    private final Map<String, Checked> checked = new HashMap<>();

    @Inject
    ConservationMeter(
            SyncConfig config,
            Accounts accounts,
            HandOvers handOvers,
            Databases databases,
            Gate gate,
            MeterRegistry meters) {
        this.config = config;
        this.accounts = accounts;
        this.handOvers = handOvers;
        this.databases = databases;
        this.gate = gate;
        this.read = MultiGauge.builder("dvhc.handover.read.records")
                .description("Records that a hand-over has read at their former home")
                .register(meters);
        this.breached = MultiGauge.builder("dvhc.handover.breached")
                .description("1 for a hand-over whose figures don't add up and that waits for an operator, else 0")
                .register(meters);
    }

    /** What a ledger was like when it was summed last, and when it may be summed again, in nanoseconds. */
    private record Checked(String clock, long nextAt) {}

    void start(@Observes StartupEvent event, PeriodicTasks tasks) {
        tasks.start("conservation", this::round);
    }

    private Duration round() {
        if (gate.hasOpened()) {
            publish(checkAll());
        }
        return config.handover().check();
    }

    private List<Accounts.Part> checkAll() {
        List<Accounts.Part> parts = new ArrayList<>();
        for (Source home : accounts.homes()) {
            try {
                check(home);
                parts.addAll(accounts.partsIn(home));
            } catch (SQLException | RuntimeException away) {
                LOG.debugf("Ledger not checked: database=%s cause=%s", home.name(), away.getMessage());
            }
        }
        return parts;
    }

    private void check(Source home) throws SQLException {
        long started = System.nanoTime();
        Checked last = checked.get(home.name());
        if (last != null && started - last.nextAt() < 0) {
            return;
        }
        String clock = databases.asOwner(home, LedgerClock::read);
        if (last != null && last.clock().equals(clock)) {
            return;
        }
        Map<Settlement.Part, String> breaches = databases.asOwner(home, Settlement::breaches);
        for (Map.Entry<Settlement.Part, String> breach : breaches.entrySet()) {
            stop(home, breach.getKey(), breach.getValue());
        }
        long took = System.nanoTime() - started;
        checked.put(home.name(), new Checked(clock, System.nanoTime() + rest(home) * took));
        LOG.debugf(
                "Ledger checked: database=%s millis=%d",
                home.name(), Duration.ofNanos(took).toMillis());
    }

    /** Records that are being handed over are counted batch by batch, and all of them at their end: then the sums come seldom. */
    private long rest(Source home) {
        return handOvers.unfinished().stream().anyMatch(part -> part.to().equals(home.name()) && part.problem() == null)
                ? REST_MEANWHILE
                : REST;
    }

    private void stop(Source home, Settlement.Part part, String cause) throws SQLException {
        if (databases.asOwner(home, connection -> Settlement.stop(connection, part, cause))) {
            LOG.errorf(
                    "The figures of a hand-over don't add up: enactment=%s dataset=%s from=%s to=%s cause=%s",
                    part.enactment(), part.dataset(), part.from(), home.name(), cause);
        }
    }

    private void publish(List<Accounts.Part> parts) {
        List<MultiGauge.Row<?>> records = new ArrayList<>();
        List<MultiGauge.Row<?>> breaches = new ArrayList<>();
        for (Accounts.Part part : parts) {
            Tags tags = Tags.of(
                    "enactment", part.enactment().toString(),
                    "dataset", part.dataset(),
                    "from", part.from());
            records.add(MultiGauge.Row.of(tags, part.read()));
            breaches.add(MultiGauge.Row.of(tags, part.breach() == null ? 0 : 1));
        }
        read.register(records, true);
        breached.register(breaches, true);
    }
}
