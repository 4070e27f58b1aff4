package vn.dvhc.sync.conflict;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BadRequestException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.database.Databases;
import vn.dvhc.sync.database.Statements;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Plans;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.plan.Tier;

/** Reads the inbox over all databases. Blocks: call it from a worker. */
@Singleton
public class ConflictInbox {

    private static final Logger LOG = Logger.getLogger(ConflictInbox.class);

    private static final String MOMENT = "'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'";

    private static final String COLUMNS = "c.id, c.kind, c.state, c.dataset, c.record_key, c.owner, c.other, c.cause,"
            + " to_char(c.detected_at AT TIME ZONE 'UTC', " + MOMENT + "), to_char(c.decided_at AT TIME ZONE 'UTC', "
            + MOMENT + "), c.decided_by, c.reason";

    private static final String LIST = "SELECT " + COLUMNS + " FROM sync.conflict c, (SELECT ?::text AS state,"
            + " ?::text AS kind, ?::text AS dataset, ?::text AS source, ?::timestamptz AS at, ?::text AS database,"
            + " ?::bigint AS number, ?::text AS here, ?::text[] AS elsewhere) p WHERE (p.state IS NULL OR c.state = p.state)"
            + " AND (p.kind IS NULL OR c.kind = p.kind) AND (p.dataset IS NULL OR c.dataset = p.dataset)"
            + " AND (p.source IS NULL OR c.owner = p.source OR c.other = p.source)"
            + " AND (p.at IS NULL OR (c.detected_at, p.here, c.id) < (p.at, p.database, p.number))"
            + " AND NOT (c.kind = 'key-collision' AND c.dataset = ANY (p.elsewhere))"
            + " ORDER BY c.detected_at DESC, c.id DESC LIMIT ?";

    private final Plans plans;
    private final Databases databases;

    @Inject
    ConflictInbox(Plans plans, Databases databases) {
        this.plans = plans;
        this.databases = databases;
    }

    /**
     * What conflicts are asked for; null is any.
     *
     * @param databases those in which they may lie
     */
    record Question(
            @Nullable String state,
            @Nullable String kind,
            @Nullable String dataset,
            @Nullable String source,
            @Nullable Cursor before,
            @Nullable Set<String> databases,
            int limit) {}

    /** A place in the order of all conflicts. */
    record Cursor(String detectedAt, Conflict.Place place) {

        static Cursor parse(String cursor) {
            String[] parts = cursor.split("~", -1);
            if (parts.length == 2 && parts[0].matches("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{8,15}Z")) {
                Optional<Conflict.Place> place = Conflict.Place.parse(parts[1]);
                if (place.isPresent()) {
                    return new Cursor(parts[0], place.get());
                }
            }
            throw new BadRequestException("cursor phải là giá trị next của câu trả lời trước.");
        }

        @Override
        public String toString() {
            return detectedAt + "~" + place;
        }
    }

    /**
     * A page, latest first.
     *
     * @param next {@code cursor} of the next page; null if this is the last
     * @param unreachable databases that do not answer: what they hold is missing here
     */
    @Schema(name = "Conflicts")
    record Page(List<Conflict> conflicts, @Nullable String next, List<String> unreachable) {}

    Page list(Question question) {
        List<Conflict> all = new ArrayList<>();
        List<String> unreachable = new ArrayList<>();
        Plan plan = plans.current().orElse(null);
        if (plan == null) {
            return new Page(all, null, unreachable);
        }
        Set<String> wanted = question.databases();
        for (Source database : plan.sources()) {
            if (wanted != null && !wanted.contains(database.name())) {
                continue;
            }
            try {
                all.addAll(list(plan, database, question));
            } catch (SQLException away) {
                LOG.debugf(away, "Conflicts not read: database=%s", database.name());
                unreachable.add(database.name());
            }
        }
        all.sort(Comparator.comparing(Conflict::detectedAt)
                .thenComparing(conflict -> place(conflict).database())
                .thenComparing(conflict -> place(conflict).number())
                .reversed());
        List<Conflict> page = List.copyOf(all.subList(0, Math.min(all.size(), question.limit())));
        Conflict last = page.isEmpty() ? null : page.get(page.size() - 1);
        return new Page(
                page,
                last == null || all.size() <= page.size()
                        ? null
                        : new Cursor(last.detectedAt(), place(last)).toString(),
                unreachable);
    }

    private static Conflict.Place place(Conflict conflict) {
        return Conflict.Place.parse(conflict.id()).orElseThrow();
    }

    private List<Conflict> list(Plan plan, Source database, Question question) throws SQLException {
        Cursor before = question.before();
        return databases.asOwner(
                database,
                connection -> Statements.query(
                        connection,
                        LIST,
                        row -> conflict(database, row),
                        question.state(),
                        question.kind(),
                        question.dataset(),
                        question.source(),
                        before == null ? null : before.detectedAt(),
                        before == null ? null : before.place().database(),
                        before == null ? null : before.place().number(),
                        database.name(),
                        elsewhere(plan, database),
                        question.limit() + 1));
    }

    /** The datasets whose collisions the nation has found too: they are shown once. */
    private static List<String> elsewhere(Plan plan, Source database) {
        return database.tier() == Tier.NATION
                ? List.of()
                : plan.datasets().stream()
                        .filter(dataset -> dataset.isCopiedTo(Tier.NATION))
                        .map(Dataset::name)
                        .toList();
    }

    Optional<Conflict.Detail> find(Conflict.Place place) throws SQLException {
        Optional<Source> database = plans.current().flatMap(plan -> plan.source(place.database()));
        return database.isEmpty()
                ? Optional.empty()
                : databases.asOwner(
                        database.get(),
                        connection -> find(connection, database.get(), place.number(), false)
                                .map(Stored::detail));
    }

    /** A conflict as it lies in its database. */
    record Stored(
            Conflict conflict,
            @Nullable String ownerVersion,
            @Nullable String otherVersion,
            long otherPosition,
            String version) {

        Conflict.Detail detail() {
            Map<String, @Nullable String> owners = Versions.read(ownerVersion);
            Map<String, @Nullable String> others = Versions.read(otherVersion);
            return new Conflict.Detail(conflict, owners, others, Versions.differing(owners, others), version);
        }
    }

    static Optional<Stored> find(Connection connection, Source database, long number, boolean locked)
            throws SQLException {
        return Statements.query(
                        connection,
                        "SELECT " + COLUMNS + ", c.owner_version::text, c.other_version::text,"
                                + " coalesce(c.other_position, 0), coalesce(md5(c.owner_version::text), 'none')"
                                + " FROM sync.conflict c WHERE c.id = ?" + (locked ? " FOR UPDATE" : ""),
                        row -> new Stored(
                                conflict(database, row),
                                row.getString(13),
                                row.getString(14),
                                row.getLong(15),
                                row.getString(16)),
                        number)
                .stream()
                .findFirst();
    }

    private static Conflict conflict(Source database, ResultSet row) throws SQLException {
        return new Conflict(
                new Conflict.Place(database.name(), row.getLong(1)).toString(),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                row.getString(10),
                row.getString(11),
                row.getString(12));
    }

    /** How many conflicts wait for a decision, over all databases. */
    public long openCount() throws SQLException {
        return openByKind().values().stream().mapToLong(Long::longValue).sum();
    }

    /** Without databases that do not answer. */
    Map<String, Long> openByKind() throws SQLException {
        Map<String, Long> counts = new HashMap<>();
        Plan plan = plans.current().orElse(null);
        if (plan == null) {
            return counts;
        }
        for (Source database : plan.sources()) {
            try {
                count(plan, database).forEach(line -> counts.merge(line.getKey(), line.getValue(), Long::sum));
            } catch (SQLException away) {
                if (database.equals(plan.nation())) {
                    throw away;
                }
                LOG.debugf("Conflicts not counted: database=%s cause=%s", database.name(), away.getMessage());
            }
        }
        return counts;
    }

    private List<Map.Entry<String, Long>> count(Plan plan, Source database) throws SQLException {
        return databases.asOwner(
                database,
                connection -> Statements.query(
                        connection,
                        "SELECT kind, count(*) FROM sync.conflict WHERE state = 'open'"
                                + " AND NOT (kind = 'key-collision' AND dataset = ANY (?::text[])) GROUP BY kind",
                        row -> Map.entry(row.getString(1), row.getLong(2)),
                        elsewhere(plan, database)));
    }
}
