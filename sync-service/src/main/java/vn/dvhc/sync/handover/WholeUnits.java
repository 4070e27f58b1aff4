package vn.dvhc.sync.handover;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vn.dvhc.sync.database.DatasetSql;
import vn.dvhc.sync.database.KeyRange;
import vn.dvhc.sync.database.Rows;
import vn.dvhc.sync.database.Statements;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.recode.Decider;
import vn.dvhc.sync.recode.Verdict;

/**
 * The units of a part whose records all go the same way, laid out in the database of the records, so that one statement a batch re-codes the
 * records, enters them into the ledger and counts them, without any of them leaving the database. What is missing there, since somebody
 * wrote it meanwhile or the table was emptied by a crash, is decided record by record.
 */
final class WholeUnits {

    /** From this version on a statement can answer what a row was like before it. */
    private static final int TELLS_FORMER = 18;

    /** Records of units that go on are counted apart, which costs a look at the range, if they are more than one of so many. */
    private static final int WORTH_A_COUNT = 10;

    private static final List<String> COLUMNS = Stream.concat(
                    Stream.of("code", "vintage", "to_code", "to_vintage"), Ledger.CARRIED.stream())
            .toList();

    private static final String LAY_OUT = "INSERT INTO sync.handover_whole_unit (enactment, dataset, from_home, "
            + String.join(", ", COLUMNS) + ") SELECT p.enactment, p.dataset, p.home, "
            + COLUMNS.stream()
                    .map(name -> "v." + name + (name.endsWith("vintage") ? "::date" : ""))
                    .collect(Collectors.joining(", "))
            + " FROM " + Rows.unnest("v", COLUMNS)
            + ", (SELECT ?::date AS enactment, ?::text AS dataset, ?::text AS home) p";

    /** Behind the statement that re-codes: no line is there yet, since it leaves out what has one. */
    private static final String ENTER =
            "), part AS MATERIALIZED (SELECT ?::date AS enactment, ?::text AS dataset, ?::text AS home, ?::integer AS epoch),"
                    + " lines AS (INSERT INTO sync.handed_over (dataset, record_key, enactment, from_home, to_home, outcome, late,"
                    + " source_epoch, out_hash, in_hash, from_code, from_vintage, " + String.join(", ", Ledger.CARRIED)
                    + ") SELECT p.dataset, r.record_key, p.enactment, p.home, p.home, 'moved', false, p.epoch,"
                    + " coalesce(r.former_hash, r.in_hash), r.in_hash, r.from_code, r.from_vintage, "
                    + Ledger.CARRIED.stream().map(name -> "r." + name).collect(Collectors.joining(", "))
                    + " FROM recoded r, part p RETURNING 1),"
                    + " units AS (SELECT from_unit AS unit, count(*) AS records, bool_or(way IS NOT NULL) AS divided"
                    + " FROM recoded GROUP BY 1),"
                    + " books AS (INSERT INTO sync.handover_tally (enactment, dataset, from_home, units, read_counts, kept_counts)"
                    + " SELECT p.enactment, p.dataset, p.home, array_agg(u.unit), array_agg(u.records), array_agg(0::bigint)"
                    + " FROM units u, part p GROUP BY 1, 2, 3)"
                    + " SELECT coalesce(sum(records), 0), (SELECT count(*) FROM lines),"
                    + " coalesce(array_agg(unit) FILTER (WHERE divided), '{}') FROM units";

    private final Settlement.Part part;
    private final Dataset dataset;
    private final Source home;
    private final Decider decider;
    private final DatasetSql sql;
    private volatile boolean manyStay = true;

    WholeUnits(LocalDate day, Dataset dataset, Source home, Decider decider) {
        this.part = new Settlement.Part(day, dataset.name(), home.name());
        this.dataset = dataset;
        this.home = home;
        this.decider = decider;
        this.sql = new DatasetSql(dataset);
    }

    /** Decides for each unit that a record bears now, anew. */
    void layOut(Connection connection) throws SQLException {
        clear(connection, part);
        if (connection.getMetaData().getDatabaseMajorVersion() < TELLS_FORMER) {
            return;
        }
        Set<String> waiting = waiting(connection);
        Rows units = new Rows(COLUMNS.size());
        long staying = 0;
        long all = 0;
        for (UnitGroup group : UnitGroup.countAll(connection, sql, part.enactment())) {
            Optional<Verdict> common = decider.decideAll(group.code(), group.vintage());
            all += group.records();
            if (common.filter(verdict -> verdict.outcome() == Verdict.Outcome.KEPT)
                    .isPresent()) {
                staying += group.records();
            }
            common.filter(verdict ->
                            verdict.outcome() == Verdict.Outcome.MOVED && !waiting.contains(Tally.unit(verdict.from())))
                    .ifPresent(verdict -> units.add(Ledger.carried(
                            verdict,
                            group.code(),
                            group.vintage(),
                            verdict.code(),
                            String.valueOf(verdict.vintage()))));
        }
        manyStay = staying * WORTH_A_COUNT > all;
        if (!units.isEmpty()) {
            Statements.update(connection, LAY_OUT, units, part.values());
        }
    }

    /** Units that records waited under before this hand-over; one that comes to wait meanwhile is of a split unit. */
    private Set<String> waiting(Connection connection) throws SQLException {
        return Set.copyOf(Statements.query(
                connection,
                "SELECT DISTINCT unit_id FROM sync.queued_record WHERE dataset = ?",
                row -> row.getString(1),
                dataset.name()));
    }

    /** Whether many of the records are of units that go on: then those are counted, and only what moves is read. */
    boolean manyStay() {
        return manyStay;
    }

    /** Forgets the units of a part. */
    static void clear(Connection connection, Settlement.Part part) throws SQLException {
        Statements.update(connection, "DELETE FROM sync.handover_whole_unit WHERE " + Settlement.ONE, part.values());
    }

    /**
     * What one batch did.
     *
     * @param records that were re-coded, and counted by unit
     * @param lines that were entered: as many, unless somebody keeps lines out
     * @param divided the units among them that did not go whole to where these records went
     */
    record Recoded(long records, int lines, List<String> divided) {}

    /** Re-codes the records of a range that are of these units, and enters them. */
    Recoded recode(Connection connection, KeyRange range) throws SQLException {
        return Statements.query(
                        connection,
                        "WITH recoded AS (" + sql.recodeUnits(range, Ledger.CARRIED) + ENTER,
                        row -> new Recoded(row.getLong(1), row.getInt(2), texts(row, 3)),
                        part.values(),
                        range.values(dataset),
                        sql.ledger(part.enactment()),
                        part.values(),
                        home.epoch())
                .get(0);
    }

    private static List<String> texts(ResultSet row, int column) throws SQLException {
        Array array = row.getArray(column);
        return List.of((String[]) array.getArray());
    }
}
