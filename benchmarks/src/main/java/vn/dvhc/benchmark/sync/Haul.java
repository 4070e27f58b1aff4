package vn.dvhc.benchmark.sync;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import vn.dvhc.benchmark.Await;
import vn.dvhc.local.Account;

/**
 * Many changes from sources to a contender's copy. Afterwards both sides must hold the same rows with the same content, or the figure
 * counts for nothing.
 */
final class Haul {

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Duration LOOK = Duration.ofMillis(5);

    private static int runs;

    private final House house;
    private final Contender contender;
    private final List<SourceDatabase> sources;
    private final long changes;
    private final int size;
    private final Writers writers;

    /** @param size changes a transaction */
    Haul(House house, Contender contender, List<SourceDatabase> sources, long changes, int size) {
        this.house = house;
        this.contender = contender;
        this.sources = sources;
        this.changes = changes;
        this.size = size;
        this.writers = new Writers(house, "r" + ++runs);
    }

    /**
     * @param changesPerSecond from the first commit, or of a backlog from the first row that arrived, to the last row
     * @param writtenPerSecond how fast the writers were
     * @param processor seconds per 100,000 changes; with the writers' own, unless it was a backlog
     */
    record Outcome(double changesPerSecond, double writtenPerSecond, Usage.Spent processor, Usage.Spent megabytes) {}

    /** Writers and contender run at the same time. */
    Outcome live() throws IOException, SQLException, InterruptedException, ExecutionException {
        clear();
        try (Arrival arrival = contender.arrival();
                Usage usage = Usage.watch(house, contender)) {
            begin(arrival);
            long begun = System.nanoTime();
            CompletableFuture<Double> written = CompletableFuture.supplyAsync(this::write);
            double writing = written.get();
            awaitEnd(arrival);
            Outcome outcome = outcome(begun, writing, usage);
            compare();
            return outcome;
        }
    }

    /** The writers have ended before the contender begins. */
    Outcome backlog() throws IOException, SQLException, InterruptedException, ExecutionException {
        clear();
        try (Arrival arrival = contender.arrival()) {
            begin(arrival);
            contender.hold();
            double writing = write();
            try (Usage usage = Usage.watch(house, contender)) {
                contender.release();
                Await.until(
                        "the first change arrives", LIMIT, LOOK, () -> arrival.hasBegun(writers.firstKeys(sources)));
                long begun = System.nanoTime();
                awaitEnd(arrival);
                Outcome outcome = outcome(begun, writing, usage);
                compare();
                return outcome;
            }
        }
    }

    /** All changes are in Kafka before the applier begins: what it can do when capture does not bound it. */
    Outcome stored() throws IOException, SQLException, InterruptedException, ExecutionException {
        clear();
        try (Arrival arrival = contender.arrival();
                Arrival captured = new TopicArrival(house.kafka(), contender.topics())) {
            begin(arrival);
            begin(captured);
            double writing;
            applier("STOP");
            try {
                writing = write();
                awaitEnd(captured);
            } finally {
                applier("CONT");
            }
            try (Usage usage = Usage.watch(house, contender)) {
                Await.until(
                        "the first change arrives", LIMIT, LOOK, () -> arrival.hasBegun(writers.firstKeys(sources)));
                long begun = System.nanoTime();
                awaitEnd(arrival);
                Outcome outcome = outcome(begun, writing, usage);
                compare();
                return outcome;
            }
        }
    }

    private void applier(String signal) throws IOException, InterruptedException {
        String pid = Long.toString(contender.applierPid().orElseThrow());
        if (new ProcessBuilder("kill", "-" + signal, pid).inheritIO().start().waitFor() != 0) {
            throw new IllegalStateException("The applier " + pid + " was not sent " + signal);
        }
    }

    /** Empties the tables, and waits until that has had its effect. */
    private void clear() throws IOException, SQLException, InterruptedException {
        house.empty(sources, contender);
        try (Arrival arrival = contender.arrival()) {
            arrival.expect(sources.size());
            for (SourceDatabase source : sources) {
                writers.mark(source, "begin");
            }
            Await.until("the way is free", LIMIT, () -> arrival.isComplete(writers.marks(sources, "begin")));
        }
        house.administer("postgres", "CHECKPOINT");
    }

    private void begin(Arrival arrival) throws SQLException {
        arrival.expect(Writers.changes(sources.size(), changes, size));
    }

    private double write() {
        try {
            return writers.write(sources, changes, size);
        } catch (SQLException | InterruptedException | ExecutionException failed) {
            throw new IllegalStateException("The writers failed", failed);
        }
    }

    private void awaitEnd(Arrival arrival) throws IOException, InterruptedException {
        Await.until(
                contender.name() + " has brought everything",
                LIMIT,
                LOOK,
                () -> arrival.isComplete(writers.marks(sources, "end")));
    }

    private Outcome outcome(long begun, double writing, Usage usage) throws IOException {
        double seconds = (System.nanoTime() - begun) / 1e9;
        long all = Writers.changes(sources.size(), changes, size);
        return new Outcome(
                all / seconds, all / writing, usage.processorSeconds().times(100_000.0 / all), usage.peakMegabytes());
    }

    private void compare() throws SQLException {
        if (contender.copy().isEmpty()) {
            return;
        }
        List<String> there = new ArrayList<>();
        for (SourceDatabase source : sources) {
            there.add(content(source.name(), "public.case_file", source));
        }
        Contender.Copy copy = contender.copy().get();
        List<String> here = new ArrayList<>();
        for (SourceDatabase source : sources) {
            here.add(content(copy.database(), copy.table(), source));
        }
        if (!here.equals(there)) {
            throw new IllegalStateException(contender.name() + " copied wrongly: " + there + " became " + here);
        }
    }

    /** Number of rows, and a sum of their checksums. */
    private String content(String database, String table, SourceDatabase source) throws SQLException {
        try (Connection connection = house.connect(database, Account.POSTGRES);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) || ' ' || coalesce(sum(hashtextextended(ROW("
                        + "case_number, unit_code, unit_vintage, hamlet, procedure, status, steps, created_at, updated_at"
                        + ")::text, 0)), 0) FROM " + table + " WHERE case_number LIKE '"
                        + source.name().replace("commune_", "") + "-%'")) {
            row.next();
            return row.getString(1);
        }
    }
}
