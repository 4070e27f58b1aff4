package vn.dvhc.registry.store;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.Callable;

/** Computes on a worker thread and comes back to the event loop the caller is on, where a database session must stay. */
public final class OffLoop {

    private OffLoop() {}

    /** @throws IllegalStateException on subscription, if the caller is on no Vert.x context */
    public static <T> Uni<T> compute(Callable<T> work) {
        return Uni.createFrom().completionStage(() -> {
            Context context = Vertx.currentContext();
            if (context == null) {
                throw new IllegalStateException("Heavy work is left from an event loop only");
            }
            return context.executeBlocking(work, false).toCompletionStage();
        });
    }
}
