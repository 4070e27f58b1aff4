package vn.dvhc.demo.fault;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import vn.dvhc.demo.record.DemoRecord;
import vn.dvhc.demo.traffic.Journal;

/**
 * Every write that is known to be committed: acknowledged, or found committed after its fate had been unknown. A key is
 * written by one writer only, so its entries come in order. Each version of a record bears its number in the status.
 */
final class WriteLog {

    /**
     * A committed write that some copy must show some time.
     *
     * @param nanos when it was acknowledged, by {@link System#nanoTime}
     */
    record Mark(DemoRecord record, long version, long nanos) {}

    private final Map<String, Journal.Entry> entries = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> byDatabase = new ConcurrentHashMap<>();
    private final Map<String, Mark> latest = new ConcurrentHashMap<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final LongAdder inserts = new LongAdder();
    private final LongAdder updates = new LongAdder();
    private final LongAdder deletes = new LongAdder();
    private final LongAdder doubtful = new LongAdder();
    private final LongAdder doubtfulButDone = new LongAdder();
    private final LongAdder refused = new LongAdder();

    /** A record whose status tells no version yet, with one. */
    static DemoRecord versioned(DemoRecord record, long version) {
        return record.worked("v" + version + " " + record.status(), record.text(), record.area());
    }

    /** The version that a status tells; 0 if it tells none. */
    static long version(@Nullable String status) {
        if (status == null || !status.startsWith("v")) {
            return 0;
        }
        int end = status.indexOf(' ');
        return end < 0 ? 0 : Long.parseLong(status.substring(1, end));
    }

    /** Writes of one transaction, in its order. */
    void committed(String database, List<Writer.Write> writes) {
        long now = System.nanoTime();
        byDatabase.computeIfAbsent(database, first -> new LongAdder()).add(writes.size());
        for (Writer.Write write : writes) {
            DemoRecord record = write.record();
            entries.put(record.key(), new Journal.Entry(record, database, write.kind() == Journal.Write.DELETED));
            switch (write.kind()) {
                case INSERTED -> inserts.increment();
                case UPDATED -> updates.increment();
                case DELETED -> deletes.increment();
            }
            if (write.kind() == Journal.Write.UPDATED) {
                latest.put(database, new Mark(record, version(record.status()), now));
            }
        }
    }

    /** A commit that was answered by nobody was looked up. */
    void resolved(boolean committed) {
        doubtful.increment();
        if (committed) {
            doubtfulButDone.increment();
        }
    }

    /** A transaction was not committed for certain. */
    void undone() {
        refused.increment();
    }

    /** Something no fault may cause: a record is gone, or its row can't be written. */
    void failed(String what) {
        failures.add(what);
    }

    Journal.@Nullable Entry last(String key) {
        return entries.get(key);
    }

    /** The last update that was acknowledged in a database; null before the first. */
    @Nullable
    Mark latest(String database) {
        return latest.get(database);
    }

    Map<String, Journal.Entry> entries() {
        return new HashMap<>(entries);
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    /** How many there were in each database. */
    Map<String, Long> writesByDatabase() {
        Map<String, Long> all = new HashMap<>();
        byDatabase.forEach((database, count) -> all.put(database, count.sum()));
        return all;
    }

    long writes() {
        return inserts.sum() + updates.sum() + deletes.sum();
    }

    /** For the report. */
    @Override
    public String toString() {
        return writes() + " writes (" + inserts + " inserted, " + updates + " updated, " + deletes + " deleted); "
                + refused + " transactions failed, " + doubtful + " commits were not answered, of them "
                + doubtfulButDone
                + " done";
    }
}
