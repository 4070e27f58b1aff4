package vn.dvhc.sync.handover;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.audit.AuditTrail;
import vn.dvhc.sync.database.Databases;
import vn.dvhc.sync.database.Statements;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Plans;
import vn.dvhc.sync.plan.Source;

/** The figures of hand-overs part by part, and what stops and releases a part. Blocks: call it from a worker. */
@Singleton
public class Accounts {

    private static final Logger LOG = Logger.getLogger(Accounts.class);

    private static final String READ =
            "SELECT r.enactment, r.dataset, r.from_home, r.to_home, r.read_count, r.kept_count, r.finished, r.breach,"
                    + " r.breached_at::text, r.busy_millis / greatest(1, (SELECT count(*) FROM sync.handover_stretch s"
                    + " WHERE s.enactment = r.enactment AND s.dataset = r.dataset AND s.from_home = r.from_home))"
                    + " FROM sync.handover_run r";

    private final Plans plans;
    private final Databases databases;
    private final HandOvers handOvers;

    @Inject
    Accounts(Plans plans, Databases databases, HandOvers handOvers) {
        this.plans = plans;
        this.databases = databases;
        this.handOvers = handOvers;
    }

    /**
     * One dataset of one home in one hand-over.
     *
     * @param read records read at the former home
     * @param kept those that stayed as they were, without a line in the ledger
     * @param breach why its figures don't add up, in Vietnamese; null if they do
     * @param busyMillis time spent in its batches; of several that went at the same time, as if it had been one
     */
    @Schema(name = "HandOverPart")
    public record Part(
            LocalDate enactment,
            String dataset,
            String from,
            String to,
            long read,
            long kept,
            boolean finished,
            @Nullable String breach,
            @Nullable String breachedAt,
            long busyMillis) {}

    /** How a release ended. */
    public enum Release {
        DONE,
        UNKNOWN,
        /** It is not stopped. */
        NOT_STOPPED
    }

    /** The parts of a day; those of databases that do not answer are missing. */
    public List<Part> parts(LocalDate day) {
        return all().stream().filter(part -> part.enactment().equals(day)).toList();
    }

    /** The parts of all days; those of databases that do not answer are missing. */
    public List<Part> all() {
        List<Part> parts = new ArrayList<>();
        for (Source home : homes()) {
            try {
                parts.addAll(partsIn(home));
            } catch (SQLException away) {
                LOG.debugf("Not read: database=%s cause=%s", home.name(), away.getMessage());
            }
        }
        return parts;
    }

    /** All parts that were ever received in a database. */
    List<Part> partsIn(Source home) throws SQLException {
        return databases.asOwner(
                home, connection -> Statements.query(connection, READ + " ORDER BY 1, 2, 3", Accounts::part));
    }

    /**
     * Lets a part that was stopped go on.
     *
     * @param accepting whether what the ledger lacks is to be taken as lost; else the part stops again if it still lacks it
     */
    public Release release(LocalDate day, String dataset, String from, boolean accepting, String reason, String who)
            throws SQLException {
        Plan plan = plans.current().orElse(null);
        Optional<Part> found = parts(day).stream()
                .filter(part -> part.dataset().equals(dataset) && part.from().equals(from))
                .findFirst();
        if (plan == null || found.isEmpty()) {
            return Release.UNKNOWN;
        }
        String breach = found.get().breach();
        if (breach == null) {
            return Release.NOT_STOPPED;
        }
        Settlement.Part part = new Settlement.Part(day, dataset, from);
        databases.runAsOwner(
                plan.source(found.get().to()).orElseThrow(),
                connection -> Settlement.release(connection, part, accepting));
        databases.runAsOwner(
                plan.nation(),
                connection -> AuditTrail.write(
                        connection,
                        List.of(new AuditTrail.Deed(
                                who,
                                "handover-release",
                                "handover:" + day + ":" + dataset + ":" + from,
                                reason,
                                accepting ? "accepted" : "released",
                                breach))));
        handOvers.resume(plan, part);
        return Release.DONE;
    }

    /** The databases in which records live. */
    List<Source> homes() {
        return plans.current().stream()
                .flatMap(plan -> plan.sources().stream().filter(source -> !source.equals(plan.nation())))
                .toList();
    }

    private static Part part(ResultSet row) throws SQLException {
        return new Part(
                row.getObject(1, LocalDate.class),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getLong(5),
                row.getLong(6),
                row.getBoolean(7),
                row.getString(8),
                row.getString(9),
                row.getLong(10));
    }
}
