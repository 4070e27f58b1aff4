package vn.dvhc.sync.manifest;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.SyncConfig;
import vn.dvhc.sync.audit.AuditTrail;
import vn.dvhc.sync.database.Databases;
import vn.dvhc.sync.database.Statements;
import vn.dvhc.sync.handover.Revision;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Plans;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.recode.Decider;
import vn.dvhc.sync.recode.Verdict;
import vn.dvhc.sync.units.Gate;
import vn.dvhc.sync.units.UnitKnowledge;
import vn.dvhc.time.BusinessClock;
import vn.dvhc.unit.UnitId;

/**
 * Takes the hand-over of one manifest back while nobody has signed it: its records bear their former unit again and wait for a person,
 * where they live now. The version can't be signed any more; the next one says what is left. Blocks: call it from a worker.
 */
@Singleton
class Reversal {

    private final SyncConfig config;
    private final Plans plans;
    private final Databases databases;
    private final UnitKnowledge knowledge;
    private final BusinessClock clock;
    private final Gate gate;

    @Inject
    Reversal(
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

    /**
     * What became of a manifest's records.
     *
     * @param undone records that wait under their former unit again
     * @param left records that were put into another unit since, and are left there
     */
    @Schema(name = "ReversalReport")
    record Report(String manifest, int version, long undone, long left) {}

    /**
     * @param report null if it was not undone
     * @param why in Vietnamese; null if it was undone, or there is no such manifest
     */
    record Answer(@Nullable Report report, @Nullable String why) {}

    /** Asked again, it does what was left to do. */
    Answer undo(LocalDate day, String id, String reason, String who) throws SQLException, InterruptedException {
        Plan plan = plans.current().orElse(null);
        Subject subject = Subject.parse(day, id).orElse(null);
        if (plan == null || subject == null) {
            return new Answer(null, null);
        }
        UnitId to = subject.to();
        if (to == null) {
            return new Answer(null, "Các hồ sơ này chưa chuyển đi đâu nên không có gì để thu hồi.");
        }
        Answer begun = databases.asOwner(plan.nation(), connection -> begin(connection, day, id, reason, who));
        if (begun.report() == null) {
            return begun;
        }
        Revision.Count count = undo(plan, subject, to);
        Report report = new Report(id, begun.report().version(), count.revised(), count.left());
        databases.runAsOwner(plan.nation(), connection -> {
            Statements.update(
                    connection,
                    "UPDATE sync.handover_reversal SET running = false WHERE enactment = ?::date AND manifest = ?",
                    day.toString(),
                    id);
            AuditTrail.write(
                    connection,
                    List.of(new AuditTrail.Deed(
                            who,
                            "handover-undo",
                            "manifest:" + day + ":" + id,
                            reason,
                            "done",
                            "undone=" + report.undone() + " left=" + report.left())));
        });
        return new Answer(report, null);
    }

    /** Nobody signs the version from here on, and none is sealed until it is done. */
    private static Answer begin(Connection connection, LocalDate day, String id, String reason, String who)
            throws SQLException {
        Chain.lock(connection);
        Optional<Manifests.Sealed> sealed = Manifests.find(connection, day, id, null);
        if (sealed.isEmpty()) {
            return new Answer(null, null);
        }
        if (Manifests.isSigned(connection, day, id)) {
            return new Answer(null, "Biên bản đã có bên ký nên không thu hồi được nữa; hãy lập quyết định đính chính.");
        }
        int version = sealed.get().latest();
        Statements.update(
                connection,
                "INSERT INTO sync.handover_reversal (enactment, manifest, version, who, reason, running)"
                        + " VALUES (?::date, ?, ?, ?, ?, true) ON CONFLICT (enactment, manifest, version)"
                        + " DO UPDATE SET running = true",
                day.toString(),
                id,
                version,
                who,
                reason);
        return new Answer(new Report(id, version, 0, 0), null);
    }

    private Revision.Count undo(Plan plan, Subject subject, UnitId to) throws SQLException, InterruptedException {
        Revision.Count count = Revision.Count.NONE;
        UnitKnowledge.State state = knowledge.state();
        for (Source home : plan.sources()) {
            for (Dataset dataset : plan.ownedBy(home)) {
                if (dataset.name().equals(subject.dataset())) {
                    Decider decider = state.decider(dataset, subject.enactment(), clock.today());
                    Revision revision = new Revision(
                            databases,
                            gate,
                            home,
                            dataset,
                            subject.enactment(),
                            state.timeline(),
                            config.handover().batch());
                    count = count.plus(revision.run(
                            List.of(subject.from()),
                            true,
                            (line, former, present) ->
                                    line.isMoved() && line.from().equals(subject.from()) && to.equals(line.to())
                                            ? Optional.of(withheld(decider.decide(former), to))
                                            : Optional.empty()));
                }
            }
        }
        return count;
    }

    private static Verdict withheld(Verdict verdict, UnitId to) {
        return verdict.withheld("Bàn giao cho " + to + " đã được thu hồi; chờ người có thẩm quyền quyết định.");
    }

    /** The manifests of a day whose records are going back: what their ledgers say now is neither one state nor the other. */
    static Set<String> running(Connection connection, LocalDate day) throws SQLException {
        return Set.copyOf(Statements.query(
                connection,
                "SELECT manifest FROM sync.handover_reversal WHERE running AND enactment = ?::date",
                row -> row.getString(1),
                day.toString()));
    }

    /** Whether the records of a version went back, or are going. */
    static boolean isUndone(Connection connection, LocalDate day, String id, int version) throws SQLException {
        return !Statements.query(
                        connection,
                        "SELECT 1 FROM sync.handover_reversal WHERE enactment = ?::date AND manifest = ? AND version = ?",
                        row -> row.getInt(1),
                        day.toString(),
                        id,
                        version)
                .isEmpty();
    }
}
