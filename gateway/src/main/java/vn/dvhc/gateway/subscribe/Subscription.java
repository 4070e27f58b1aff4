package vn.dvhc.gateway.subscribe;

import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import vn.dvhc.gateway.change.ChangeFilter;

/**
 * What somebody subscribed to, and how it stands. Secrets are not in it.
 *
 * @param owner the client at the issuer of tokens that made it
 * @param reason why it is disabled: {@code gone} or {@code failing}; null while it is not
 * @param position the sequence up to which every change was delivered, was not wanted, or is kept among the deliveries
 * @param delivered changes delivered so far
 * @param failingSince the first failure since the last success, while something waits; null while all goes well
 * @param revision grows with each change somebody makes to it
 */
record Subscription(
        String id,
        String owner,
        URI url,
        @Nullable String description,
        ChangeFilter filter,
        State state,
        @Nullable String reason,
        long position,
        long delivered,
        @Nullable Instant deliveredAt,
        @Nullable Instant failingSince,
        Instant createdAt,
        Instant changedAt,
        long revision) {

    static final String GONE = "gone";
    static final String FAILING = "failing";

    enum State {
        ACTIVE,
        PAUSED,
        DISABLED;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State ofLabel(String label) {
            return valueOf(label.toUpperCase(Locale.ROOT));
        }
    }
}
