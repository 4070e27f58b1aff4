package vn.dvhc.history.api;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import vn.dvhc.history.search.LiveGazetteer;

/** Has the gazetteer made soon after each new day, so that hardly anybody has to wait for it. */
@ApplicationScoped
public class WarmGazetteer {

    private static final long EVERY_MILLIS = 250;

    private final LiveGazetteer gazetteer;
    private final Vertx vertx;
    private long timer;

    WarmGazetteer(LiveGazetteer gazetteer, Vertx vertx) {
        this.gazetteer = gazetteer;
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent started) {
        timer = vertx.setPeriodic(EVERY_MILLIS, tick -> gazetteer.warm());
    }

    void stop(@Observes ShutdownEvent stopping) {
        vertx.cancelTimer(timer);
    }
}
