package vn.dvhc.sync.manifest;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.SyncConfig;
import vn.dvhc.sync.database.Databases;
import vn.dvhc.sync.database.LedgerClock;
import vn.dvhc.sync.database.Statements;
import vn.dvhc.sync.periodic.PeriodicTasks;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Plans;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.units.Gate;
import vn.dvhc.sync.units.UnitKnowledge;
import vn.dvhc.time.BusinessClock;

/**
 * Writes down what the ledgers say of the days whose hand-over is done, and a further version of whatever they say otherwise later. The
 * ledgers are summed only if one was written to since; a database that does not answer delays it, since half a sum is none.
 */
@Singleton
class Sealing {

    private static final Logger LOG = Logger.getLogger(Sealing.class);

    private static final int AT_ONCE = 1_000;

    /** Rest after a sum, in durations of it. */
    private static final int REST = 9;

    private static final String LATEST =
            "SELECT DISTINCT ON (enactment, manifest) enactment, manifest, version, figures FROM sync.handover_entry"
                    + " WHERE kind = 'manifest'%s ORDER BY enactment, manifest, version DESC";

    private final SyncConfig config;
    private final Plans plans;
    private final Databases databases;
    private final UnitKnowledge knowledge;
    private final BusinessClock clock;
    private final Gate gate;
    private String sealed = "";

    @Inject
    Sealing(
            SyncConfig config,
            Plans plans,
            Databases databases,
            UnitKnowledge knowledge,
            BusinessClock clock,
            Gate gate) {
        this.config = config;
        this.plans = plans;
        this.databases = databases;
        this.knowledge = knowledge;
        this.clock = clock;
        this.gate = gate;
    }

    /** A version that was sealed. */
    private record Version(int number, String figures) {
        private static final Version NONE = new Version(0, Figures.NONE.text());
    }

    void start(@Observes StartupEvent event, PeriodicTasks tasks) {
        tasks.start("sealing", this::round);
    }

    private Duration round() {
        long started = System.nanoTime();
        Plan plan = plans.current().orElse(null);
        if (plan != null && gate.hasOpened()) {
            attempt(plan);
        }
        Duration rest = Duration.ofNanos(System.nanoTime() - started).multipliedBy(REST);
        Duration check = config.handover().check();
        return rest.compareTo(check) > 0 ? rest : check;
    }

    private void attempt(Plan plan) {
        try {
            Set<LocalDate> days = daysDone(plan);
            if (days.isEmpty()) {
                return;
            }
            List<Source> homes = plan.sources().stream()
                    .filter(source -> !source.equals(plan.nation()))
                    .toList();
            StringBuilder state = new StringBuilder(days.toString());
            for (Source home : homes) {
                state.append(' ').append(databases.asOwner(home, LedgerClock::read));
            }
            if (!state.toString().equals(sealed)) {
                seal(plan, homes, days);
                sealed = state.toString();
            }
        } catch (SQLException | RuntimeException failed) {
            LOG.warnf(
                    failed instanceof RuntimeException ? failed : null,
                    "Manifests to be sealed later: cause=%s",
                    failed.getMessage());
        }
    }

    private void seal(Plan plan, List<Source> homes, Set<LocalDate> days) throws SQLException {
        Map<Subject, Figures> sums = new HashMap<>();
        for (Source home : homes) {
            databases.runAsOwner(home, connection -> LedgerSums.add(connection, days, sums));
        }
        Map<Subject, Version> latest = databases.asOwner(plan.nation(), connection -> latest(connection, null));
        latest.keySet().forEach(subject -> sums.putIfAbsent(subject, Figures.NONE));
        Map<LocalDate, List<Subject>> changed = sums.keySet().stream()
                .filter(subject -> days.contains(subject.enactment()))
                .filter(subject -> differs(latest, subject, sums))
                .collect(Collectors.groupingBy(Subject::enactment, TreeMap::new, Collectors.toList()));
        Provenance provenance = new Provenance(knowledge.state());
        for (Map.Entry<LocalDate, List<Subject>> day : changed.entrySet()) {
            List<Subject> subjects = new ArrayList<>(day.getValue());
            subjects.sort(Comparator.comparing(Subject::id));
            for (int i = 0; i < subjects.size(); i += AT_ONCE) {
                List<Subject> piece = subjects.subList(i, Math.min(i + AT_ONCE, subjects.size()));
                databases.runAsOwner(
                        plan.nation(), connection -> append(connection, day.getKey(), piece, sums, provenance));
            }
            LOG.infof("Manifests sealed: enactment=%s versions=%d", day.getKey(), subjects.size());
        }
        databases.runAsOwner(plan.nation(), connection -> complete(connection, days, sums));
    }

    /** Tells once of each day that it is done, behind its manifests. */
    private void complete(Connection connection, Set<LocalDate> days, Map<Subject, Figures> sums) throws SQLException {
        Set<LocalDate> open = new TreeSet<>(days);
        open.removeAll(completed(connection));
        if (open.isEmpty()) {
            return;
        }
        Chain.lock(connection);
        open.removeAll(completed(connection));
        for (LocalDate day : open) {
            List<Subject> subjects = sums.keySet().stream()
                    .filter(subject -> subject.enactment().equals(day))
                    .toList();
            DayComplete complete =
                    DayComplete.of(day, subjects, sums, clock.instant().toString());
            Chain.append(
                    connection,
                    List.of(new Chain.Draft("day", day, "", 1, "", "", Canonical.write(complete))),
                    "sync-service",
                    "manifest-seal",
                    "handover:" + day);
        }
    }

    private static List<LocalDate> completed(Connection connection) throws SQLException {
        return Statements.query(
                connection,
                "SELECT enactment FROM sync.handover_entry WHERE kind = 'day'",
                row -> row.getObject(1, LocalDate.class));
    }

    private static boolean differs(Map<Subject, Version> latest, Subject subject, Map<Subject, Figures> sums) {
        return !latest.getOrDefault(subject, Version.NONE)
                .figures()
                .equals(sums.getOrDefault(subject, Figures.NONE).text());
    }

    /** What another replica sealed meanwhile is seen under the lock, and left as it is. */
    private void append(
            Connection connection,
            LocalDate day,
            List<Subject> subjects,
            Map<Subject, Figures> sums,
            Provenance provenance)
            throws SQLException {
        Chain.lock(connection);
        Map<Subject, Version> latest = latest(connection, day);
        Set<String> goingBack = Reversal.running(connection, day);
        List<Chain.Draft> drafts = new ArrayList<>();
        for (Subject subject : subjects) {
            if (differs(latest, subject, sums) && !goingBack.contains(subject.id())) {
                int version = latest.getOrDefault(subject, Version.NONE).number() + 1;
                Figures figures = sums.getOrDefault(subject, Figures.NONE);
                Manifest manifest = manifest(subject, version, figures, sums, provenance);
                drafts.add(new Chain.Draft(
                        "manifest", day, subject.id(), version, "", figures.text(), Canonical.write(manifest)));
            }
        }
        if (!drafts.isEmpty()) {
            Chain.append(connection, drafts, "sync-service", "manifest-seal", "handover:" + day);
        }
    }

    private Manifest manifest(
            Subject subject, int version, Figures figures, Map<Subject, Figures> sums, Provenance provenance) {
        Figures left = sums.getOrDefault(
                new Subject(subject.enactment(), subject.dataset(), subject.from(), null), Figures.NONE);
        return new Manifest(
                subject.id(),
                subject.enactment(),
                version,
                subject.dataset(),
                provenance.party(subject.from()),
                subject.to() == null ? null : provenance.party(subject.to()),
                List.copyOf(new TreeSet<>(figures.fromHomes())),
                List.copyOf(new TreeSet<>(figures.toHomes())),
                new Manifest.Records(
                        figures.given(),
                        figures.givenSum().toPlainString(),
                        figures.received(),
                        figures.receivedSum().toPlainString(),
                        figures.isEqual(),
                        figures.late(),
                        figures.lateChanges()),
                new Manifest.Exceptions(
                        left.queued(), left.rejected(), provenance.reasons(subject, left.queued(), left.rejected())),
                provenance.basis(subject),
                figures.startedAt(),
                figures.endedAt(),
                clock.instant().toString());
    }

    private Set<LocalDate> daysDone(Plan plan) throws SQLException {
        List<LocalDate> days = databases.asOwner(
                plan.nation(),
                connection -> Statements.query(
                        connection,
                        "SELECT date FROM sync.enactment WHERE state = 'done'",
                        row -> row.getObject(1, LocalDate.class)));
        return new TreeSet<>(days);
    }

    private static Map<Subject, Version> latest(Connection connection, @Nullable LocalDate day) throws SQLException {
        Map<Subject, Version> latest = new HashMap<>();
        Statements.query(
                        connection,
                        String.format(LATEST, day == null ? "" : " AND enactment = ?::date"),
                        row -> Map.entry(
                                Subject.parse(row.getObject(1, LocalDate.class), row.getString(2))
                                        .orElseThrow(),
                                new Version(row.getInt(3), row.getString(4))),
                        day == null ? new Object[0] : new Object[] {day.toString()})
                .forEach(version -> latest.put(version.getKey(), version.getValue()));
        return latest;
    }
}
