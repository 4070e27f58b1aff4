package vn.dvhc.gateway.limit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The purses of all consumers, the least used forgotten first. What they need is fetched together: while one fetch is under way the
 * next collects.
 */
final class Purses {

    /** How long nobody tries when the buckets were not reached. */
    private static final long AWAY_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Buckets buckets;
    private final Executor workers;
    private final LongSupplier nanos;
    private final Map<String, Purse> purses;
    private List<Need> needs = new ArrayList<>();
    private boolean fetching;
    private boolean isAway;
    private long awayUntil;

    /**
     * @param workers where fetching may block
     * @param most purses that are remembered; some 300 bytes each
     */
    Purses(Buckets buckets, Executor workers, LongSupplier nanos, int most) {
        this.buckets = buckets;
        this.workers = workers;
        this.nanos = nanos;
        this.purses = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Purse> eldest) {
                return size() > most;
            }
        };
    }

    /** Where all replicas take from. */
    interface Buckets {

        /**
         * Takes from many buckets at once. Blocks.
         *
         * @return one answer a want, in any order
         * @throws Exception if the buckets can't be reached
         */
        List<Lot> take(List<Want> wants) throws Exception;
    }

    /** @param tokens more than 0 */
    record Want(String key, Quota quota, long tokens) {}

    /**
     * @param granted at most what was wanted
     * @param left in the bucket, rounded down
     */
    record Lot(String key, long granted, long left) {}

    private record Need(Purse purse, Want want) {}

    /** Takes one token of the bucket of this key; tells at once, or from a worker if a lot has to be fetched first. */
    void take(String key, Quota quota, Consumer<Verdict> told) {
        long now = nanos.getAsLong();
        Purse purse;
        synchronized (purses) {
            purse = purses.computeIfAbsent(key, fresh -> new Purse(quota, now));
        }
        need(purse, key, purse.take(now, told));
    }

    /** Whether a token of this key is known to be refused now; takes none. */
    boolean refuses(String key) {
        Purse purse;
        synchronized (purses) {
            purse = purses.get(key);
        }
        return purse != null && purse.refuses(nanos.getAsLong());
    }

    private void need(Purse purse, String key, long tokens) {
        if (tokens <= 0) {
            return;
        }
        long now = nanos.getAsLong();
        boolean isInVain;
        boolean start = false;
        synchronized (this) {
            isInVain = isAway && awayUntil - now > 0;
            if (!isInVain) {
                needs.add(new Need(purse, new Want(key, purse.quota(), tokens)));
                start = !fetching;
                fetching = true;
            }
        }
        if (isInVain) {
            purse.bringNone(now);
        } else if (start) {
            workers.execute(this::fetch);
        }
    }

    private void fetch() {
        List<Need> batch = next();
        while (!batch.isEmpty()) {
            Map<String, Lot> lots = new LinkedHashMap<>();
            boolean reached = reach(batch, lots);
            long now = nanos.getAsLong();
            noteAway(!reached, now);
            for (Need need : batch) {
                Lot lot = lots.get(need.want().key());
                if (reached && lot != null) {
                    long more = need.purse().bring(now, need.want().tokens(), lot.granted(), lot.left());
                    need(need.purse(), need.want().key(), more);
                } else {
                    need.purse().bringNone(now);
                }
            }
            batch = next();
        }
    }

    private synchronized void noteAway(boolean away, long now) {
        isAway = away;
        awayUntil = now + AWAY_NANOS;
    }

    private boolean reach(List<Need> batch, Map<String, Lot> lots) {
        try {
            buckets.take(batch.stream().map(Need::want).toList()).forEach(lot -> lots.put(lot.key(), lot));
            return true;
        } catch (Exception away) {
            return false;
        }
    }

    /** What has been collected, each key once; with nothing, the next need starts anew. */
    private synchronized List<Need> next() {
        Map<String, Need> batch = new LinkedHashMap<>();
        List<Need> later = new ArrayList<>();
        for (Need need : needs) {
            if (batch.putIfAbsent(need.want().key(), need) != null) {
                later.add(need);
            }
        }
        needs = later;
        fetching = !batch.isEmpty();
        return List.copyOf(batch.values());
    }
}
