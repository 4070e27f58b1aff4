package vn.dvhc.sync.weight;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import vn.dvhc.contract.EdgeWeightData;
import vn.dvhc.sync.SyncConfig;
import vn.dvhc.sync.database.Databases;
import vn.dvhc.sync.handover.HandOvers;
import vn.dvhc.sync.periodic.PeriodicTasks;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Plans;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.units.Gate;
import vn.dvhc.sync.units.UnitKnowledge;
import vn.dvhc.timeline.UnitHistory;
import vn.dvhc.unit.UnitId;

/**
 * Counts divided units anew some time after they have changed, and never while a day is handed over or a database is away: half a
 * count would be a wrong one. What was noted is forgotten only when Kafka has the counts, so a crash repeats and loses nothing.
 */
@Singleton
class Weighing {

    private static final Logger LOG = Logger.getLogger(Weighing.class);

    /** Units counted at once. */
    private static final int UNITS = 1_000;

    /** Notes read of each database at once: many are about one unit. */
    private static final int NOTES = 20_000;

    private final SyncConfig config;
    private final Plans plans;
    private final Databases databases;
    private final UnitKnowledge knowledge;
    private final HandOvers handOvers;
    private final Gate gate;
    private final WeightTopic topic;

    @Inject
    Weighing(
            SyncConfig config,
            Plans plans,
            Databases databases,
            UnitKnowledge knowledge,
            HandOvers handOvers,
            Gate gate,
            WeightTopic topic) {
        this.config = config;
        this.plans = plans;
        this.databases = databases;
        this.knowledge = knowledge;
        this.handOvers = handOvers;
        this.gate = gate;
        this.topic = topic;
    }

    void start(@Observes StartupEvent event, PeriodicTasks tasks) {
        tasks.start("weights", this::round);
    }

    private Duration round() {
        Plan plan = plans.current().orElse(null);
        if (plan != null && gate.hasOpened() && handOvers.unfinished().isEmpty()) {
            attempt(plan);
        }
        return config.weights().every();
    }

    private void attempt(Plan plan) {
        try {
            boolean more = true;
            while (more) {
                more = round(plan);
            }
        } catch (SQLException | RuntimeException failed) {
            LOG.debug("Not counted, to be tried again", failed);
        }
    }

    /** @return whether there may be more */
    private boolean round(Plan plan) throws SQLException {
        List<Source> homes = plan.sources().stream()
                .filter(source -> !source.equals(plan.nation()))
                .toList();
        Map<Source, List<WeightStore.Change>> notes = new LinkedHashMap<>();
        Set<String> changed = new LinkedHashSet<>();
        for (Source home : homes) {
            List<WeightStore.Change> found =
                    databases.asOwner(home, connection -> WeightStore.changes(connection, NOTES));
            notes.put(home, found);
            found.forEach(note -> changed.add(note.unit()));
        }
        return !changed.isEmpty()
                && count(plan, notes, changed.stream().limit(UNITS).toList());
    }

    private boolean count(Plan plan, Map<Source, List<WeightStore.Change>> notes, List<String> units)
            throws SQLException {
        List<EdgeWeightData> published = new ArrayList<>();
        Map<String, Tally> tallies = new LinkedHashMap<>();
        units.forEach(unit -> tallies.put(unit, new Tally()));
        boolean alone = databases.asOwner(plan.nation(), connection -> {
            if (!WeightStore.isAlone(connection)) {
                return false;
            }
            Instant countedAt = Instant.now().truncatedTo(ChronoUnit.SECONDS);
            for (Source home : notes.keySet()) {
                databases
                        .asOwner(home, ledger -> WeightStore.counts(ledger, units))
                        .forEach(count -> tallies.computeIfAbsent(count.unit(), unit -> new Tally())
                                .add(count.dataset(), count.to(), count.records()));
            }
            tallies.forEach((unit, tally) -> {
                LocalDate ended = ended(unit);
                if (ended != null) {
                    published.add(tally.data(
                            unit,
                            ended,
                            countedAt,
                            dataset ->
                                    plan.dataset(dataset).map(Dataset::follows).orElse(null)));
                }
            });
            topic.publish(published);
            return true;
        });
        if (!alone) {
            return false;
        }
        for (Map.Entry<Source, List<WeightStore.Change>> home : notes.entrySet()) {
            List<WeightStore.Change> done = WeightStore.about(tallies, home.getValue());
            if (!done.isEmpty()) {
                databases.runAsOwner(home.getKey(), connection -> WeightStore.forget(connection, done));
            }
        }
        LOG.debugf("Weights published: units=%d", published.size());
        return true;
    }

    /** Null if the unit goes on by now, after a correction. */
    private @Nullable LocalDate ended(String unit) {
        return knowledge
                .state()
                .timeline()
                .find(UnitId.parse(unit))
                .map(UnitHistory::ended)
                .orElse(null);
    }
}
