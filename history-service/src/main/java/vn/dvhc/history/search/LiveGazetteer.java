package vn.dvhc.history.search;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import vn.dvhc.history.timeline.Snapshot;
import vn.dvhc.history.timeline.TimelineFeed;

/**
 * The gazetteer of the newest snapshot, made once for each: by whoever asks first, or beforehand by {@link #warm}. Who asks
 * while it is being made waits for it: nobody is answered from an older day than by code.
 */
public final class LiveGazetteer {

    private final TimelineFeed feed;
    private final Executor workers;
    private volatile @Nullable Made newest;

    public LiveGazetteer(TimelineFeed feed, Executor workers) {
        this.feed = feed;
        this.workers = workers;
    }

    /** A snapshot and what was derived from it. */
    public record Ready(Snapshot snapshot, Gazetteer gazetteer) {}

    private record Made(Snapshot snapshot, CompletableFuture<Ready> ready) {}

    /** Already complete unless a new day has just arrived; fails only by a defect, and is tried again when next asked. */
    public CompletableFuture<Ready> current() {
        Snapshot snapshot = feed.current();
        Made made = newest;
        return made != null && made.snapshot() == snapshot && !made.ready().isCompletedExceptionally()
                ? made.ready()
                : make();
    }

    /** Begins to make the newest if the feed is complete and nobody has begun; returns at once. */
    public void warm() {
        if (feed.isComplete()) {
            current();
        }
    }

    private synchronized CompletableFuture<Ready> make() {
        Snapshot snapshot = feed.current();
        Made made = newest;
        if (made == null || made.snapshot() != snapshot || made.ready().isCompletedExceptionally()) {
            made = new Made(
                    snapshot,
                    CompletableFuture.supplyAsync(
                            () -> new Ready(snapshot, Gazetteer.of(snapshot.timeline())), workers));
            newest = made;
        }
        return made.ready();
    }
}
