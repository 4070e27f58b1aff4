package vn.dvhc.demo.fault;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import vn.dvhc.demo.record.Dataset;
import vn.dvhc.demo.record.DemoRecord;
import vn.dvhc.demo.record.RecordGenerator;
import vn.dvhc.demo.reform.Reform;
import vn.dvhc.demo.store.Database;
import vn.dvhc.demo.store.RecordTable;
import vn.dvhc.demo.traffic.Clerk;
import vn.dvhc.demo.traffic.Journal;
import vn.dvhc.unit.UnitRef;

/**
 * Works on its own share of a database's records, under the codes of the eve, through every fault: what fails is tried
 * anew, and a commit that nobody answered is looked up before the next one. So of each write it is known whether it counts.
 */
final class Writer implements Runnable {

    private static final int SEVERAL_ONE_IN = 12;
    private static final int MOST_AT_ONCE = 12;
    private static final int INSERT_PERCENT = 25;
    private static final int DELETE_PERCENT = 6;
    private static final int TEXT_PERCENT = 25;
    private static final int WHOLE_FORM_PERCENT = 10;
    private static final int UNKNOWN_UNIT_ONE_IN = 400;
    private static final Duration BEFORE_NEXT_TRY = Duration.ofMillis(250);

    /**
     * What a writer works with.
     *
     * @param keys of records that are there and that nobody else writes
     * @param skew how far the clock of its province is ahead
     */
    record Desk(
            String name,
            Database database,
            Dataset dataset,
            String province,
            RecordGenerator generator,
            List<String> keys,
            AtomicInteger freshNumbers,
            Duration skew,
            Duration pace) {}

    /** A change of one record inside of a transaction. */
    record Write(Journal.Write kind, DemoRecord record) {}

    private final Desk desk;
    private final WriteLog log;
    private final SplittableRandom random;
    private final RecordTable table;
    private final List<String> keys;
    private long transactions;
    private volatile boolean stopped;

    Writer(Desk desk, WriteLog log, SplittableRandom random) {
        this.desk = desk;
        this.log = log;
        this.random = random;
        this.table = new RecordTable(desk.dataset(), desk.skew());
        this.keys = new ArrayList<>(desk.keys());
    }

    /** Lets it end the transaction at hand. */
    void stop() {
        stopped = true;
    }

    @Override
    public void run() {
        while (!stopped) {
            try (Connection connection = connect()) {
                connection.setAutoCommit(false);
                while (!stopped) {
                    transact(connection);
                    LockSupport.parkNanos(desk.pace().toNanos());
                }
            } catch (SQLException away) {
                pause();
            } catch (RuntimeException defect) {
                log.failed(desk.name() + ": " + defect);
                return;
            }
        }
    }

    /** Its name tells a session that may still be committing from others. */
    private Connection connect() throws SQLException {
        Connection connection = desk.database().connect();
        try (PreparedStatement name = connection.prepareStatement("SELECT set_config('application_name', ?, false)")) {
            name.setString(1, desk.name());
            name.execute();
            return connection;
        } catch (SQLException failed) {
            connection.close();
            throw failed;
        }
    }

    private void transact(Connection connection) throws SQLException {
        String id = desk.name() + "-" + ++transactions;
        List<Write> done;
        try {
            mark(connection, id);
            done = work(connection);
        } catch (SQLException failed) {
            log.undone();
            throw failed;
        }
        try {
            connection.commit();
        } catch (SQLException unanswered) {
            boolean committed = isCommitted(id);
            log.resolved(committed);
            if (committed) {
                settle(done);
            }
            throw unanswered;
        }
        settle(done);
    }

    private void settle(List<Write> done) {
        log.committed(desk.database().name(), done);
        for (Write write : done) {
            String key = write.record().key();
            switch (write.kind()) {
                case INSERTED -> {
                    if (!isPoison(write.record())) {
                        keys.add(key);
                    }
                }
                case DELETED -> keys.remove(key);
                case UPDATED -> {}
            }
        }
    }

    static boolean isPoison(DemoRecord record) {
        return record.unit().code().value().equals(Clerk.UNKNOWN_CODE);
    }

    private static void mark(Connection connection, String id) throws SQLException {
        try (PreparedStatement mark = connection.prepareStatement("INSERT INTO campaign.transaction (id) VALUES (?)")) {
            mark.setString(1, id);
            mark.executeUpdate();
        }
    }

    private List<Write> work(Connection connection) throws SQLException {
        int count = random.nextInt(SEVERAL_ONE_IN) == 0 ? random.nextInt(2, MOST_AT_ONCE + 1) : 1;
        List<Write> done = new ArrayList<>();
        Set<String> touched = new HashSet<>();
        for (int i = 0; i < count; i++) {
            Write write = one(connection, touched);
            if (write != null) {
                touched.add(write.record().key());
                done.add(write);
            }
        }
        return done;
    }

    /** Null if the record at hand was written in this transaction already. */
    private @Nullable Write one(Connection connection, Set<String> touched) throws SQLException {
        int dice = random.nextInt(100);
        if (random.nextInt(UNKNOWN_UNIT_ONE_IN) == 0) {
            return insert(connection, fresh().under(UnitRef.of(Clerk.UNKNOWN_CODE, Reform.EVE)));
        }
        if (dice < INSERT_PERCENT || keys.isEmpty()) {
            return insert(connection, fresh());
        }
        String key = keys.get(random.nextInt(keys.size()));
        Journal.Entry entry = log.last(key);
        if (entry == null || touched.contains(key)) {
            return null;
        }
        return dice < INSERT_PERCENT + DELETE_PERCENT
                ? delete(connection, entry.record())
                : update(connection, entry.record());
    }

    private DemoRecord fresh() {
        return WriteLog.versioned(
                desk.generator()
                        .fresh(
                                desk.dataset(),
                                desk.province(),
                                desk.freshNumbers().getAndIncrement(),
                                random),
                1);
    }

    private Write insert(Connection connection, DemoRecord record) throws SQLException {
        return new Write(Journal.Write.INSERTED, record.at(table.insert(connection, record)));
    }

    private Write update(Connection connection, DemoRecord current) throws SQLException {
        int dice = random.nextInt(100);
        boolean wholeForm = dice < WHOLE_FORM_PERCENT;
        boolean withText = dice < WHOLE_FORM_PERCENT + TEXT_PERCENT;
        DemoRecord next = WriteLog.versioned(
                current.worked(
                        RecordGenerator.status(desk.dataset(), random),
                        withText ? RecordGenerator.text(desk.dataset(), random) : current.text(),
                        withText ? RecordGenerator.area(desk.dataset(), random) : current.area()),
                WriteLog.version(current.status()) + 1);
        Instant at = wholeForm
                ? table.updateAll(connection, next)
                : withText ? table.updateContent(connection, next) : table.updateStatus(connection, next);
        if (at == null) {
            throw new IllegalStateException("record " + next.key() + " is gone");
        }
        return new Write(Journal.Write.UPDATED, next.at(at));
    }

    private Write delete(Connection connection, DemoRecord record) throws SQLException {
        if (!table.delete(connection, record.key())) {
            throw new IllegalStateException("record " + record.key() + " is gone");
        }
        return new Write(Journal.Write.DELETED, record);
    }

    /** Waits until the database answers and the session that sent the commit has ended. */
    private boolean isCommitted(String id) {
        while (true) {
            try (Connection connection = desk.database().connect();
                    Statement statement = connection.createStatement();
                    PreparedStatement find =
                            connection.prepareStatement("SELECT 1 FROM campaign.transaction WHERE id = ?")) {
                boolean ended;
                try (ResultSet others = statement.executeQuery(
                        "SELECT count(*) FROM pg_stat_activity WHERE application_name = '" + desk.name() + "'")) {
                    others.next();
                    ended = others.getLong(1) == 0;
                }
                if (ended) {
                    find.setString(1, id);
                    try (ResultSet found = find.executeQuery()) {
                        return found.next();
                    }
                }
            } catch (SQLException away) {
                // asked again below
            }
            pause();
        }
    }

    private static void pause() {
        LockSupport.parkNanos(BEFORE_NEXT_TRY.toNanos());
    }
}
