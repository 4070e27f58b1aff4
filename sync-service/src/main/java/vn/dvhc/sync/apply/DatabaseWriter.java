package vn.dvhc.sync.apply;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import vn.dvhc.sync.capture.Change;
import vn.dvhc.sync.capture.DeadLetter;
import vn.dvhc.sync.database.Databases;
import vn.dvhc.sync.database.Progress;
import vn.dvhc.sync.database.Statements;
import vn.dvhc.sync.handover.LateRecoding;
import vn.dvhc.sync.home.Homes;
import vn.dvhc.sync.journal.EditJournal;
import vn.dvhc.sync.journal.Noted;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.units.Deciders;

/** Writes what one database has to write of a batch. What was written before is dropped by the position kept there. */
@Singleton
class DatabaseWriter {

    private final Databases databases;
    private final LateRecoding lateRecoding;
    private final LagMeter lag;

    @Inject
    DatabaseWriter(Databases databases, LateRecoding lateRecoding, LagMeter lag) {
        this.databases = databases;
        this.lateRecoding = lateRecoding;
        this.lag = lag;
    }

    /** What writing goes by. */
    record Terms(Plan plan, Homes homes, Deciders deciders, LocalDate lastReform) {}

    /**
     * Writes copies.
     *
     * @return the places of which the database lacks something before the batch, with the first message it lacks: nothing of them
     *     was written
     */
    Map<Progress.Place, Long> copy(Terms terms, Share share) throws SQLException {
        try {
            return copyWhole(terms, share);
        } catch (SQLException failed) {
            if (!Statements.isRefusalOfData(failed)) {
                throw failed;
            }
            return copyOneByOne(terms, share);
        }
    }

    private Map<Progress.Place, Long> copyWhole(Terms terms, Share share) throws SQLException {
        Map<Progress.Place, Long> gaps = new HashMap<>();
        boolean national = share.target().equals(terms.plan().nation());
        List<Change> live = databases.asReplica(share.target(), connection -> {
            Map<Progress.Place, Long> reached =
                    Progress.lock(connection, List.copyOf(share.next().keySet()));
            gaps.putAll(gaps(share, reached));
            List<Change> fresh = fresh(share.changes(), reached, gaps.keySet());
            EditJournal.write(connection, terms.homes(), freshNotes(share.notes(), reached, gaps.keySet()));
            CopyWriter.write(connection, terms.homes(), fresh);
            if (national) {
                DeadLetterWriter.write(connection, share.deadLetters());
            }
            Progress.store(connection, without(share.next(), gaps.keySet()));
            return fresh;
        });
        if (national) {
            lag.record(live, Instant.now());
        }
        return gaps;
    }

    /** Finds the change that the database refuses: it becomes a dead letter, and the others are applied. */
    private Map<Progress.Place, Long> copyOneByOne(Terms terms, Share share) throws SQLException {
        List<DeadLetter> deadLetters = new ArrayList<>(share.deadLetters());
        Map<Progress.Place, Long> gaps = databases.asReplica(
                share.target(),
                connection -> gaps(
                        share,
                        Progress.lock(connection, List.copyOf(share.next().keySet()))));
        // What the database refuses was done all the same; and a journal has nothing that it could refuse.
        databases.runAsReplica(
                share.target(),
                connection -> EditJournal.write(
                        connection,
                        terms.homes(),
                        freshNotes(
                                share.notes(),
                                Progress.lock(
                                        connection, List.copyOf(share.next().keySet())),
                                gaps.keySet())));
        for (Change change : share.changes()) {
            try {
                databases.runAsReplica(share.target(), connection -> {
                    Map<Progress.Place, Long> reached =
                            Progress.lock(connection, List.of(Progress.Place.of(change.origin())));
                    CopyWriter.write(connection, terms.homes(), fresh(List.of(change), reached, gaps.keySet()));
                });
            } catch (SQLException failed) {
                if (!Statements.isRefusalOfData(failed)) {
                    throw failed;
                }
                deadLetters.add(DeadLetterWriter.refused(change, failed));
            }
        }
        keep(terms.plan(), deadLetters);
        databases.runAsReplica(share.target(), connection -> {
            Progress.store(connection, without(share.next(), gaps.keySet()));
        });
        return gaps;
    }

    /** Brings changes of former homes into the new one; answers like {@link #copy}. */
    Map<Progress.Place, Long> rebase(Terms terms, Share share) throws SQLException {
        try {
            return rebase(terms, share, share.changes(), share.next());
        } catch (SQLException failed) {
            if (!Statements.isRefusalOfData(failed)) {
                throw failed;
            }
        }
        for (Change change : share.changes()) {
            try {
                rebase(terms, share, List.of(change), Map.of());
            } catch (SQLException failed) {
                if (!Statements.isRefusalOfData(failed)) {
                    throw failed;
                }
                keep(terms.plan(), List.of(DeadLetterWriter.refused(change, failed)));
            }
        }
        return rebase(terms, share, List.of(), share.next());
    }

    private Map<Progress.Place, Long> rebase(
            Terms terms, Share share, List<Change> changes, Map<Progress.Place, Long> next) throws SQLException {
        return databases.asOwner(share.target(), connection -> {
            Map<Progress.Place, Long> reached =
                    Progress.lock(connection, List.copyOf(share.next().keySet()));
            Map<Progress.Place, Long> gaps = gaps(share, reached);
            lateRecoding.rebase(
                    connection,
                    share.target(),
                    fresh(changes, reached, gaps.keySet()),
                    terms.lastReform(),
                    terms.deciders()::of,
                    terms.homes()::homesBefore);
            Progress.store(connection, without(next, gaps.keySet()));
            return gaps;
        });
    }

    /** Brings records that were written under old codes to those of today, where they live. */
    void recode(Terms terms, Recodings work) throws SQLException {
        for (Map.Entry<Dataset, Set<String>> outdated : work.outdated().entrySet()) {
            lateRecoding.recodeInPlace(
                    work.home(),
                    outdated.getKey(),
                    outdated.getValue(),
                    terms.lastReform(),
                    terms.deciders().of(outdated.getKey()));
        }
        if (terms.plan().isConcernedBy(terms.lastReform())) {
            for (Map.Entry<Dataset, Set<String>> settled : work.settled().entrySet()) {
                lateRecoding.unqueue(
                        work.home(),
                        settled.getKey(),
                        settled.getValue(),
                        terms.deciders().of(settled.getKey()));
            }
            for (Map.Entry<Recodings.Origin, Map<String, Change>> rejected :
                    work.rejected().entrySet()) {
                Source source = rejected.getKey().source();
                Dataset dataset = rejected.getKey().dataset();
                lateRecoding.reject(
                        source,
                        work.home(),
                        dataset,
                        rejected.getValue().values(),
                        terms.lastReform(),
                        terms.deciders().of(dataset));
            }
        }
    }

    private void keep(Plan plan, List<DeadLetter> deadLetters) throws SQLException {
        databases.runAsReplica(plan.nation(), connection -> {
            DeadLetterWriter.write(connection, deadLetters);
        });
    }

    /** Where the database is not as far as the batch begins: it was away, or restored from an older state. */
    private static Map<Progress.Place, Long> gaps(Share share, Map<Progress.Place, Long> reached) {
        Map<Progress.Place, Long> gaps = new HashMap<>();
        share.first().forEach((place, first) -> {
            long has = reached.getOrDefault(place, 0L);
            if (has < first) {
                gaps.put(place, has);
            }
        });
        return gaps;
    }

    private static List<Change> fresh(
            List<Change> changes, Map<Progress.Place, Long> reached, Set<Progress.Place> gaps) {
        return changes.stream().filter(change -> isFresh(change, reached, gaps)).toList();
    }

    private static List<Noted> freshNotes(
            List<Noted> notes, Map<Progress.Place, Long> reached, Set<Progress.Place> gaps) {
        return notes.stream()
                .filter(note -> isFresh(note.change(), reached, gaps))
                .toList();
    }

    private static boolean isFresh(Change change, Map<Progress.Place, Long> reached, Set<Progress.Place> gaps) {
        Progress.Place place = Progress.Place.of(change.origin());
        return !gaps.contains(place) && change.origin().offset() >= reached.getOrDefault(place, 0L);
    }

    private static Map<Progress.Place, Long> without(Map<Progress.Place, Long> next, Set<Progress.Place> gaps) {
        Map<Progress.Place, Long> rest = new HashMap<>(next);
        rest.keySet().removeAll(gaps);
        return rest;
    }
}
