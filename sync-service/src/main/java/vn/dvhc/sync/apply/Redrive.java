package vn.dvhc.sync.apply;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.capture.Change;
import vn.dvhc.sync.capture.DeadLetter;
import vn.dvhc.sync.capture.Origin;
import vn.dvhc.sync.capture.SnapshotBarriers;
import vn.dvhc.sync.database.Databases;
import vn.dvhc.sync.database.DatasetSql;
import vn.dvhc.sync.database.Rows;
import vn.dvhc.sync.database.Statements;
import vn.dvhc.sync.handover.LateOutcome;
import vn.dvhc.sync.handover.LateRecoding;
import vn.dvhc.sync.home.Homes;
import vn.dvhc.sync.journal.EditJournal;
import vn.dvhc.sync.journal.Noted;
import vn.dvhc.sync.lane.Lane;
import vn.dvhc.sync.lane.Lanes;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.units.Deciders;
import vn.dvhc.sync.units.UnitKnowledge;
import vn.dvhc.time.BusinessClock;

/**
 * Applies changes that were refused once: by the same routes and writers as the stream, but past its progress, which has long gone
 * by. Used inside the gate. What it does may be done again: the positions in the copies and in the ledger hold.
 */
@Singleton
public class Redrive {

    private final Databases databases;
    private final SnapshotBarriers barriers;
    private final UnitKnowledge knowledge;
    private final LateRecoding lateRecoding;
    private final BusinessClock clock;
    private final Lanes lanes;

    @Inject
    Redrive(
            Databases databases,
            SnapshotBarriers barriers,
            UnitKnowledge knowledge,
            LateRecoding lateRecoding,
            BusinessClock clock,
            Lanes lanes) {
        this.databases = databases;
        this.barriers = barriers;
        this.knowledge = knowledge;
        this.lateRecoding = lateRecoding;
        this.clock = clock;
        this.lanes = lanes;
    }

    /**
     * A change to be applied again.
     *
     * @param wrong the change as it came, if a person has amended it since and it could be read
     */
    public record Retry(Change change, @Nullable Change wrong) {

        /** The columns that were amended. */
        private List<String> corrected() {
            Dataset dataset = change.dataset();
            List<String> columns = dataset.columnNames();
            List<String> corrected = new ArrayList<>(dataset.storedColumns());
            corrected.removeAll(dataset.key());
            corrected.removeAll(dataset.personal().keySet());
            corrected.removeIf(column -> wrong == null
                    || Objects.equals(
                            change.values().get(columns.indexOf(column)),
                            wrong.values().get(columns.indexOf(column))));
            return corrected;
        }
    }

    /** How it ended. */
    public enum Outcome {
        APPLIED,
        /** Nothing was written: a newer version is there. */
        SUPERSEDED,
        REFUSED
    }

    /**
     * @param cause why it was refused; null unless it was
     * @param detail what there is to say of it, in Vietnamese
     */
    public record Result(
            Outcome outcome,
            DeadLetter.@Nullable Cause cause,
            @Nullable String detail) {

        static final Result APPLIED = new Result(Outcome.APPLIED, null, null);

        static final Result NEWER =
                new Result(Outcome.SUPERSEDED, null, "Nơi nhận đã có bản mới hơn hoặc chính bản này.");

        static final Result HANDED_OVER_NOW = new Result(
                Outcome.REFUSED,
                null,
                "Hồ sơ của nguồn này đang được bàn giao cho nơi ở mới; hãy thử lại sau ít phút.");

        static Result refused(DeadLetter letter) {
            return new Result(Outcome.REFUSED, letter.cause(), letter.detail());
        }
    }

    /** Work on several changes in one transaction, that tells what became of each. */
    @FunctionalInterface
    private interface Batch {
        Map<Change, Result> apply(List<Change> changes) throws SQLException;
    }

    private record Holding(Source source, Dataset dataset) {}

    /** Columns to be corrected in an owner's table. */
    private record Mending(Source source, Dataset dataset, List<String> columns) {}

    /**
     * @param letters at most one a key, in order
     * @param rehearsal whether everything is undone at the end of each transaction
     * @throws SQLException if a database is away: what was written stays, and all can be tried again
     */
    public Map<Origin, Result> apply(Plan plan, List<Retry> letters, boolean rehearsal) throws SQLException {
        List<Retry> retries = behindBarriers(plan, letters);
        UnitKnowledge.State state = knowledge.state();
        Deciders decide = new Deciders(state, clock.today());
        Homes homes = Homes.of(plan, state.timeline());
        Map<Change, Route> routes = new LinkedHashMap<>();
        retries.forEach(retry -> routes.put(
                retry.change(), Route.of(plan, homes, decide.of(retry.change().dataset()), retry.change())));

        Map<Change, Result> results = new HashMap<>();
        Map<Source, List<Change>> copies = new LinkedHashMap<>();
        Map<Holding, List<Change>> rebases = new LinkedHashMap<>();
        routes.forEach((change, route) -> {
            switch (route.kind()) {
                case REFUSED ->
                    results.put(
                            change,
                            Result.refused(DeadLetterWriter.of(
                                    change,
                                    DeadLetter.Cause.UNIT_REFUSED,
                                    String.valueOf(route.verdict().reason()))));
                case REBASED -> {
                    Source home = homes.newHome(change.source()).orElseThrow();
                    if (lanes.isClosed(Lane.of(change.source(), home))) {
                        results.put(change, Result.HANDED_OVER_NOW);
                    } else {
                        rebases.computeIfAbsent(
                                        new Holding(change.source(), change.dataset()), holding -> new ArrayList<>())
                                .add(change);
                    }
                }
                case COPIED -> {
                    if (route.copies().isEmpty()) {
                        results.put(change, Result.APPLIED);
                    }
                    route.copies()
                            .forEach(target -> copies.computeIfAbsent(target, copy -> new ArrayList<>())
                                    .add(change));
                }
            }
        });
        for (Map.Entry<Holding, List<Change>> rebase : rebases.entrySet()) {
            Source home = homes.newHome(rebase.getKey().source()).orElseThrow();
            merge(
                    results,
                    oneByOneIfRefused(
                            rebase.getValue(), changes -> rebase(state, decide, homes, home, changes, rehearsal)));
        }
        for (Map.Entry<Source, List<Change>> copy : copies.entrySet()) {
            merge(
                    results,
                    oneByOneIfRefused(copy.getValue(), changes -> copy(homes, copy.getKey(), changes, rehearsal)));
        }
        if (!rehearsal) {
            note(plan, homes, results);
            follow(plan, state, decide, retries, routes, results);
        }
        Map<Origin, Result> answer = new LinkedHashMap<>();
        routes.keySet().forEach(change -> answer.put(change.origin(), results.getOrDefault(change, Result.NEWER)));
        return answer;
    }

    /** What could not be read when it came is not in the journal yet; all else is, and stays as it is. */
    private void note(Plan plan, Homes homes, Map<Change, Result> results) throws SQLException {
        List<Noted> notes = results.entrySet().stream()
                .filter(result ->
                        result.getKey().edit() != null && result.getValue().outcome() != Outcome.REFUSED)
                .map(Map.Entry::getKey)
                .map(change -> new Noted(
                        change,
                        change.dataset().isRecoded()
                                && homes.newHome(change.source()).isPresent()))
                .toList();
        if (!notes.isEmpty()) {
            databases.runAsReplica(plan.nation(), connection -> EditJournal.write(connection, homes, notes));
        }
    }

    private List<Retry> behindBarriers(Plan plan, List<Retry> letters) throws SQLException {
        List<Change> changes =
                barriers.put(plan, letters.stream().map(Retry::change).toList());
        List<Retry> retries = new ArrayList<>(letters.size());
        for (int i = 0; i < changes.size(); i++) {
            retries.add(new Retry(changes.get(i), letters.get(i).wrong()));
        }
        return retries;
    }

    /** Why a change would be refused for its unit; empty if it would not. */
    public Optional<String> refusal(Plan plan, Change change) {
        UnitKnowledge.State state = knowledge.state();
        Route route = Route.of(
                plan,
                Homes.of(plan, state.timeline()),
                new Deciders(state, clock.today()).of(change.dataset()),
                change);
        return route.kind() == Route.Kind.REFUSED
                ? Optional.of(String.valueOf(route.verdict().reason()))
                : Optional.empty();
    }

    /** Refused anywhere is refused; else written anywhere is applied. */
    private static void merge(Map<Change, Result> results, Map<Change, Result> more) {
        more.forEach((change, result) -> results.merge(
                change,
                result,
                (one, other) -> one.outcome() == Outcome.REFUSED
                                || (one.outcome() == Outcome.APPLIED && other.outcome() != Outcome.REFUSED)
                        ? one
                        : other));
    }

    private static Map<Change, Result> oneByOneIfRefused(List<Change> changes, Batch batch) throws SQLException {
        try {
            return batch.apply(changes);
        } catch (SQLException failed) {
            if (!Statements.isRefusalOfData(failed)) {
                throw failed;
            }
        }
        Map<Change, Result> results = new HashMap<>();
        for (Change change : changes) {
            try {
                results.putAll(batch.apply(List.of(change)));
            } catch (SQLException failed) {
                if (!Statements.isRefusalOfData(failed)) {
                    throw failed;
                }
                results.put(change, Result.refused(DeadLetterWriter.refused(change, failed)));
            }
        }
        return results;
    }

    private Map<Change, Result> copy(Homes homes, Source target, List<Change> changes, boolean rehearsal)
            throws SQLException {
        return databases.asReplica(target, connection -> {
            Savepoint before = connection.setSavepoint();
            Set<Change> written = CopyWriter.writeAndTell(connection, homes, changes);
            undo(connection, before, rehearsal);
            Map<Change, Result> results = new HashMap<>();
            changes.forEach(change -> results.put(change, written.contains(change) ? Result.APPLIED : Result.NEWER));
            return results;
        });
    }

    private Map<Change, Result> rebase(
            UnitKnowledge.State state,
            Deciders decide,
            Homes homes,
            Source home,
            List<Change> changes,
            boolean rehearsal)
            throws SQLException {
        return databases.asOwner(home, connection -> {
            Savepoint before = connection.setSavepoint();
            Map<String, LateOutcome> outcomes = lateRecoding.rebaseAgain(
                    connection,
                    home,
                    changes,
                    state.lastReform(),
                    decide.of(changes.get(0).dataset()),
                    homes.homesBefore(changes.get(0).source()));
            undo(connection, before, rehearsal);
            Map<Change, Result> results = new HashMap<>();
            changes.forEach(
                    change -> results.put(change, result(outcomes.getOrDefault(change.key(), LateOutcome.CONTAINED))));
            return results;
        });
    }

    private static Result result(LateOutcome outcome) {
        return switch (outcome) {
            case WRITTEN -> Result.APPLIED;
            case CONTAINED -> Result.NEWER;
            case CONFLICT ->
                new Result(
                        Outcome.SUPERSEDED,
                        null,
                        "Hồ sơ đã khác ở nơi ở mới; thay đổi này được chuyển sang hộp xung đột.");
        };
    }

    private static void undo(Connection connection, Savepoint before, boolean rehearsal) throws SQLException {
        if (rehearsal) {
            connection.rollback(before);
        }
    }

    /** What the stream does after it has copied: and first the owner's own record is mended, if it still is as wrong as the letter. */
    private void follow(
            Plan plan,
            UnitKnowledge.State state,
            Deciders decide,
            List<Retry> retries,
            Map<Change, Route> routes,
            Map<Change, Result> results)
            throws SQLException {
        Map<Holding, Set<String>> outdated = new LinkedHashMap<>();
        Map<Holding, Set<String>> kept = new LinkedHashMap<>();
        Map<Holding, Set<String>> gone = new LinkedHashMap<>();
        Map<Mending, List<Retry>> mendings = new LinkedHashMap<>();
        for (Retry retry : retries) {
            Change change = retry.change();
            Route route = routes.get(change);
            if (route == null
                    || route.kind() != Route.Kind.COPIED
                    || !change.dataset().isRecoded()
                    || results.getOrDefault(change, Result.NEWER).outcome() != Outcome.APPLIED) {
                continue;
            }
            if (!change.deleted() && !retry.corrected().isEmpty()) {
                mendings.computeIfAbsent(
                                new Mending(change.source(), change.dataset(), retry.corrected()),
                                mending -> new ArrayList<>())
                        .add(retry);
            }
            (change.deleted() ? gone : route.isSettled(change) ? kept : outdated)
                    .computeIfAbsent(new Holding(change.source(), change.dataset()), holding -> new HashSet<>())
                    .add(change.key());
        }
        for (Map.Entry<Mending, List<Retry>> mending : mendings.entrySet()) {
            for (Change mended : mend(mending.getKey(), mending.getValue())) {
                results.put(
                        mended,
                        new Result(
                                Outcome.APPLIED,
                                null,
                                "Đã sửa cả bản ghi tại nguồn " + mended.source().name() + "."));
            }
        }
        for (Map.Entry<Holding, Set<String>> holding : outdated.entrySet()) {
            Dataset dataset = holding.getKey().dataset();
            lateRecoding.recodeInPlace(
                    holding.getKey().source(), dataset, holding.getValue(), state.lastReform(), decide.of(dataset));
        }
        if (plan.isConcernedBy(state.lastReform())) {
            for (Map.Entry<Holding, Set<String>> holding : kept.entrySet()) {
                lateRecoding.keep(
                        holding.getKey().source(), holding.getKey().dataset(), holding.getValue(), state.lastReform());
            }
            for (Map.Entry<Holding, Set<String>> holding : gone.entrySet()) {
                Dataset dataset = holding.getKey().dataset();
                lateRecoding.unqueue(holding.getKey().source(), dataset, holding.getValue(), decide.of(dataset));
            }
        }
    }

    /**
     * Writes what was amended into the owner's record, like the owner would, if the record still bears what was wrong: else the next
     * change or repair would bring the wrong value again.
     */
    private List<Change> mend(Mending mending, List<Retry> retries) throws SQLException {
        Dataset dataset = mending.dataset();
        List<String> columns = dataset.columnNames();
        Rows rows = new Rows(dataset.key().size() + 2 * mending.columns().size());
        for (Retry retry : retries) {
            Change wrong = Objects.requireNonNull(retry.wrong());
            List<@Nullable String> row =
                    new ArrayList<>(List.of(dataset.keyParts(retry.change().key())));
            for (String column : mending.columns()) {
                row.add(retry.change().values().get(columns.indexOf(column)));
                row.add(wrong.values().get(columns.indexOf(column)));
            }
            rows.add(row.toArray(new String[0]));
        }
        try {
            List<String> mended = databases.asOwner(
                    mending.source(),
                    connection -> Statements.query(
                            connection,
                            new DatasetSql(dataset).correctOwner(mending.columns()),
                            row -> row.getString(1),
                            rows));
            return retries.stream()
                    .map(Retry::change)
                    .filter(change -> mended.contains(change.key()))
                    .toList();
        } catch (SQLException failed) {
            if (Statements.isRefusalOfData(failed)) {
                return List.of(); // What the owner's table can't hold is not in it.
            }
            throw failed;
        }
    }
}
