package vn.dvhc.demo.traffic;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import vn.dvhc.demo.record.Dataset;
import vn.dvhc.demo.record.DemoRecord;
import vn.dvhc.demo.record.RecordGenerator;
import vn.dvhc.demo.reform.Reform;
import vn.dvhc.demo.store.Database;
import vn.dvhc.demo.store.RecordTable;
import vn.dvhc.unit.UnitRef;

/**
 * One connection that works on its own share of a database's records, always under the codes of the eve, before, during
 * and after the reform. Each write is a transaction of its own and journaled once it is acknowledged. A refused write or a
 * record that is gone ends the clerk's work as a failure: nobody may notice the reform.
 */
public final class Clerk implements Runnable {

    private static final int INSERT_PERCENT = 25;
    private static final int DELETE_PERCENT = 5;
    private static final int TEXT_PERCENT = 25;
    private static final int WHOLE_FORM_PERCENT = 15;
    private static final int UNKNOWN_UNIT_ONE_IN = 150;

    /** A code nobody ever bore. */
    public static final String UNKNOWN_CODE = "99998";

    /**
     * What a clerk works with.
     *
     * @param goesOn whether the database is still its records' home after the reform
     */
    record Desk(
            Database database,
            Dataset dataset,
            String province,
            boolean goesOn,
            RecordGenerator generator,
            List<Integer> numbers,
            AtomicInteger freshNumbers,
            Duration pace) {}

    private final Desk desk;
    private final Journal journal;
    private final SplittableRandom random;
    private final BooleanSupplier handedOver;
    private final RecordTable table;
    private final List<Integer> generated;
    private final List<String> added = new ArrayList<>();
    private volatile boolean stopped;
    private volatile @Nullable String failure;

    /** @param handedOver whether the ended province's records are at their new home */
    Clerk(Desk desk, Journal journal, SplittableRandom random, BooleanSupplier handedOver) {
        this.desk = desk;
        this.journal = journal;
        this.random = random;
        this.handedOver = handedOver;
        this.table = new RecordTable(desk.dataset());
        this.generated = new ArrayList<>(desk.numbers());
    }

    @Override
    public void run() {
        try (Connection connection = desk.database().connect()) {
            long next = System.nanoTime();
            while (!stopped) {
                work(connection);
                next = Math.max(
                        next + desk.pace().toNanos(),
                        System.nanoTime() - desk.pace().toNanos());
                LockSupport.parkNanos(next - System.nanoTime());
            }
        } catch (SQLException refused) {
            failure = desk.database() + ": " + refused.getMessage();
        } catch (IllegalStateException gone) {
            failure = gone.getMessage();
        }
    }

    /** One more update, if the clerk's records live here; only after {@link #run} has ended. */
    void touch() {
        if (!isLivingHome() || failure != null) {
            return;
        }
        try (Connection connection = desk.database().connect()) {
            update(connection, pickRecord());
        } catch (SQLException | IllegalStateException refused) {
            failure = desk.database() + ": " + refused.getMessage();
        }
    }

    void stop() {
        stopped = true;
    }

    /** Why the clerk could not go on; null if all went well. */
    @Nullable
    String failure() {
        return failure;
    }

    private void work(Connection connection) throws SQLException {
        int dice = random.nextInt(100);
        if (random.nextInt(UNKNOWN_UNIT_ONE_IN) == 0) {
            insert(connection, fresh().under(UnitRef.of(UNKNOWN_CODE, Reform.EVE)));
        } else if (dice < INSERT_PERCENT || generated.isEmpty()) {
            DemoRecord record = fresh();
            insert(connection, record);
            added.add(record.key());
        } else if (dice < INSERT_PERCENT + DELETE_PERCENT && isLivingHome()) {
            delete(connection);
        } else {
            update(connection, pickRecord());
        }
    }

    private void insert(Connection connection, DemoRecord record) throws SQLException {
        boolean late = isLate();
        Instant at = table.insert(connection, record);
        journal.acknowledge(
                Journal.Write.INSERTED, record.at(at), desk.database().name(), late);
    }

    private void update(Connection connection, DemoRecord current) throws SQLException {
        boolean late = isLate();
        int dice = random.nextInt(100);
        boolean wholeForm = dice < WHOLE_FORM_PERCENT;
        boolean withText = dice < WHOLE_FORM_PERCENT + TEXT_PERCENT;
        DemoRecord next = current.worked(
                RecordGenerator.status(desk.dataset(), random),
                withText ? RecordGenerator.text(desk.dataset(), random) : current.text(),
                withText ? RecordGenerator.area(desk.dataset(), random) : current.area());
        Instant at = wholeForm
                ? table.updateAll(connection, next)
                : withText ? table.updateContent(connection, next) : table.updateStatus(connection, next);
        if (at == null) {
            throw new IllegalStateException(desk.database() + ": record " + next.key() + " is gone");
        }
        if (!next.status().equals(current.status()) || !next.text().equals(current.text())) {
            journal.step(next.key());
        }
        journal.acknowledge(Journal.Write.UPDATED, next.at(at), desk.database().name(), late);
    }

    private void delete(Connection connection) throws SQLException {
        int number = generated.remove(random.nextInt(generated.size()));
        DemoRecord record = current(number);
        if (!table.delete(connection, record.key())) {
            throw new IllegalStateException(desk.database() + ": record " + record.key() + " is gone");
        }
        journal.acknowledge(Journal.Write.DELETED, record, desk.database().name(), false);
    }

    private DemoRecord fresh() {
        return desk.generator()
                .fresh(desk.dataset(), desk.province(), desk.freshNumbers().getAndIncrement(), random);
    }

    private DemoRecord pickRecord() {
        int choice = random.nextInt(generated.size() + added.size());
        if (choice < generated.size()) {
            return current(generated.get(choice));
        }
        Journal.Entry entry = journal.last(added.get(choice - generated.size()));
        if (entry == null) {
            throw new IllegalStateException("An acknowledged insert is in the journal");
        }
        return entry.record();
    }

    private DemoRecord current(int number) {
        DemoRecord original = desk.generator().record(number);
        Journal.Entry entry = journal.last(original.key());
        return entry == null ? original : entry.record();
    }

    private boolean isLivingHome() {
        return desk.goesOn();
    }

    private boolean isLate() {
        return !isLivingHome() && handedOver.getAsBoolean();
    }
}
