package vn.dvhc.gateway.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What was read from tokens that were found good, until they end: checking one takes longer than all the rest of a look-up. Never for
 * long, so that a key which its issuer has withdrawn does not count for much longer here than it has to. The least used is forgotten
 * first; what was found bad is checked anew each time.
 */
final class GoodTokens<T> {

    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final Clock clock;
    private final Map<String, Good<T>> known;

    private record Good<T>(T read, Instant until) {}

    /** @param most tokens that are remembered; some 1,000 bytes each */
    GoodTokens(Clock clock, int most) {
        this.clock = clock;
        this.known = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Good<T>> eldest) {
                return size() > most;
            }
        };
    }

    /** What was read from the token; empty if it has to be checked. */
    Optional<T> find(String hash) {
        Instant now = clock.instant();
        synchronized (known) {
            Good<T> good = known.get(hash);
            if (good == null) {
                return Optional.empty();
            }
            if (now.isBefore(good.until())) {
                return Optional.of(good.read());
            }
            known.remove(hash);
            return Optional.empty();
        }
    }

    /** @param end from when on the token does not hold by itself */
    void keep(String hash, T read, Instant end) {
        Instant longest = clock.instant().plus(LONGEST);
        synchronized (known) {
            known.put(hash, new Good<>(read, end.isBefore(longest) ? end : longest));
        }
    }
}
