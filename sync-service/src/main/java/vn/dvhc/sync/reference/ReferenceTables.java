package vn.dvhc.sync.reference;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import vn.dvhc.sync.database.Databases;
import vn.dvhc.sync.database.Rows;
import vn.dvhc.sync.database.Statements;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.units.UnitKnowledge;
import vn.dvhc.timeline.DatedEdge;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.timeline.UnitHistory;
import vn.dvhc.unit.Unit;

/** Brings the tables of one database to a state of the register, in one transaction: readers see the one or the other. */
@Singleton
class ReferenceTables {

    private static final List<String> UNIT =
            List.of("unit_id", "valid_from", "valid_to", "code", "name", "full_name", "type", "level", "parent_id");
    private static final List<String> SUCCESSION =
            List.of("from_id", "to_id", "date", "extent", "portion", "confidence");

    /** Lines that are as they should be are left alone: a reform of few units writes few lines. */
    private static final String UNITS =
            "WITH given AS MATERIALIZED (SELECT unit_id, valid_from::date, valid_to::date, code, name,"
                    + " full_name, type, level, parent_id FROM " + Rows.unnest("v", UNIT)
                    + "), gone AS (DELETE FROM dvhc.unit u"
                    + " WHERE NOT EXISTS (SELECT 1 FROM given g WHERE g.unit_id = u.unit_id AND g.valid_from = u.valid_from))"
                    + " INSERT INTO dvhc.unit AS u SELECT * FROM given ON CONFLICT (unit_id, valid_from) DO UPDATE SET"
                    + " valid_to = excluded.valid_to, code = excluded.code, name = excluded.name, full_name = excluded.full_name,"
                    + " type = excluded.type, level = excluded.level, parent_id = excluded.parent_id"
                    + " WHERE u.* IS DISTINCT FROM excluded.*";

    private static final String SUCCESSIONS =
            "WITH given AS MATERIALIZED (SELECT DISTINCT ON (from_id, to_id, date, extent, portion)"
                    + " from_id, to_id, date::date, extent, portion, confidence FROM " + Rows.unnest("v", SUCCESSION)
                    + "), gone AS (DELETE FROM dvhc.succession s WHERE NOT EXISTS (SELECT 1 FROM given g WHERE g.from_id = s.from_id"
                    + " AND g.to_id = s.to_id AND g.date = s.date AND g.extent = s.extent AND g.portion = s.portion))"
                    + " INSERT INTO dvhc.succession AS s SELECT * FROM given ON CONFLICT (from_id, to_id, date, extent, portion)"
                    + " DO UPDATE SET confidence = excluded.confidence WHERE s.confidence <> excluded.confidence";

    private static final String STATE =
            "INSERT INTO dvhc.register_state (sequence, last_day, digest) VALUES (?, ?::date, ?)"
                    + " ON CONFLICT (one) DO UPDATE SET sequence = excluded.sequence, last_day = excluded.last_day,"
                    + " digest = excluded.digest, written_at = excluded.written_at";

    private final Databases databases;

    @Inject
    ReferenceTables(Databases databases) {
        this.databases = databases;
    }

    /** The digest of the register's state that a database holds; empty before the first. */
    Optional<String> digest(Source source) throws SQLException {
        return databases
                .asReplica(
                        source,
                        connection -> Statements.query(
                                connection, "SELECT digest FROM dvhc.register_state", row -> row.getString(1)))
                .stream()
                .findFirst();
    }

    /** Writes what differs. */
    void write(Source source, UnitKnowledge.State state) throws SQLException {
        Timeline timeline = state.timeline();
        databases.runAsReplica(source, connection -> {
            Statements.update(connection, UNITS, units(timeline));
            Statements.update(connection, SUCCESSIONS, successions(timeline));
            mark(connection, state);
        });
    }

    private static void mark(Connection connection, UnitKnowledge.State state) throws SQLException {
        Statements.update(
                connection,
                STATE,
                state.sequence(),
                state.lastDay().toString(),
                state.timeline().digest());
    }

    private static Rows units(Timeline timeline) {
        Rows rows = new Rows(UNIT.size());
        timeline.histories().flatMap(history -> history.states().stream()).forEach(unit -> add(rows, unit));
        return rows;
    }

    private static void add(Rows rows, Unit unit) {
        rows.add(
                unit.id().toString(),
                unit.validFrom().toString(),
                unit.validTo() == null ? null : unit.validTo().toString(),
                unit.code().value(),
                unit.name(),
                unit.fullName(),
                unit.type().label(),
                unit.level().label(),
                unit.parent() == null ? null : unit.parent().toString());
    }

    private static Rows successions(Timeline timeline) {
        Rows rows = new Rows(SUCCESSION.size());
        timeline.histories()
                .map(UnitHistory::id)
                .flatMap(id -> timeline.edgesFrom(id).stream())
                .forEach(edge -> add(rows, edge));
        return rows;
    }

    private static void add(Rows rows, DatedEdge dated) {
        rows.add(
                dated.edge().from().toString(),
                dated.edge().to().toString(),
                dated.date().toString(),
                dated.edge().extent().label(),
                dated.edge().portion().words(),
                dated.edge().confidence().label());
    }
}
