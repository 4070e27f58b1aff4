package vn.dvhc.gateway.revocation;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import vn.dvhc.gateway.GatewayConfig;
import vn.dvhc.gateway.identity.Revocation;
import vn.dvhc.gateway.identity.RevokedTokens;

/**
 * Puts what is kept in force, here at once and at other replicas with their next look. Without the database what was read stays in
 * force, and what the issuer tells meanwhile is in force here and written as soon as there is one again.
 */
@ApplicationScoped
class RevocationBook {

    private static final Logger LOG = Logger.getLogger(RevocationBook.class);

    private static final String SIGN_OUT = "sign-out";
    private static final String ISSUER = "";
    private static final int MOST_AT_A_TIME = 10_000;
    private static final int MOST_UNWRITTEN = 10_000;
    private static final long TIDY_NANOS = Duration.ofSeconds(10).toNanos();

    private final Vertx vertx;
    private final RevocationStore store;
    private final RevokedTokens revoked;
    private final long everyMillis;
    private final Duration longestToken;
    private final MeterRegistry meters;
    private final Gauge gauge;
    private final Clock clock = Clock.systemUTC();
    private final AtomicBoolean looking = new AtomicBoolean();
    private final Queue<Told> unwritten = new ArrayBlockingQueue<>(MOST_UNWRITTEN);
    private long seen;
    private long tidiedAt = System.nanoTime() - TIDY_NANOS;
    private volatile boolean away;
    private long timer = -1;

    /** What the issuer told, and when. */
    private record Told(Revocation revocation, Instant at) {}

    @Inject
    RevocationBook(
            Vertx vertx, RevocationStore store, RevokedTokens revoked, GatewayConfig config, MeterRegistry meters) {
        this.vertx = vertx;
        this.store = store;
        this.revoked = revoked;
        this.everyMillis = config.revocations().refresh().toMillis();
        this.longestToken = config.revocations().longestToken();
        this.meters = meters;
        this.gauge = Gauge.builder("dvhc.gateway.revocations", revoked, RevokedTokens::count)
                .register(meters);
    }

    void start(@Observes StartupEvent event) {
        look();
        timer = vertx.setPeriodic(everyMillis, tick -> look());
    }

    void stop(@Observes ShutdownEvent event) {
        vertx.cancelTimer(timer);
        meters.remove(gauge);
    }

    /** Tokens that were given out up to a moment, of which none outlives the longest. */
    Revocation revocation(Revocation.Kind whose, String name, Instant upTo) {
        return new Revocation(whose, name, upTo, upTo.plus(longestToken));
    }

    /** All tokens of a session, whenever given out: it does not come back, and a renewal may have been under way. */
    Revocation ofSession(String session, Instant at) {
        Instant end = at.plus(longestToken);
        return new Revocation(Revocation.Kind.SESSION, session, end, end);
    }

    /** What the issuer tells: in force here before it is kept. Blocks. */
    void signedOut(Revocation revocation) throws SQLException {
        revoked.add(revocation);
        Told told = new Told(revocation, clock.instant());
        try {
            write(told);
        } catch (SQLException failed) {
            if (!unwritten.offer(told)) {
                LOG.error("A sign-out is in force at this replica only, too many wait to be written");
            }
            throw failed;
        }
    }

    /** What an administrator calls back: in force when it is kept. Blocks. */
    KeptRevocation revoke(Revocation revocation, String why, String by) throws SQLException {
        KeptRevocation kept = store.keep(revocation, why, by, clock.instant());
        revoked.put(kept.revocation());
        return kept;
    }

    /** Lets the tokens count again; empty if there is no such revocation. Blocks. */
    Optional<KeptRevocation> lift(String id) throws SQLException {
        Optional<KeptRevocation> lifted = store.lift(id, clock.instant());
        lifted.map(KeptRevocation::revocation)
                .ifPresent(revocation -> revoked.lift(revocation.whose(), revocation.name()));
        return lifted;
    }

    /** Those in force, the latest first. Blocks. */
    List<KeptRevocation> list(long before, int limit) throws SQLException {
        return store.list(before, clock.instant(), limit);
    }

    /** A look that takes longer than the time between two is not joined by another. */
    private void look() {
        if (looking.compareAndSet(false, true)) {
            vertx.executeBlocking(
                            () -> {
                                read();
                                return true;
                            },
                            false)
                    .onComplete(done -> looking.set(false))
                    .onSuccess(done -> away = false)
                    .onFailure(this::tell);
        }
    }

    private void tell(Throwable failure) {
        if (!away) {
            away = true;
            LOG.warnf(
                    "Revocations can't be read now, those told at other replicas are not in force here cause=%s",
                    failure.toString());
        }
    }

    private void read() throws SQLException {
        for (Told told = unwritten.peek(); told != null; told = unwritten.peek()) {
            write(told);
            unwritten.remove();
        }
        List<KeptRevocation> changes = store.after(seen, clock.instant(), MOST_AT_A_TIME);
        for (KeptRevocation change : changes) {
            if (change.lifted()) {
                revoked.lift(change.revocation().whose(), change.revocation().name());
            } else {
                revoked.put(change.revocation());
            }
            seen = change.change();
        }
        if (System.nanoTime() - tidiedAt > TIDY_NANOS) {
            tidiedAt = System.nanoTime();
            revoked.forgetEnded();
            store.forgetEnded(clock.instant());
        }
    }

    private void write(Told told) throws SQLException {
        store.keep(told.revocation(), SIGN_OUT, ISSUER, told.at());
    }
}
