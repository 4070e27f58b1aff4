package vn.dvhc.gateway.subscribe;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Keeps deliveries of one subscription as the database does. */
final class InMemoryLedger implements Ledger {

    final Map<Long, SubscriptionStore.Kept> kept = new TreeMap<>();

    @Nullable
    Progress progress;

    @Nullable
    String disabled;

    @Override
    public void progress(List<Progress> all) {
        progress = all.get(all.size() - 1);
    }

    @Override
    public void keep(Hold hold, SubscriptionStore.Kept delivery) {
        kept.put(delivery.sequence(), delivery);
    }

    @Override
    public void arrived(Hold hold, long sequence) {
        kept.remove(sequence);
    }

    @Override
    public void disable(Hold hold, String reason) {
        disabled = reason;
    }
}
