package vn.dvhc.sync.reconcile;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.SyncConfig;
import vn.dvhc.sync.database.Databases;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Source;

/**
 * One dataset in one copy, with all its homes: the copy is read once, beside one home after the other, all as of the same moment.
 * A database that does not answer takes only what needs it out of the comparison.
 */
final class Comparison {

    private static final Logger LOG = Logger.getLogger(Comparison.class);

    private final Run run;
    private final Plan plan;
    private final Dataset dataset;
    private final Source copy;
    private final PresentUnits units;
    private final Databases databases;
    private final SyncConfig.Reconcile config;
    private final PairCheck.Tools tools;
    private final ReconciliationStore store;
    private final List<Pair> pairs = new ArrayList<>();
    private final Map<String, Pair> pairOfHome = new HashMap<>();

    /** The records of one home. */
    private static final class Pair {
        private final Source home;
        private final List<String> homes;
        private final Sums owner = new Sums();
        private final Sums copy = new Sums();
        private @Nullable End end;
        private End.@Nullable Point point;
        private boolean away;

        private Pair(Source home, List<String> homes) {
            this.home = home;
            this.homes = homes;
        }
    }

    /** Where reading and writing goes. */
    record House(
            Plan plan,
            Databases databases,
            SyncConfig.Reconcile config,
            PairCheck.Tools tools,
            ReconciliationStore store) {}

    /** @param homes each present home with the former homes whose records it has taken over */
    Comparison(
            Run run, House house, Dataset dataset, Source copy, PresentUnits units, Map<Source, List<String>> homes) {
        this.run = run;
        this.plan = house.plan();
        this.databases = house.databases();
        this.config = house.config();
        this.tools = house.tools();
        this.store = house.store();
        this.dataset = dataset;
        this.copy = copy;
        this.units = units;
        homes.forEach((home, formerHomes) -> {
            List<String> all = new ArrayList<>(List.of(home.name()));
            all.addAll(formerHomes);
            Pair pair = new Pair(home, List.copyOf(all));
            pairs.add(pair);
            all.forEach(name -> pairOfHome.put(name, pair));
        });
    }

    void run() throws SQLException, InterruptedException {
        long began = System.nanoTime();
        try (End copied = End.ofCopy(
                databases, config.statementTimeout(), copy, dataset, units, List.copyOf(pairOfHome.keySet()))) {
            End.Point copyPoint = copied.begin();
            pairs.forEach(this::open);
            scan(copied);
            for (Pair pair : pairs) {
                if (pair.away) {
                    unreachable(pair, began);
                } else {
                    check(pair, copied, copyPoint.at(), began);
                }
            }
        } catch (SQLException away) {
            LOG.warnf(
                    "Copy not compared: run=%d dataset=%s copy=%s cause=%s",
                    run.id(), dataset.name(), copy.name(), away.getMessage());
            for (Pair pair : pairs) {
                unreachable(pair, began);
            }
        } finally {
            pairs.forEach(Comparison::close);
        }
    }

    private void open(Pair pair) {
        try {
            End end = End.ofOwner(databases, config.statementTimeout(), pair.home, dataset, units);
            pair.end = end;
            pair.point = end.begin();
        } catch (SQLException away) {
            goneAway(pair, away);
        }
    }

    private void goneAway(Pair pair, SQLException away) {
        pair.away = true;
        LOG.warnf(
                "Pair not compared: run=%d dataset=%s source=%s cause=%s",
                run.id(), dataset.name(), pair.home.name(), away.getMessage());
    }

    /** Both sides at the same time. */
    private void scan(End copied) throws SQLException, InterruptedException {
        ExecutorService other = Executors.newSingleThreadExecutor(task -> new Thread(task, "reconcile-owners"));
        try {
            Future<Boolean> owners = other.submit((Callable<Boolean>) this::scanOwners);
            End.Size size = copied.size();
            run.expect(size.rows());
            copied.sum(
                    size,
                    run,
                    new Throttle(config.rowsPerSecond()),
                    (home, unit, code, vintage, bucket, records, checksum) -> {
                        Pair pair = pairOfHome.get(String.valueOf(home));
                        if (pair != null) {
                            pair.copy.add(unit, code, vintage, bucket, records, checksum);
                        }
                    });
            owners.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException defect) {
                throw defect;
            }
            throw new IllegalStateException("Owners could not be read", failed.getCause());
        } finally {
            other.shutdownNow();
        }
    }

    private boolean scanOwners() throws InterruptedException {
        for (Pair pair : pairs) {
            End end = pair.end;
            if (pair.away || end == null) {
                continue;
            }
            try {
                End.Size size = end.size();
                run.expect(size.rows());
                end.sum(
                        size,
                        run,
                        new Throttle(config.rowsPerSecond()),
                        (home, unit, code, vintage, bucket, records, checksum) ->
                                pair.owner.add(unit, code, vintage, bucket, records, checksum));
            } catch (SQLException away) {
                goneAway(pair, away);
            }
        }
        return true;
    }

    private void check(Pair pair, End copied, Instant copyReadAt, long began)
            throws SQLException, InterruptedException {
        if (!run.scope().units().isEmpty()) {
            pair.owner.keepOnly(run.scope().units());
            pair.copy.keepOnly(run.scope().units());
        }
        Tally tally = new Tally();
        List<Sums.Cell> cells = Sums.differing(pair.owner, pair.copy);
        if (!cells.isEmpty()) {
            try (End copyNow = End.ofCopy(databases, config.statementTimeout(), copy, dataset, units, pair.homes)) {
                PairCheck checked = drillDown(pair, copied, copyNow, cells);
                if (checked == null) {
                    unreachable(pair, began);
                    return;
                }
                tally = checked.tally();
            }
        }
        store.finish(run, result(pair, tally, copyReadAt, began), unitResults(pair, tally));
    }

    private @Nullable PairCheck drillDown(Pair pair, End copied, End copyNow, List<Sums.Cell> cells)
            throws SQLException, InterruptedException {
        End owner = pair.end;
        End.Point point = pair.point;
        if (owner == null || point == null) {
            return null;
        }
        try (End ownerNow = End.ofOwner(databases, config.statementTimeout(), pair.home, dataset, units)) {
            PairCheck check = new PairCheck(
                    run,
                    plan,
                    dataset,
                    pair.home,
                    new PairCheck.Ends(ownerNow, copyNow),
                    point.position(),
                    tools,
                    differences -> store.list(run, dataset, pair.home, copy, differences));
            try (End.Cursor ours =
                            owner.rows(pair.owner.groups(cells), List.of(), run, new Throttle(config.rowsPerSecond()));
                    End.Cursor theirs = copied.rows(
                            pair.copy.groups(cells), pair.homes, run, new Throttle(config.rowsPerSecond()))) {
                KeyMerge.merge(ours, theirs, check::take);
            }
            check.flush();
            return check;
        } catch (SQLException away) {
            goneAway(pair, away);
            return null;
        }
    }

    private PairResult result(Pair pair, Tally tally, Instant copyReadAt, long began) {
        End.Point point = pair.point;
        return new PairResult(
                run.id(),
                dataset.name(),
                pair.home.name(),
                copy.name(),
                tally.open() == 0 ? PairResult.State.EQUAL : PairResult.State.DIFFERENT,
                !run.scope().units().isEmpty(),
                pair.owner.rows(),
                pair.copy.rows(),
                pair.owner.rows(PresentUnits.UNREADABLE),
                units(pair).size(),
                tally.missing(),
                tally.extra(),
                tally.different(),
                tally.late(),
                tally.repaired(),
                tally.lacking(),
                List.copyOf(dataset.personal().keySet()),
                point == null ? null : Long.valueOf(point.position()),
                point == null ? null : point.at().toString(),
                copyReadAt.toString(),
                seconds(began));
    }

    private static List<String> units(Pair pair) {
        var units = pair.owner.units();
        units.addAll(pair.copy.units());
        return List.copyOf(units);
    }

    private static Map<String, UnitResult> unitResults(Pair pair, Tally tally) {
        Map<String, UnitResult> results = new LinkedHashMap<>();
        for (String unit : units(pair)) {
            Tally found = tally.ofUnit(unit);
            results.put(
                    unit,
                    new UnitResult(pair.owner.rows(unit), pair.copy.rows(unit), found == null ? new Tally() : found));
        }
        return results;
    }

    private void unreachable(Pair pair, long began) throws SQLException {
        store.finish(
                run,
                PairResult.without(
                        run.id(),
                        dataset.name(),
                        pair.home.name(),
                        copy.name(),
                        PairResult.State.UNREACHABLE,
                        seconds(began)),
                Map.of());
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    private static void close(Pair pair) {
        if (pair.end != null) {
            try {
                pair.end.close();
            } catch (SQLException gone) {
                LOG.debugf(gone, "A session was gone already: source=%s", pair.home.name());
            }
        }
    }
}
