package vn.dvhc.sync.handover;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.capture.Change;
import vn.dvhc.sync.database.Databases;
import vn.dvhc.sync.database.DatasetSql;
import vn.dvhc.sync.database.Statements;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.recode.Decider;
import vn.dvhc.sync.recode.Evidence;
import vn.dvhc.sync.recode.Verdict;

/** What arrives under old codes after a hand-over: re-coded where the record lives, or rebased into its new home. */
@Singleton
public class LateRecoding {

    private final Databases databases;

    @Inject
    LateRecoding(Databases databases) {
        this.databases = databases;
    }

    /**
     * Re-codes records of a present home that were written under units that have ended; answers how many. Reads them anew: what was decided
     * meanwhile is left alone.
     */
    public int recodeInPlace(
            Source home, Dataset dataset, Collection<String> keys, LocalDate enactment, Decider decider)
            throws SQLException {
        DatasetSql sql = new DatasetSql(dataset);
        return databases.asOwner(home, connection -> {
            List<Ledger.Entry> entries = new ArrayList<>();
            List<StoredRecord> records = Statements.query(
                    connection,
                    sql.lockKeys(),
                    row -> StoredRecord.read(dataset, row, 1),
                    sql.keys(keys.stream().sorted().toList()));
            Set<String> held = Ledger.held(connection, dataset, List.copyOf(keys));
            for (StoredRecord stored : records) {
                Verdict verdict = decider.decide(stored.unit());
                if (held.contains(stored.key())) {
                    continue;
                }
                if (verdict.outcome() == Verdict.Outcome.MOVED || verdict.outcome() == Verdict.Outcome.QUEUED) {
                    entries.add(new Ledger.Entry(stored.key(), stored.unit(), verdict, null, null, stored.hash()));
                }
            }
            ClerkDecisions.stand(connection, dataset, decider, entries);
            return Ledger.write(
                    connection,
                    enactment,
                    dataset,
                    home,
                    home,
                    true,
                    entries,
                    HandOver.recode(connection, dataset, entries));
        });
    }

    /**
     * Enters records into the ledger that came under a unit nobody can read: they count as rejected. One that lives on in another home is
     * not: only the change of its former home is.
     */
    public void reject(
            Source from, Source home, Dataset dataset, Collection<Change> changes, LocalDate enactment, Decider decider)
            throws SQLException {
        List<Ledger.Entry> entries = changes.stream()
                .map(change -> new Ledger.Entry(
                        change.key(), change.unit(), decider.decide(change.unit()), null, change.position(), null))
                .toList();
        databases.runAsOwner(home, connection -> {
            Set<String> living = from.equals(home)
                    ? Set.of()
                    : Ledger.living(
                            connection,
                            enactment,
                            dataset,
                            entries.stream().map(Ledger.Entry::key).toList());
            List<Ledger.Entry> refused = entries.stream()
                    .filter(entry -> !living.contains(entry.key()))
                    .toList();
            Ledger.write(connection, enactment, dataset, from, home, true, refused, Map.of());
        });
    }

    /** Enters records of a present home, refused once, as kept: their unit can be read now and goes on. */
    public void keep(Source home, Dataset dataset, Collection<String> keys, LocalDate enactment) throws SQLException {
        databases.runAsOwner(home, connection -> {
            Ledger.unqueue(connection, dataset, List.copyOf(keys));
            Ledger.keepRefused(connection, enactment, dataset, List.copyOf(keys));
        });
    }

    /**
     * Takes records out of the queue that need no decision any more: deleted, or given a unit in force by their owner. Reads them
     * anew: one that waits again meanwhile is left alone.
     */
    public void unqueue(Source home, Dataset dataset, Collection<String> keys, Decider decider) throws SQLException {
        databases.runAsOwner(home, connection -> {
            List<String> waiting = Statements.query(
                    connection,
                    "SELECT record_key FROM sync.queued_record WHERE dataset = ? AND record_key = ANY (?::text[])"
                            + " ORDER BY record_key",
                    row -> row.getString(1),
                    dataset.name(),
                    List.copyOf(keys));
            if (waiting.isEmpty()) {
                return;
            }
            DatasetSql sql = new DatasetSql(dataset);
            Set<String> gone = new HashSet<>(waiting);
            Map<String, Verdict> decided = new HashMap<>();
            for (StoredRecord stored : Statements.query(
                    connection, sql.lockKeys(), row -> StoredRecord.read(dataset, row, 1), sql.keys(waiting))) {
                gone.remove(stored.key());
                Verdict verdict = decider.decide(stored.unit());
                if (verdict.outcome() == Verdict.Outcome.KEPT) {
                    decided.put(stored.key(), verdict);
                }
            }
            Ledger.decide(connection, dataset, decided, Evidence.ofOwner());
            if (!gone.isEmpty()) {
                Ledger.unqueue(connection, dataset, List.copyOf(gone));
            }
        });
    }

    /**
     * Brings late changes of a former home into the new one, inside the caller's transaction there.
     *
     * @param homesBefore the homes that a former home's records had before their present one
     */
    public void rebase(
            Connection connection,
            Source home,
            List<Change> changes,
            LocalDate enactment,
            Function<Dataset, Decider> deciders,
            Function<Source, List<Source>> homesBefore)
            throws SQLException {
        Map<List<Object>, Map<String, Change>> groups = new LinkedHashMap<>();
        for (Change change : changes) {
            groups.computeIfAbsent(List.of(change.source(), change.dataset()), group -> new LinkedHashMap<>())
                    .put(change.key(), change);
        }
        for (Map<String, Change> group : groups.values()) {
            Change first = group.values().iterator().next();
            List<Change> last = whole(first.source(), first.dataset(), List.copyOf(group.values()));
            new Rebase(
                            connection,
                            enactment,
                            first.dataset(),
                            first.source(),
                            home,
                            deciders.apply(first.dataset()),
                            false,
                            new FormerLines(
                                    databases, first.dataset(), first.source(), homesBefore.apply(first.source())))
                    .apply(last);
        }
    }

    /**
     * Brings late changes that were refused once into the new home, inside the caller's transaction there.
     *
     * @param changes at most one a key, of one source and dataset
     * @param homesBefore the homes that their records had before the present one
     * @return what became of each, by key
     */
    public Map<String, LateOutcome> rebaseAgain(
            Connection connection,
            Source home,
            List<Change> changes,
            LocalDate enactment,
            Decider decider,
            List<Source> homesBefore)
            throws SQLException {
        Change first = changes.get(0);
        return new Rebase(
                        connection,
                        enactment,
                        first.dataset(),
                        first.source(),
                        home,
                        decider,
                        true,
                        new FormerLines(databases, first.dataset(), first.source(), homesBefore))
                .apply(whole(first.source(), first.dataset(), changes));
    }

    /**
     * Writes a late change over its record in the new home, re-coded, since a person decided so; inside the caller's transaction there.
     *
     * @return why it can't be written, in Vietnamese; empty if it was
     */
    public Optional<String> accept(
            Connection connection, Source home, Change change, LocalDate enactment, Decider decider)
            throws SQLException {
        return new Rebase(
                        connection,
                        enactment,
                        change.dataset(),
                        change.source(),
                        home,
                        decider,
                        true,
                        new FormerLines(databases, change.dataset(), change.source(), List.of()))
                .force(whole(change.source(), change.dataset(), List.of(change)).get(0));
    }

    /**
     * The changes with the columns that never leave their tier: read where they were written, since a record moves between
     * owners whole. What was deleted there meanwhile lacks them; its deletion follows.
     */
    private List<Change> whole(Source from, Dataset dataset, List<Change> changes) throws SQLException {
        if (dataset.personal().isEmpty()) {
            return changes;
        }
        DatasetSql sql = new DatasetSql(dataset);
        Map<String, StoredRecord> records = new HashMap<>();
        databases
                .asOwner(
                        from,
                        connection -> Statements.query(
                                connection,
                                sql.readKeys(),
                                row -> StoredRecord.read(dataset, row, 1),
                                sql.keys(changes.stream().map(Change::key).toList())))
                .forEach(record -> records.put(record.key(), record));
        return changes.stream()
                .map(change -> change.withValues(whole(dataset, change, records.get(change.key()))))
                .toList();
    }

    private static List<@Nullable String> whole(Dataset dataset, Change change, @Nullable StoredRecord stored) {
        List<String> names = dataset.columnNames();
        List<@Nullable String> values = new ArrayList<>(change.values());
        for (String column : dataset.personal().keySet()) {
            int place = names.indexOf(column);
            values.set(place, stored == null ? null : stored.values().get(place));
        }
        return values;
    }
}
