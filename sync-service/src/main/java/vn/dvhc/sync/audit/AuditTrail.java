package vn.dvhc.sync.audit;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.database.Databases;
import vn.dvhc.sync.database.Rows;
import vn.dvhc.sync.database.Statements;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Plans;

/** Writes and reads the trail. Blocks: call it from a worker. */
@Singleton
public class AuditTrail {

    private static final List<String> COLUMNS = List.of("who", "action", "subject", "reason", "outcome", "detail");

    private static final String READ =
            "SELECT id, at::text, who, action, subject, reason, outcome, detail FROM sync.audit";

    private final Plans plans;
    private final Databases databases;

    @Inject
    AuditTrail(Plans plans, Databases databases) {
        this.plans = plans;
        this.databases = databases;
    }

    /**
     * What was done.
     *
     * @param subject such as {@code dead-letter:12} or {@code conflict:national:3}
     * @param reason what the person gave as reason; null if none is asked for
     * @param outcome a stable word
     */
    public record Deed(
            String who,
            String action,
            String subject,
            @Nullable String reason,
            String outcome,
            @Nullable String detail) {}

    /** A line of the trail. */
    @Schema(name = "AuditLine")
    public record Line(
            long id,
            String at,
            String who,
            String action,
            String subject,
            @Nullable String reason,
            String outcome,
            @Nullable String detail) {}

    /** What lines are asked for; null is any. */
    public record Question(
            @Nullable String who,
            @Nullable String action,
            @Nullable String subject,
            long before,
            int limit) {}

    /** Adds lines in the caller's transaction in the national database. */
    public static void write(Connection connection, List<Deed> deeds) throws SQLException {
        Rows rows = new Rows(COLUMNS.size());
        deeds.forEach(deed ->
                rows.add(deed.who(), deed.action(), deed.subject(), deed.reason(), deed.outcome(), deed.detail()));
        if (!rows.isEmpty()) {
            Statements.update(
                    connection,
                    "INSERT INTO sync.audit (" + String.join(", ", COLUMNS) + ") SELECT " + String.join(", ", COLUMNS)
                            + " FROM " + Rows.unnest("v", COLUMNS),
                    rows);
        }
    }

    /** Adds a line by itself. */
    public void add(Deed deed) throws SQLException {
        Plan plan = plans.current().orElseThrow();
        databases.runAsOwner(plan.nation(), connection -> write(connection, List.of(deed)));
    }

    /** The lines about one subject, oldest first; at most 1,000. */
    public static List<Line> of(Connection connection, String subject) throws SQLException {
        return Statements.query(
                connection, READ + " WHERE subject = ? ORDER BY id LIMIT 1000", AuditTrail::line, subject);
    }

    /** Lines, latest first. */
    public List<Line> lines(Question question) throws SQLException {
        if (plans.current().isEmpty()) {
            return List.of();
        }
        return databases.asOwner(
                plans.current().orElseThrow().nation(),
                connection -> Statements.query(
                        connection,
                        READ + ", (SELECT ?::text AS w, ?::text AS a, ?::text AS s, ?::bigint AS before) p"
                                + " WHERE (w IS NULL OR who = w) AND (a IS NULL OR action = a)"
                                + " AND (s IS NULL OR subject = s) AND id < p.before ORDER BY id DESC LIMIT ?",
                        AuditTrail::line,
                        question.who(),
                        question.action(),
                        question.subject(),
                        question.before(),
                        question.limit()));
    }

    private static Line line(ResultSet row) throws SQLException {
        return new Line(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8));
    }
}
