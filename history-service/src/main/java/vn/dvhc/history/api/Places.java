package vn.dvhc.history.api;

import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.Semaphore;

/** So many requests of a kind at once. */
final class Places {

    private final Semaphore free;

    Places(int count) {
        this.free = new Semaphore(count);
    }

    /** Takes a place until the answer has ended, or the caller has left before it began; false if there is none. */
    boolean take(RoutingContext context) {
        if (!free.tryAcquire()) {
            return false;
        }
        context.addEndHandler(ended -> free.release());
        return true;
    }
}
