package vn.dvhc.sync.units;

import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;

/**
 * Between the streams of records and the moments in which the units or the plan change under them: many streams go through together,
 * whoever changes what they go by waits until they are out and is alone. Closed until the service knows the units.
 */
@Singleton
public class Gate {

    private static final int EVERYBODY = 1 << 16;

    private final Semaphore permits = new Semaphore(0, true);
    private volatile boolean opened;

    /** Goes in with one batch. */
    public void enter() throws InterruptedException {
        permits.acquire();
    }

    /** Comes out. */
    public void leave() {
        permits.release();
    }

    /** Waits until nobody is inside, and keeps everybody out. */
    public void close() throws InterruptedException {
        permits.acquire(EVERYBODY);
    }

    /** Lets the streams in. */
    public void open() {
        opened = true;
        permits.release(EVERYBODY);
    }

    /** Whether the service has ever come so far as to apply records. */
    public boolean hasOpened() {
        return opened;
    }
}
