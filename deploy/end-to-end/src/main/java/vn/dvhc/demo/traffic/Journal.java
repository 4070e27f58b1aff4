package vn.dvhc.demo.traffic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import vn.dvhc.demo.record.DemoRecord;

/**
 * What the databases have acknowledged: the last content of every record that was written. A key is written by one clerk
 * only, so its entries come in order.
 */
public final class Journal {

    /** What a write did. */
    public enum Write {
        INSERTED,
        UPDATED,
        DELETED
    }

    /**
     * The last acknowledged state of a record.
     *
     * @param database where it was written
     * @param deleted whether it was deleted; the record is then its last content
     */
    public record Entry(DemoRecord record, String database, boolean deleted) {}

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final Map<String, Integer> steps = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<DemoRecord> unseen = new ConcurrentLinkedQueue<>();
    private final LongAdder inserted = new LongAdder();
    private final LongAdder updated = new LongAdder();
    private final LongAdder deleted = new LongAdder();
    private final LongAdder late = new LongAdder();

    /** @param isLate whether it was written in a former home after the hand-over */
    void acknowledge(Write write, DemoRecord record, String database, boolean isLate) {
        entries.put(record.key(), new Entry(record, database, write == Write.DELETED));
        switch (write) {
            case INSERTED -> inserted.increment();
            case UPDATED -> updated.increment();
            case DELETED -> deleted.increment();
        }
        if (write != Write.DELETED) {
            unseen.add(record);
        }
        if (isLate) {
            late.increment();
        }
    }

    /** Notes that an acknowledged update has changed the status of a record or its text. */
    void step(String key) {
        steps.merge(key, 1, Integer::sum);
    }

    /** How many acknowledged updates have changed a record's status or text. */
    public int steps(String key) {
        return steps.getOrDefault(key, 0);
    }

    /** Takes the writes that were acknowledged since the last call, deletions left out. */
    List<DemoRecord> takeUnseen() {
        List<DemoRecord> taken = new ArrayList<>();
        DemoRecord next = unseen.poll();
        while (next != null) {
            taken.add(next);
            next = unseen.poll();
        }
        return taken;
    }

    long unseen() {
        return unseen.size();
    }

    public @Nullable Entry last(String key) {
        return entries.get(key);
    }

    public void forEach(BiConsumer<String, Entry> consumer) {
        entries.forEach(consumer);
    }

    public long inserts() {
        return inserted.sum();
    }

    public long updates() {
        return updated.sum();
    }

    public long deletes() {
        return deleted.sum();
    }

    /** Writes into databases of the ended province after its records had been handed over. */
    public long late() {
        return late.sum();
    }

    public long writes() {
        return inserts() + updates() + deletes();
    }
}
