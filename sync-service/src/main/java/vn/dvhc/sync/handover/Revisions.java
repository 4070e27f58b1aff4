package vn.dvhc.sync.handover;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.UnitEvent;
import vn.dvhc.sync.SyncConfig;
import vn.dvhc.sync.count.RecordCounter;
import vn.dvhc.sync.database.Databases;
import vn.dvhc.sync.database.DatasetSql;
import vn.dvhc.sync.database.Statements;
import vn.dvhc.sync.home.Homes;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Plans;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.recode.Decider;
import vn.dvhc.sync.recode.Localities;
import vn.dvhc.sync.recode.RecordUnit;
import vn.dvhc.sync.recode.Verdict;
import vn.dvhc.sync.units.Gate;
import vn.dvhc.sync.units.UnitKnowledge;
import vn.dvhc.time.BusinessClock;
import vn.dvhc.timeline.Chronicle;
import vn.dvhc.timeline.Entry;
import vn.dvhc.timeline.Group;
import vn.dvhc.unit.UnitId;

/**
 * Decides records anew, and only those, when what decided them has changed: a correction of their day, or localities of their unit that
 * were assigned while they waited. Runs beside the streams, one after the other, each until it works.
 */
@Singleton
public class Revisions {

    private static final Logger LOG = Logger.getLogger(Revisions.class);

    private static final Duration BEFORE_NEXT_TRY = Duration.ofMillis(500);

    private final SyncConfig config;
    private final Plans plans;
    private final Databases databases;
    private final UnitKnowledge knowledge;
    private final BusinessClock clock;
    private final HandOvers handOvers;
    private final LateRecoding lateRecoding;
    private final Gate gate;
    private final RecordCounter counter;
    private final ScheduledExecutorService executor;
    private Localities settled = Localities.none();

    @Inject
    Revisions(
            SyncConfig config,
            Plans plans,
            Databases databases,
            UnitKnowledge knowledge,
            BusinessClock clock,
            HandOvers handOvers,
            LateRecoding lateRecoding,
            Gate gate,
            RecordCounter counter) {
        this.config = config;
        this.plans = plans;
        this.databases = databases;
        this.knowledge = knowledge;
        this.clock = clock;
        this.handOvers = handOvers;
        this.lateRecoding = lateRecoding;
        this.gate = gate;
        this.counter = counter;
        this.executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "revision");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * A correction of a day, and what became of the records that it concerns.
     *
     * @param revised records that became something else
     * @param leftAlone records that should have, but were put into another unit by their owner since, or lie in an archive
     * @param elsewhere records, of the units it speaks of, in databases that serve another province than the unit's: they stay there; null
     *     while they are not counted
     * @param finishedAt null while it is worked on
     */
    @Schema(name = "HandOverCorrection")
    public record Taken(
            long sequence,
            String decision,
            String state,
            long revised,
            long leftAlone,
            @Nullable Long elsewhere,
            String takenAt,
            @Nullable String finishedAt) {}

    void start(@Observes StartupEvent event) {
        long every = config.handover().check().toMillis();
        executor.scheduleWithFixedDelay(this::settleLocalities, every, every, TimeUnit.MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        executor.shutdownNow();
    }

    /** Begins to revise what a correction concerns, unless that is done. The timeline holds it already. */
    void correct(Plan plan, Group.Correction correction) throws SQLException {
        boolean open = !databases
                .asReplica(
                        plan.nation(),
                        connection -> Statements.query(
                                connection,
                                "INSERT INTO sync.correction AS c (sequence, decision, enactment, state) VALUES (?, ?, ?::date,"
                                        + " 'running') ON CONFLICT (sequence) DO UPDATE SET state = c.state"
                                        + " RETURNING c.state",
                                row -> row.getString(1),
                                correction.lastSequence(),
                                correction.decision().value(),
                                correction.date().toString()))
                .contains("done");
        if (open) {
            Set<UnitId> units = concerned(knowledge.state().chronicle(), correction);
            LOG.infof(
                    "Correction begins: decision=%s enactment=%s sequence=%d units=%d",
                    correction.decision(), correction.date(), correction.lastSequence(), units.size());
            executor.submit(() -> attempt(correction, units));
        }
    }

    /** Those it says something of, or takes something back of. */
    private static Set<UnitId> concerned(Chronicle chronicle, Group.Correction correction) {
        Set<UnitId> units = new HashSet<>();
        for (Entry entry : correction.entries()) {
            add(units, entry);
            Optional.ofNullable(entry.retracts()).flatMap(chronicle::message).ifPresent(struck -> add(units, struck));
        }
        return units;
    }

    private static void add(Set<UnitId> units, Entry entry) {
        entry.facts().forEach(fact -> {
            units.add(fact.event().unit());
            if (fact.event() instanceof UnitEvent.Succeeded succeeded) {
                units.add(succeeded.edge().to());
            }
        });
    }

    private void attempt(Group.Correction correction, Set<UnitId> units) {
        LocalDate day = correction.date();
        try {
            if (handOvers.unfinished().stream()
                    .anyMatch(waiting -> !waiting.day().isAfter(day))) {
                later(() -> attempt(correction, units));
                return;
            }
            Plan plan = plans.current().orElseThrow();
            List<String> ended = endedAfterAll(units, day);
            Homes homes = Homes.of(plan, knowledge.state().timeline());
            long left = 0;
            for (Source home : homes(plan)) {
                for (Dataset dataset : recoded(plan, home)) {
                    Decider decider = decider(dataset, day);
                    Revision.Judge judge = (line, former, present) -> revised(line, present, decider.decide(former));
                    // What an archive holds stays as it was, and its records live elsewhere.
                    if (homes.newHome(home).isPresent()) {
                        left += revision(home, dataset, day).tell(units, judge).left();
                        continue;
                    }
                    Revision.Count count = revision(home, dataset, day).run(units, false, judge);
                    left += count.left();
                    note(plan, correction, count.revised() + recodeKept(home, dataset, day, ended, decider));
                }
            }
            finish(plan, correction, left, counter.elsewhere(units));
        } catch (SQLException | RuntimeException failed) {
            LOG.warnf(
                    failed instanceof RuntimeException ? failed : null,
                    "Correction to be tried again: sequence=%d cause=%s",
                    correction.lastSequence(),
                    failed.getMessage());
            later(() -> attempt(correction, units));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** The codes of units that the day ends now. Where it had kept them, their records have no lines that could be revised. */
    private List<String> endedAfterAll(Set<UnitId> units, LocalDate day) {
        return units.stream()
                .flatMap(unit -> knowledge.state().timeline().find(unit).stream())
                .filter(history -> history.at(day).isEmpty())
                .flatMap(history -> history.at(day.minusDays(1)).stream())
                .map(unit -> unit.code().value())
                .sorted()
                .toList();
    }

    /** Re-codes the records that the hand-over had left as they were; answers how many. */
    private long recodeKept(Source home, Dataset dataset, LocalDate day, List<String> codes, Decider decider)
            throws SQLException, InterruptedException {
        String query = new DatasetSql(dataset).keysLeft();
        int batch = config.handover().batch();
        long recoded = 0;
        List<String> keys = List.of();
        do {
            String after = keys.isEmpty() ? "" : keys.get(keys.size() - 1);
            // No day takes effect between what a record is judged by and what is written.
            gate.enter();
            try {
                keys = databases.asOwner(
                        home,
                        connection -> Statements.query(
                                connection,
                                query,
                                row -> row.getString(1),
                                codes,
                                day.toString(),
                                after,
                                day.toString(),
                                dataset.name(),
                                batch));
                recoded += keys.isEmpty() ? 0 : lateRecoding.recodeInPlace(home, dataset, keys, day, decider);
            } finally {
                gate.leave();
            }
        } while (keys.size() == batch);
        return recoded;
    }

    private void later(Runnable task) {
        executor.schedule(task, BEFORE_NEXT_TRY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What the acts say now, where that differs; a person's choice among the units that remain stands. */
    private static Optional<Verdict> revised(Revision.Line line, RecordUnit present, Verdict now) {
        boolean chosen = "person".equals(line.way()) || "owner".equals(line.way());
        boolean stands = switch (now.outcome()) {
            case MOVED ->
                line.isMoved()
                        && String.valueOf(now.to()).equals(String.valueOf(line.to()))
                        && String.valueOf(now.code()).equals(present.code());
            case QUEUED ->
                line.isMoved()
                        ? chosen && now.candidates().contains(line.to())
                        : line.candidates().equals(Set.copyOf(now.candidates()));
            case KEPT -> line.outcome().equals(Verdict.Outcome.KEPT.label());
            case REJECTED -> true;
        };
        return stands ? Optional.empty() : Optional.of(now);
    }

    /** Done again, nothing is left to be revised, so nothing is counted twice. */
    private void note(Plan plan, Group.Correction correction, long revised) throws SQLException {
        databases.runAsReplica(
                plan.nation(),
                connection -> Statements.update(
                        connection,
                        "UPDATE sync.correction SET revised = revised + ? WHERE sequence = ?",
                        revised,
                        correction.lastSequence()));
    }

    private void finish(Plan plan, Group.Correction correction, long left, long elsewhere) throws SQLException {
        databases.runAsReplica(
                plan.nation(),
                connection -> Statements.update(
                        connection,
                        "UPDATE sync.correction SET state = 'done', finished_at = clock_timestamp(), left_alone = ?, elsewhere = ?"
                                + " WHERE sequence = ?",
                        left,
                        elsewhere,
                        correction.lastSequence()));
        LOG.infof("Correction done: sequence=%d elsewhere=%d", correction.lastSequence(), elsewhere);
    }

    /** Records that wait of units whose localities were assigned since; after the hand-overs that are going on, which may bring more. */
    private void settleLocalities() {
        Localities localities = knowledge.state().localities();
        Plan plan = plans.current().orElse(null);
        Set<UnitId> units = localities.changedSince(settled);
        if (plan == null
                || units.isEmpty()
                || !gate.hasOpened()
                || handOvers.unfinished().stream().anyMatch(part -> part.problem() == null)) {
            return;
        }
        try {
            Revision.Count count = Revision.Count.NONE;
            Homes homes = Homes.of(plan, knowledge.state().timeline());
            for (Source home : homes(plan)) {
                if (homes.newHome(home).isPresent()) {
                    // What waited there waits in the new home.
                    continue;
                }
                for (Dataset dataset : recoded(plan, home)) {
                    for (LocalDate day : daysWaited(home, dataset, units)) {
                        Decider decider = decider(dataset, day);
                        count = count.plus(revision(home, dataset, day)
                                .runWaiting(
                                        units,
                                        (line, former, present) -> Optional.of(decider.decide(former))
                                                .filter(verdict -> verdict.outcome() == Verdict.Outcome.MOVED)));
                    }
                }
            }
            settled = localities;
            LOG.infof("Localities assigned: units=%d records=%d", units.size(), count.revised());
        } catch (SQLException | RuntimeException failed) {
            LOG.warnf(
                    failed instanceof RuntimeException ? failed : null,
                    "Waiting records to be looked at again: cause=%s",
                    failed.getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private List<LocalDate> daysWaited(Source home, Dataset dataset, Set<UnitId> units) throws SQLException {
        return databases.asOwner(
                home,
                connection -> Statements.query(
                        connection,
                        "SELECT DISTINCT enactment FROM sync.queued_record WHERE dataset = ? AND NOT held"
                                + " AND unit_id = ANY (?::text[]) ORDER BY 1",
                        row -> row.getObject(1, LocalDate.class),
                        dataset.name(),
                        units.stream().map(UnitId::toString).toList()));
    }

    /** Corrections of a day, the first first; at most 1,000. */
    public List<Taken> of(LocalDate day) throws SQLException {
        Plan plan = plans.current().orElse(null);
        return plan == null
                ? List.of()
                : databases.asOwner(
                        plan.nation(),
                        connection -> Statements.query(
                                connection,
                                "SELECT sequence, decision, state, revised, left_alone, elsewhere, taken_at::text, finished_at::text"
                                        + " FROM sync.correction WHERE enactment = ?::date ORDER BY sequence LIMIT 1000",
                                row -> new Taken(
                                        row.getLong(1),
                                        row.getString(2),
                                        row.getString(3),
                                        row.getLong(4),
                                        row.getLong(5),
                                        row.getObject(6, Long.class),
                                        row.getString(7),
                                        row.getString(8)),
                                day.toString()));
    }

    private static List<Source> homes(Plan plan) {
        return plan.sources().stream()
                .filter(source -> !source.equals(plan.nation()))
                .toList();
    }

    private static List<Dataset> recoded(Plan plan, Source home) {
        return plan.ownedBy(home).stream().filter(Dataset::isRecoded).toList();
    }

    private Revision revision(Source home, Dataset dataset, LocalDate day) {
        return new Revision(
                databases,
                gate,
                home,
                dataset,
                day,
                knowledge.state().timeline(),
                config.handover().batch());
    }

    private Decider decider(Dataset dataset, LocalDate day) {
        UnitKnowledge.State state = knowledge.state();
        return state.decider(dataset, day, clock.today());
    }
}
