package vn.dvhc.sync.reconcile;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A reconciliation while it runs: how far it is, and whether it is to stop. */
final class Run {

    private final long id;
    private final Scope scope;
    private final AtomicLong rowsRead = new AtomicLong();
    private final AtomicLong rowsExpected = new AtomicLong();
    private final AtomicInteger toList;
    private volatile boolean stopped;

    /** @param listed how many differences may be listed one by one */
    Run(long id, Scope scope, int listed) {
        this.id = id;
        this.scope = scope;
        this.toList = new AtomicInteger(listed);
    }

    long id() {
        return id;
    }

    Scope scope() {
        return scope;
    }

    void stop() {
        stopped = true;
    }

    boolean isStopped() {
        return stopped;
    }

    /** @throws CancellationException if it is to stop */
    void goOn() {
        if (stopped) {
            throw new CancellationException("Reconciliation " + id + " is to stop");
        }
    }

    void read(long rows) {
        rowsRead.addAndGet(rows);
    }

    void expect(long rows) {
        rowsExpected.addAndGet(rows);
    }

    long rowsRead() {
        return rowsRead.get();
    }

    long rowsExpected() {
        return rowsExpected.get();
    }

    /** Whether one more difference may be listed. */
    boolean mayList() {
        return toList.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }
}
