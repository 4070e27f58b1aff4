package vn.dvhc.sync.connector;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.SyncConfig;
import vn.dvhc.sync.database.Databases;
import vn.dvhc.sync.database.Statements;
import vn.dvhc.sync.periodic.PeriodicTasks;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Plans;
import vn.dvhc.sync.plan.Source;

/**
 * Measures how much log each source keeps for its slot. A slot that nobody moves on fills the disk of a province's database; one that is
 * left behind while only others write is nudged, so what grows is a connector that does not run.
 */
@Singleton
public class SlotGuardian {

    private static final Logger LOG = Logger.getLogger(SlotGuardian.class);

    private static final String MEASURE =
            "SELECT coalesce(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn), 0)::bigint, active, wal_status"
                    + " FROM pg_replication_slots WHERE slot_name = ?";

    private final SyncConfig config;
    private final Plans plans;
    private final Databases databases;
    private final SlotNudge nudge;
    private final MultiGauge retained;
    private final Map<String, Slot> slots = new ConcurrentHashMap<>();

    @Inject
    SlotGuardian(SyncConfig config, Plans plans, Databases databases, SlotNudge nudge, MeterRegistry meters) {
        this.config = config;
        this.plans = plans;
        this.databases = databases;
        this.nudge = nudge;
        this.retained = MultiGauge.builder("dvhc.slot.retained.bytes")
                .description("Log that a source's database keeps for its replication slot")
                .register(meters);
    }

    /**
     * A source's replication slot.
     *
     * @param retainedBytes log that its database keeps for it
     * @param active whether a connector reads it now
     * @param walStatus PostgreSQL's word: {@code reserved}, {@code extended}, {@code unreserved} or {@code lost}
     * @param warning whether it keeps more than is good for the database, or has lost what it needs
     */
    @Schema(name = "Slot")
    public record Slot(
            long retainedBytes, boolean active, @Nullable String walStatus, boolean warning) {}

    /** The slot as it was last measured; empty if there is none, or its database does not answer. */
    public Optional<Slot> slot(Source source) {
        return Optional.ofNullable(slots.get(source.name()));
    }

    void start(@Observes StartupEvent event, PeriodicTasks tasks) {
        tasks.start("slots", this::round);
    }

    private Duration round() {
        plans.current().ifPresent(plan -> {
            List<Source> owners = plan.sources().stream()
                    .filter(source -> !plan.ownedBy(source).isEmpty())
                    .toList();
            slots.keySet()
                    .removeIf(name ->
                            owners.stream().noneMatch(source -> source.name().equals(name)));
            owners.forEach(source -> measure(plan, source));
            publish();
        });
        return config.slots().check();
    }

    private void measure(Plan plan, Source source) {
        try (Connection connection = databases.look(source)) {
            long limit = config.slots().warnAbove().asLongValue();
            List<Slot> found = Statements.query(
                    connection,
                    MEASURE,
                    row -> new Slot(
                            row.getLong(1),
                            row.getBoolean(2),
                            row.getString(3),
                            row.getLong(1) > limit || "lost".equals(row.getString(3))),
                    source.slot());
            if (found.isEmpty()) {
                slots.remove(source.name());
                return;
            }
            Slot before = slots.put(source.name(), found.get(0));
            if (found.get(0).warning() && (before == null || !before.warning())) {
                LOG.warnf(
                        "Slot keeps too much of the log: source=%s bytes=%d limit=%d walStatus=%s",
                        source.name(),
                        found.get(0).retainedBytes(),
                        limit,
                        found.get(0).walStatus());
            }
            if (isLeftBehind(found.get(0), before)) {
                nudge(plan, source);
            }
        } catch (SQLException unreachable) {
            slots.remove(source.name());
            LOG.debugf(unreachable, "Slot not measured: source=%s", source.name());
        }
    }

    private void nudge(Plan plan, Source source) {
        try {
            nudge.write(plan, source);
        } catch (SQLException away) {
            LOG.debugf(away, "Slot not nudged: source=%s", source.name());
        }
    }

    /** Whether a slot that is read keeps more and more, or no less than before: most often others write, and its own database doesn't. */
    private boolean isLeftBehind(Slot slot, @Nullable Slot before) {
        return slot.active()
                && slot.retainedBytes() > config.slots().nudgeAbove().asLongValue()
                && (before == null || slot.retainedBytes() >= before.retainedBytes());
    }

    private void publish() {
        retained.register(
                slots.entrySet().stream()
                        .map(slot -> MultiGauge.Row.of(
                                Tags.of("source", slot.getKey()),
                                slot.getValue().retainedBytes()))
                        .toList(),
                true);
    }
}
