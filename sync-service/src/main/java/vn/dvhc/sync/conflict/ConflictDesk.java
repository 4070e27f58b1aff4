package vn.dvhc.sync.conflict;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.audit.AuditTrail;
import vn.dvhc.sync.capture.Change;
import vn.dvhc.sync.capture.Origin;
import vn.dvhc.sync.database.Databases;
import vn.dvhc.sync.database.DatasetSql;
import vn.dvhc.sync.database.Statements;
import vn.dvhc.sync.handover.LateRecoding;
import vn.dvhc.sync.home.Homes;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Plans;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.units.UnitKnowledge;
import vn.dvhc.time.BusinessClock;

/** Decides conflicts. Blocks: call it from a worker. */
@Singleton
class ConflictDesk {

    private final Plans plans;
    private final Databases databases;
    private final UnitKnowledge knowledge;
    private final LateRecoding lateRecoding;
    private final BusinessClock clock;
    private final AuditTrail trail;

    @Inject
    ConflictDesk(
            Plans plans,
            Databases databases,
            UnitKnowledge knowledge,
            LateRecoding lateRecoding,
            BusinessClock clock,
            AuditTrail trail) {
        this.plans = plans;
        this.databases = databases;
        this.knowledge = knowledge;
        this.lateRecoding = lateRecoding;
        this.clock = clock;
        this.trail = trail;
    }

    /** How a decision ended. */
    enum Outcome {
        DONE,
        UNKNOWN,
        /** It is decided already. */
        CLOSED,
        /** The owner's record has changed since the decider saw it. */
        CHANGED,
        /** The other version can't be written. */
        REFUSED
    }

    /** @param why in Vietnamese; null if it was done */
    record Answer(Outcome outcome, @Nullable String why) {
        static final Answer DONE = new Answer(Outcome.DONE, null);

        static Answer refused(String why) {
            return new Answer(Outcome.REFUSED, why);
        }
    }

    /**
     * A person's decision.
     *
     * @param accept whether the other version is to become the owner's; else the owner's stays
     * @param seen what the owner's version was called that the person saw; null if he does not say
     */
    record Decision(boolean accept, String reason, @Nullable String seen, String who) {}

    Answer decide(Conflict.Place place, Decision decision) throws SQLException {
        Optional<Plan> plan = plans.current();
        Optional<Source> database = plan.flatMap(all -> all.source(place.database()));
        if (database.isEmpty()) {
            return new Answer(Outcome.UNKNOWN, null);
        }
        Answer answer = databases.asOwner(
                database.get(), connection -> decide(connection, plan.get(), database.get(), place, decision));
        if (answer.outcome() != Outcome.UNKNOWN) {
            trail.add(new AuditTrail.Deed(
                    decision.who(),
                    decision.accept() ? "conflict-accept" : "conflict-keep",
                    "conflict:" + place,
                    decision.reason(),
                    answer.outcome().name().toLowerCase(Locale.ROOT),
                    answer.why()));
        }
        return answer;
    }

    private Answer decide(Connection connection, Plan plan, Source database, Conflict.Place place, Decision decision)
            throws SQLException {
        Optional<ConflictInbox.Stored> found = ConflictInbox.find(connection, database, place.number(), true);
        if (found.isEmpty()) {
            return new Answer(Outcome.UNKNOWN, null);
        }
        ConflictInbox.Stored stored = found.get();
        if (!stored.conflict().state().equals(Conflict.State.OPEN.label())) {
            return new Answer(Outcome.CLOSED, "Xung đột này đã được giải quyết.");
        }
        if (decision.seen() != null && !decision.seen().equals(stored.version())) {
            return new Answer(Outcome.CHANGED, "Bản của nơi làm chủ đã khác bản mà người quyết định đã xem.");
        }
        Answer answer = decision.accept() ? accept(connection, plan, database, place, stored) : Answer.DONE;
        if (answer.outcome() == Outcome.DONE) {
            Statements.update(
                    connection,
                    "UPDATE sync.conflict SET state = ?, decided_at = clock_timestamp(), decided_by = ?, reason = ?"
                            + " WHERE id = ?",
                    (decision.accept() ? Conflict.State.ACCEPTED : Conflict.State.KEPT).label(),
                    decision.who(),
                    decision.reason(),
                    place.number());
        }
        return answer;
    }

    private Answer accept(
            Connection connection, Plan plan, Source database, Conflict.Place place, ConflictInbox.Stored stored)
            throws SQLException {
        Conflict conflict = stored.conflict();
        Homes homes = Homes.of(plan, knowledge.state().timeline());
        Optional<Dataset> dataset = plan.dataset(conflict.dataset());
        Optional<Source> home =
                dataset.flatMap(known -> ForeignWriteWatcher.home(plan, homes, known, conflict.owner()));
        if (home.isEmpty()) {
            return Answer.refused("Tập dữ liệu hoặc nguồn làm chủ hồ sơ không còn được khai báo.");
        }
        if (conflict.kind().equals(Conflict.Kind.LATE_CHANGE.label())) {
            return home.get().equals(database)
                    ? acceptLate(connection, plan, home.get(), dataset.get(), place, stored)
                    : Answer.refused("Hồ sơ đã chuyển tiếp sang " + home.get().name() + ".");
        }
        OwnerRecord.Result written = new OwnerRecord(databases, home.get(), dataset.get(), conflict.key())
                .write(stored.ownerVersion(), stored.otherVersion());
        return switch (written.outcome()) {
            case WRITTEN -> Answer.DONE;
            case REFUSED -> Answer.refused("Cơ sở dữ liệu của nơi làm chủ không nhận bản này.");
            case CHANGED -> changed(connection, place, written.present());
        };
    }

    private Answer acceptLate(
            Connection connection,
            Plan plan,
            Source home,
            Dataset dataset,
            Conflict.Place place,
            ConflictInbox.Stored stored)
            throws SQLException {
        Conflict conflict = stored.conflict();
        String present = new OwnerRecord(databases, home, dataset, conflict.key()).lock(connection);
        if (!Objects.equals(present, stored.ownerVersion())) {
            return changed(connection, place, present);
        }
        Optional<Source> former = Optional.ofNullable(conflict.other()).flatMap(plan::source);
        if (former.isEmpty()) {
            return Answer.refused("Nguồn cũ của hồ sơ không còn được khai báo.");
        }
        UnitKnowledge.State state = knowledge.state();
        return lateRecoding
                .accept(
                        connection,
                        home,
                        late(connection, former.get(), dataset, stored),
                        state.lastReform(),
                        state.decider(dataset, state.lastReform(), clock.today()))
                .map(Answer::refused)
                .orElse(Answer.DONE);
    }

    private static Change late(Connection connection, Source former, Dataset dataset, ConflictInbox.Stored stored)
            throws SQLException {
        boolean deleted = stored.otherVersion() == null;
        int width = dataset.columns().size();
        List<@Nullable String> values = Statements.query(
                        connection,
                        new DatasetSql(dataset).textsOfJson(),
                        row -> {
                            List<@Nullable String> texts = new ArrayList<>(width);
                            for (int column = 1; column <= width; column++) {
                                texts.add(row.getString(column));
                            }
                            return texts;
                        },
                        deleted ? "{}" : stored.otherVersion())
                .get(0);
        return new Change(
                new Origin("conflict", 0, 0),
                former,
                dataset,
                stored.conflict().key(),
                values,
                deleted,
                stored.otherPosition(),
                Change.Kind.REPAIR,
                null,
                null,
                "");
    }

    /** The inbox shows the owner's newer version from now on. */
    private static Answer changed(Connection connection, Conflict.Place place, @Nullable String present)
            throws SQLException {
        Statements.update(
                connection, "UPDATE sync.conflict SET owner_version = ?::jsonb WHERE id = ?", present, place.number());
        return new Answer(
                Outcome.CHANGED, "Nơi làm chủ đã sửa hồ sơ: hãy xem bản mới của nơi làm chủ rồi quyết định lại.");
    }
}
