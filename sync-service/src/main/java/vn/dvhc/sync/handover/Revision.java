package vn.dvhc.sync.handover;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.database.Databases;
import vn.dvhc.sync.database.DatasetSql;
import vn.dvhc.sync.database.Rows;
import vn.dvhc.sync.database.Statements;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.recode.RecordUnit;
import vn.dvhc.sync.recode.Verdict;
import vn.dvhc.sync.units.Gate;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.timeline.UnitHistory;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitId;

/**
 * Decides records anew that one hand-over had decided, where they live: chunk by chunk, each in one ordinary transaction, so that the
 * copies follow. A record that its owner has put into another unit since is left as it is, as is one that waits for a person whatever the
 * acts say. Done again, it changes nothing more. Blocks: call it from a worker.
 */
public final class Revision {

    private static final String LINES =
            "SELECT h.record_key, h.from_unit, h.to_unit, h.outcome, h.way, coalesce(q.candidates, '{}'), coalesce(q.held, false),"
                    + " h.from_code, h.from_vintage"
                    + " FROM sync.handed_over h LEFT JOIN sync.queued_record q USING (dataset, record_key),"
                    + " (SELECT ?::text[] AS units) p WHERE h.dataset = ? AND h.enactment = ?::date"
                    + " AND (h.from_unit = ANY (p.units) OR h.to_unit = ANY (p.units)) AND h.from_unit IS NOT NULL"
                    + " AND h.outcome <> 'rejected' AND h.record_key > ?";

    private static final String IN_ORDER = " ORDER BY h.record_key LIMIT ?";

    private static final String WAITING = " AND h.outcome = 'queued'";

    private final Databases databases;
    private final Gate gate;
    private final Source home;
    private final Dataset dataset;
    private final LocalDate day;
    private final Timeline timeline;
    private final int batch;
    private final DatasetSql sql;

    /**
     * @param day whose hand-over it was
     * @param timeline as it is known now
     * @param batch records a transaction
     */
    public Revision(
            Databases databases, Gate gate, Source home, Dataset dataset, LocalDate day, Timeline timeline, int batch) {
        this.databases = databases;
        this.gate = gate;
        this.home = home;
        this.dataset = dataset;
        this.day = day;
        this.timeline = timeline;
        this.batch = batch;
        this.sql = new DatasetSql(dataset);
    }

    /**
     * What the ledger says of a record.
     *
     * @param to the unit it came to; null if it waits
     * @param way how it was decided; null if its whole unit went there
     * @param candidates among which it waits; empty if it does not
     * @param held whether it waits for a person whatever the acts say
     * @param code what it bore when it was handed over, with its vintage; null if nobody noted it
     */
    public record Line(
            String key,
            UnitId from,
            @Nullable UnitId to,
            String outcome,
            @Nullable String way,
            Set<UnitId> candidates,
            boolean held,
            @Nullable String code,
            @Nullable String vintage) {

        /** Whether it bears another unit since. */
        public boolean isMoved() {
            return outcome.equals(Verdict.Outcome.MOVED.label());
        }

        private static Line read(ResultSet row) throws SQLException {
            String to = row.getString(3);
            return new Line(
                    row.getString(1),
                    UnitId.parse(row.getString(2)),
                    to == null ? null : UnitId.parse(to),
                    row.getString(4),
                    row.getString(5),
                    Stream.of((String[]) row.getArray(6).getArray())
                            .map(UnitId::parse)
                            .collect(Collectors.toSet()),
                    row.getBoolean(7),
                    row.getString(8),
                    row.getString(9));
        }
    }

    /** Says what is to become of a record. */
    @FunctionalInterface
    public interface Judge {
        /**
         * @param former the record under the unit that it came from
         * @param present the unit it bears now
         * @return empty if it is to stay as it is
         */
        Optional<Verdict> decide(Line line, RecordUnit former, RecordUnit present);
    }

    /**
     * @param revised records that became something else
     * @param left records that should have, but were put into another unit by their owner since, or are an archive's
     */
    public record Count(long revised, long left) {

        public static final Count NONE = new Count(0, 0);

        public Count plus(Count other) {
            return new Count(revised + other.revised, left + other.left);
        }
    }

    /** Lines of some units, from a key on. */
    private record Lines(String query, List<String> units, String after) {}

    private enum Manner {
        REVISE,
        /** What waits afterwards waits for a person whatever the acts say. */
        HOLD,
        /** Nothing is written. */
        TELL
    }

    private record Step(String lastKey, int lines, Count count) {}

    /** A record's way back: what it bore before its unit ended. */
    private record Former(String code, String vintage) {}

    /**
     * @param units what the records came from, or came to
     * @param held whether records that wait afterwards are to wait for a person whatever the acts say
     */
    public Count run(Collection<UnitId> units, boolean held, Judge judge) throws SQLException, InterruptedException {
        return run(LINES + IN_ORDER, units, held ? Manner.HOLD : Manner.REVISE, judge);
    }

    /** Writes nothing: counts as left what should have become something else. */
    Count tell(Collection<UnitId> units, Judge judge) throws SQLException, InterruptedException {
        return run(LINES + IN_ORDER, units, Manner.TELL, judge);
    }

    /** Only what waits. */
    Count runWaiting(Collection<UnitId> units, Judge judge) throws SQLException, InterruptedException {
        return run(LINES + WAITING + IN_ORDER, units, Manner.REVISE, judge);
    }

    private Count run(String query, Collection<UnitId> units, Manner manner, Judge judge)
            throws SQLException, InterruptedException {
        List<String> names = units.stream().map(UnitId::toString).sorted().toList();
        Count count = Count.NONE;
        String after = "";
        int lines;
        do {
            String from = after;
            // No day takes effect between what a record is judged by and what is written.
            gate.enter();
            Step step;
            try {
                step = databases.asOwner(
                        home, connection -> step(connection, new Lines(query, names, from), manner, judge));
            } finally {
                gate.leave();
            }
            count = count.plus(step.count());
            after = step.lastKey();
            lines = step.lines();
        } while (lines == batch);
        return count;
    }

    private Step step(Connection connection, Lines some, Manner manner, Judge judge) throws SQLException {
        List<Line> found = lines(connection, some);
        if (found.isEmpty()) {
            return new Step(some.after(), 0, Count.NONE);
        }
        Map<String, StoredRecord> present = new HashMap<>();
        Statements.query(
                        connection,
                        sql.lockKeys(),
                        row -> StoredRecord.read(dataset, row, 1),
                        sql.keys(found.stream().map(Line::key).sorted().toList()))
                .forEach(stored -> present.put(stored.key(), stored));
        // Whoever writes a line holds its record: what is read now stays.
        List<Line> lines = lines(connection, some);
        Map<String, Verdict> verdicts = new LinkedHashMap<>();
        Map<String, @Nullable String> localities = new HashMap<>();
        Rows given = new Rows(dataset.key().size() + 2);
        long left = 0;
        for (Line line : lines) {
            StoredRecord stored = present.get(line.key());
            Former former = stored == null ? null : former(line, stored.unit());
            if (stored == null || former == null || line.held()) {
                continue;
            }
            RecordUnit unit = stored.unit();
            Optional<Verdict> verdict = judge.decide(
                    line, new RecordUnit(former.code(), former.vintage(), unit.localities(), unit.address()), unit);
            if (verdict.isEmpty()) {
                continue;
            }
            if (manner == Manner.TELL || (line.isMoved() && !isAsItWasLeft(line, unit))) {
                left++;
                continue;
            }
            verdicts.put(line.key(), verdict.get());
            localities.put(line.key(), unit.locality());
            given.add(row(line.key(), verdict.get(), former));
        }
        if (!verdicts.isEmpty()) {
            Statements.query(connection, sql.recodeOwner(), HandOver::hash, given);
            Ledger.revise(connection, day, dataset, verdicts, localities, manner == Manner.HOLD);
        }
        return new Step(found.get(found.size() - 1).key(), found.size(), new Count(verdicts.size(), left));
    }

    private List<Line> lines(Connection connection, Lines some) throws SQLException {
        return Statements.query(
                connection,
                some.query(),
                Line::read,
                some.units(),
                dataset.name(),
                day.toString(),
                some.after(),
                batch);
    }

    private @Nullable String[] row(String key, Verdict verdict, Former former) {
        List<@Nullable String> row = new ArrayList<>(List.of(dataset.keyParts(key)));
        boolean moves = verdict.outcome() == Verdict.Outcome.MOVED;
        row.add(moves ? verdict.code() : former.code());
        row.add(moves ? String.valueOf(verdict.vintage()) : former.vintage());
        return row.toArray(new String[0]);
    }

    /** Null if the unit that it came from is no longer known. */
    private @Nullable Former former(Line line, RecordUnit present) {
        String code = present.code();
        String vintage = present.vintage();
        if (!line.isMoved() && code != null && vintage != null) {
            return new Former(code, vintage);
        }
        if (line.code() != null && line.vintage() != null) {
            return new Former(line.code(), line.vintage());
        }
        Optional<UnitHistory> history = timeline.find(line.from());
        if (history.isEmpty()) {
            return null;
        }
        LocalDate eve = day.minusDays(1);
        Unit last = history.get().at(eve).orElse(history.get().last());
        LocalDate until = last.validTo();
        return new Former(
                last.code().value(), (until == null || until.isAfter(eve) ? eve : until.minusDays(1)).toString());
    }

    private boolean isAsItWasLeft(Line line, RecordUnit present) {
        UnitId to = line.to();
        String code = present.code();
        if (to == null || code == null || present.vintage() == null) {
            return false;
        }
        try {
            LocalDate vintage = LocalDate.parse(present.vintage());
            return !vintage.isBefore(day)
                    && (to.codeAtBirth().value().equals(code)
                            || timeline.find(to)
                                    .flatMap(history -> history.at(vintage))
                                    .filter(unit -> unit.code().value().equals(code))
                                    .isPresent());
        } catch (DateTimeException malformed) {
            return false;
        }
    }
}
