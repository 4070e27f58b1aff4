package vn.dvhc.sync.units;

import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;

/**
 * Between the stream of records and the enactment of a day: one of them at a time. Closed until the service knows the units
 * and has finished every hand-over that is due.
 */
@Singleton
public class Gate {

    private final Semaphore permit = new Semaphore(0, true);
    private volatile boolean opened;

    /** Waits until nobody else is inside. */
    public void enter() throws InterruptedException {
        permit.acquire();
    }

    /** Lets the next one in. */
    public void leave() {
        opened = true;
        permit.release();
    }

    /** Whether the service has ever come so far as to apply records. */
    public boolean hasOpened() {
        return opened;
    }
}
