package vn.dvhc.gateway.limit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Buckets that replicas within a test share. */
final class InMemoryBuckets implements Purses.Buckets {

    private final LongSupplier nanos;
    private final Map<String, double[]> buckets = new HashMap<>();
    private int calls;
    private boolean away;

    InMemoryBuckets(LongSupplier nanos) {
        this.nanos = nanos;
    }

    @Override
    public synchronized List<Purses.Lot> take(List<Purses.Want> wants) {
        calls++;
        if (away) {
            throw new IllegalStateException("away");
        }
        List<Purses.Lot> lots = new ArrayList<>();
        for (Purses.Want want : wants) {
            double now = (double) nanos.getAsLong() / TimeUnit.SECONDS.toNanos(1);
            double[] bucket = buckets.computeIfAbsent(
                    want.key(), fresh -> new double[] {want.quota().requests(), now});
            bucket[0] = Math.min(
                    want.quota().requests(),
                    bucket[0] + (now - bucket[1]) * want.quota().perSecond());
            bucket[1] = now;
            long granted = Math.min(want.tokens(), (long) bucket[0]);
            bucket[0] -= granted;
            lots.add(new Purses.Lot(want.key(), granted, (long) bucket[0]));
        }
        return lots;
    }

    synchronized int calls() {
        return calls;
    }

    synchronized void away(boolean isAway) {
        away = isAway;
    }
}
