package vn.dvhc.sync.reference;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.periodic.PeriodicTasks;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Plans;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.units.Gate;
import vn.dvhc.sync.units.UnitKnowledge;

/** Keeps the units in every database equal to those the service goes by; one that is away gets them when it is back. */
@Singleton
public class ReferenceKeeper {

    private static final Logger LOG = Logger.getLogger(ReferenceKeeper.class);

    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration BEFORE_NEXT_TRY = Duration.ofSeconds(10);

    private final Plans plans;
    private final Gate gate;
    private final UnitKnowledge knowledge;
    private final ReferenceTables tables;
    private final Map<String, Held> held = new ConcurrentHashMap<>();
    private final Map<String, Instant> nextTry = new HashMap<>();

    @Inject
    ReferenceKeeper(Plans plans, Gate gate, UnitKnowledge knowledge, ReferenceTables tables) {
        this.plans = plans;
        this.gate = gate;
        this.knowledge = knowledge;
        this.tables = tables;
    }

    private record Held(String digest, long sequence) {}

    /**
     * The units in one database.
     *
     * @param sequence the last message of {@code unit-changes.v1} they contain; null if the database has not been seen
     * @param current whether they are those the service goes by
     */
    @Schema(name = "ReferenceTableStatus")
    public record Status(String source, @Nullable Long sequence, boolean current) {}

    /** The units in every database. */
    public List<Status> statuses() {
        UnitKnowledge.State state = knowledge.state();
        return plans.current().stream()
                .flatMap(plan -> plan.sources().stream())
                .map(source -> {
                    Held has = held.get(source.name());
                    return new Status(
                            source.name(),
                            has == null ? null : has.sequence(),
                            has != null && has.sequence() == state.sequence());
                })
                .toList();
    }

    void start(@Observes StartupEvent event, PeriodicTasks tasks) {
        tasks.start("reference", this::round);
    }

    private Duration round() {
        Optional<Plan> plan = plans.current();
        if (plan.isPresent() && gate.hasOpened()) {
            UnitKnowledge.State state = knowledge.state();
            plan.get().sources().forEach(source -> bring(source, state));
        }
        return LOOK;
    }

    private void bring(Source source, UnitKnowledge.State state) {
        Held has = held.get(source.name());
        if (has != null && has.sequence() == state.sequence()
                || Instant.now().isBefore(nextTry.getOrDefault(source.name(), Instant.MIN))) {
            return;
        }
        String digest = state.timeline().digest();
        try {
            if (has == null
                    ? !tables.digest(source).equals(Optional.of(digest))
                    : !has.digest().equals(digest)) {
                tables.write(source, state);
                LOG.infof("Units written: database=%s sequence=%d", source.name(), state.sequence());
            }
            held.put(source.name(), new Held(digest, state.sequence()));
            nextTry.remove(source.name());
        } catch (SQLException failed) {
            LOG.warnf("Units not written yet: database=%s cause=%s", source.name(), failed.getMessage());
            nextTry.put(source.name(), Instant.now().plus(BEFORE_NEXT_TRY));
        }
    }
}
