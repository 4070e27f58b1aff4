package vn.dvhc.sync.handover;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.declare.PlanKeeper;
import vn.dvhc.sync.lane.Lanes;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Plans;
import vn.dvhc.sync.status.TopicEnds;
import vn.dvhc.sync.units.Gate;
import vn.dvhc.sync.units.UnitFeed;
import vn.dvhc.sync.units.UnitKnowledge;
import vn.dvhc.timeline.Group;

/**
 * Takes each day, correction and notice into the timeline while no stream passes, and begins the hand-overs of a day. After a crash
 * the same days are taken again from the topic, and a hand-over that had begun goes on.
 */
@Singleton
public class EnactmentCoordinator {

    private static final Logger LOG = Logger.getLogger(EnactmentCoordinator.class);

    private static final Duration BEFORE_NEXT_TRY = Duration.ofMillis(500);

    private final Plans plans;
    private final PlanKeeper keeper;
    private final HandOvers handOvers;
    private final Revisions revisions;
    private final Lanes lanes;
    private final UnitFeed feed;
    private final UnitKnowledge knowledge;
    private final TopicEnds ends;
    private final Gate gate;
    private volatile @Nullable String failure;
    private @Nullable Thread thread;

    @Inject
    EnactmentCoordinator(
            Plans plans,
            PlanKeeper keeper,
            HandOvers handOvers,
            Revisions revisions,
            Lanes lanes,
            UnitFeed feed,
            UnitKnowledge knowledge,
            TopicEnds ends,
            Gate gate) {
        this.plans = plans;
        this.keeper = keeper;
        this.handOvers = handOvers;
        this.revisions = revisions;
        this.lanes = lanes;
        this.feed = feed;
        this.knowledge = knowledge;
        this.ends = ends;
        this.gate = gate;
    }

    /** A step that may fail while a database or broker is away. */
    @FunctionalInterface
    private interface Step {
        void run() throws SQLException, InterruptedException, ExecutionException;
    }

    /** Why the coordinator can't go on; empty if it can. */
    public Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    void start(@Observes StartupEvent event) {
        Thread coordinator = new Thread(this::coordinate, "enactment");
        coordinator.setDaemon(true);
        coordinator.start();
        thread = coordinator;
    }

    void stop(@Observes ShutdownEvent event) {
        if (thread != null) {
            thread.interrupt();
        }
    }

    private void coordinate() {
        try {
            persist(keeper::load);
            persist(this::catchUp);
            // Without any unit every record would be refused: wait for the register's first day.
            List<Group> known = new ArrayList<>();
            while (knowledge.state().timeline().lastDay().isEmpty()) {
                List<Group> first = feed.nextGroups();
                feed.take(first);
                known.addAll(first);
            }
            LOG.infof(
                    "Units known: lastDay=%s sequence=%d",
                    knowledge.state().lastDay(), knowledge.state().sequence());
            persist(this::loadLanes);
            for (Group group : known) {
                persist(() -> handOver(group));
            }
            gate.open();
            while (true) {
                List<Group> groups = feed.nextGroups();
                gate.close();
                feed.take(groups);
                for (Group group : groups) {
                    persist(() -> handOver(group));
                }
                gate.open();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException defect) {
            failure = "Không thể tiếp nhận quyết định có hiệu lực; xem nhật ký của dịch vụ.";
            LOG.error("The coordinator stops", defect);
        }
    }

    private void loadLanes() throws SQLException {
        Plan declared = plans.current().orElse(null);
        if (declared != null) {
            lanes.load(declared.nation());
        }
    }

    /** Waits until everything that was in the units' topics at start is read. */
    private void catchUp() throws InterruptedException, ExecutionException {
        Map<String, Long> target = ends.of(feed.positions().keySet());
        while (!target.entrySet().stream()
                .allMatch(end -> feed.positions().getOrDefault(end.getKey(), 0L) >= end.getValue())) {
            LOG.debugf("Catching up: target=%s reached=%s", target, feed.positions());
            Thread.sleep(20);
        }
    }

    /** Tries until it works: a day that is in force can't be left out. */
    private void persist(Step step) throws InterruptedException {
        while (true) {
            try {
                step.run();
                failure = null;
                return;
            } catch (SQLException | ExecutionException failed) {
                failure = "Cơ sở dữ liệu hoặc Kafka tạm thời không trả lời.";
                LOG.warn("To be tried again", failed);
                Thread.sleep(BEFORE_NEXT_TRY.toMillis());
            }
        }
    }

    /** A notice changes nothing yet; a correction concerns only records of what it mends. */
    private void handOver(Group group) throws SQLException {
        Plan declared = plans.current().orElse(null);
        if (group instanceof Group.Correction correction && declared != null) {
            revisions.correct(declared, correction);
        }
        if (group instanceof Group.Day day
                && declared != null
                && UnitKnowledge.endsSomeUnit(day)
                && declared.isConcernedBy(day.date())
                && !handOvers.isDone(declared, day.date())) {
            handOvers.begin(declared, day.date());
        }
    }
}
