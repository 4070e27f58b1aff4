package vn.dvhc.gateway.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * What was called back, in memory: each token that is used is held against it, remembered or not. Bounded: with too many, those that
 * end first are forgotten.
 */
@ApplicationScoped
public class RevokedTokens {

    private static final Logger LOG = Logger.getLogger(RevokedTokens.class);

    private static final int MOST = 100_000;

    private final Clock clock;
    private final int most;
    private final Map<Key, Revocation> known = new ConcurrentHashMap<>();

    @Inject
    RevokedTokens() {
        this(Clock.systemUTC(), MOST);
    }

    /** @param most revocations that are remembered; some 200 bytes each */
    RevokedTokens(Clock clock, int most) {
        this.clock = clock;
        this.most = most;
    }

    private record Key(Revocation.Kind whose, String name) {}

    /** Whether the token was called back. */
    public boolean cover(Issue issue) {
        return !known.isEmpty()
                && (covers(Revocation.Kind.SUBJECT, issue.subject(), issue)
                        || covers(Revocation.Kind.CLIENT, issue.client(), issue)
                        || issue.session()
                                .filter(session -> covers(Revocation.Kind.SESSION, session, issue))
                                .isPresent());
    }

    private boolean covers(Revocation.Kind whose, String name, Issue issue) {
        Revocation found = known.get(new Key(whose, name));
        return found != null && found.covers(issue.at());
    }

    /** Puts a revocation in force beside an earlier one of the same: what either covers does not count. */
    public synchronized void add(Revocation revocation) {
        Revocation earlier = known.get(new Key(revocation.whose(), revocation.name()));
        put(earlier == null ? revocation : earlier.and(revocation));
    }

    /** Puts a revocation in force, in place of an earlier one of the same. */
    public synchronized void put(Revocation revocation) {
        Key key = new Key(revocation.whose(), revocation.name());
        if (known.size() >= most && !known.containsKey(key)) {
            forgetEnded();
        }
        if (known.size() >= most && !known.containsKey(key)) {
            Optional<Map.Entry<Key, Revocation>> first = known.entrySet().stream()
                    .min(Comparator.comparing(entry -> entry.getValue().end()));
            first.ifPresent(entry -> known.remove(entry.getKey()));
            LOG.warnf("A revocation was forgotten before its end, there are too many most=%d", most);
        }
        known.put(key, revocation);
    }

    /** Lets the tokens count again. */
    public void lift(Revocation.Kind whose, String name) {
        known.remove(new Key(whose, name));
    }

    /** Drops those whose tokens have all ended. */
    public void forgetEnded() {
        known.values().removeIf(revocation -> !clock.instant().isBefore(revocation.end()));
    }

    /** How many are in force. */
    public int count() {
        return known.size();
    }
}
