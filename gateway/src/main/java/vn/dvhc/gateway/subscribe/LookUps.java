package vn.dvhc.gateway.subscribe;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Looks names up. Each that is under way holds a thread until the JDK gives it up, long after the attempt that wanted it may have ended;
 * so of one name there is one at a time, whoever wants it, and of one owner a few: names that never answer hinder nobody
 * else's.
 */
final class LookUps {

    private static final int AT_A_TIME = 64;
    private static final int OF_AN_OWNER = 4;

    private final Destination destination;
    private final WorkerExecutor threads;
    private final Map<String, Future<Optional<InetAddress>>> underWay = new HashMap<>();
    private final Map<String, Owner> owners = new HashMap<>();

    LookUps(Vertx vertx, Destination destination) {
        this.destination = destination;
        this.threads = vertx.createSharedWorkerExecutor("webhook-names", AT_A_TIME);
    }

    /** What one owner has under way, and what has to wait for that. */
    private static final class Owner {
        private final Deque<Wanted> waiting = new ArrayDeque<>();
        private int running;
    }

    /** A look-up that waits its turn. */
    private record Wanted(URI url, BooleanSupplier stillWanted, Promise<Optional<InetAddress>> answer) {}

    /**
     * The address to call; empty if it may not be called, failed if there is none.
     *
     * @param stillWanted asked when its turn comes; if it is not, nothing is looked up and nothing answered
     */
    synchronized Future<Optional<InetAddress>> address(URI url, String owner, BooleanSupplier stillWanted) {
        Wanted wanted = new Wanted(url, stillWanted, Promise.promise());
        owners.computeIfAbsent(owner, name -> new Owner()).waiting.add(wanted);
        next(owner);
        return wanted.answer().future();
    }

    /** Begins what may begin of an owner; joining what is under way takes no place. */
    private synchronized void next(String name) {
        Owner owner = owners.get(name);
        if (owner == null) {
            return;
        }
        owner.waiting.removeIf(wanted -> !wanted.stillWanted().getAsBoolean() || joins(wanted));
        while (owner.running < OF_AN_OWNER && !owner.waiting.isEmpty()) {
            Wanted wanted = owner.waiting.remove();
            if (!joins(wanted)) {
                begin(name, owner, wanted);
            }
        }
        if (owner.running == 0) {
            owners.remove(name);
        }
    }

    private boolean joins(Wanted wanted) {
        Future<Optional<InetAddress>> running = underWay.get(key(wanted.url()));
        if (running == null) {
            return false;
        }
        running.onComplete(wanted.answer());
        return true;
    }

    private void begin(String name, Owner owner, Wanted wanted) {
        String key = key(wanted.url());
        owner.running++;
        Promise<Optional<InetAddress>> answer = Promise.promise();
        underWay.put(key, answer.future());
        answer.future().onComplete(wanted.answer());
        threads.<Optional<InetAddress>>executeBlocking(() -> destination.address(wanted.url()), false)
                .onComplete(done -> {
                    ended(name, owner, key);
                    answer.handle(done);
                });
    }

    private synchronized void ended(String name, Owner owner, String key) {
        owner.running--;
        underWay.remove(key);
        next(name);
    }

    /** What is allowed depends on the scheme too. */
    private static String key(URI url) {
        return (url.getScheme() + "://" + url.getHost()).toLowerCase(Locale.ROOT);
    }

    void close() {
        threads.close();
    }
}
