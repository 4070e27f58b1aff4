package vn.dvhc.gateway.redirect;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jboss.logging.Logger;
import vn.dvhc.gateway.GatewayConfig;
import vn.dvhc.gateway.change.ChangeLog;
import vn.dvhc.time.BusinessClock;
import vn.dvhc.unit.UnitCode;

/**
 * Counts calls of old codes in memory and writes them down together every few seconds. What can't be written waits within a bound;
 * what a killed replica had not written is lost: a report, not an account.
 */
@ApplicationScoped
public class UseCounter {

    private static final Logger LOG = Logger.getLogger(UseCounter.class);

    /** How the door's own look-ups are named in the report. */
    static final String LOOK_UPS = "/v1/units/{code}";

    private static final int LINES_AT_A_TIME = 1_000;

    private final Vertx vertx;
    private final UseStore store;
    private final ChangeLog log;
    private final BusinessClock clock;
    private final GatewayConfig.OldUrls config;
    private final Uses uses;
    private LocalDate tidied = LocalDate.MIN;
    private long timer = -1;

    UseCounter(
            Vertx vertx, UseStore store, ChangeLog log, BusinessClock clock, GatewayConfig all, MeterRegistry meters) {
        this.vertx = vertx;
        this.store = store;
        this.log = log;
        this.clock = clock;
        this.config = all.oldUrls();
        this.uses = new Uses(config.remembered());
        meters.gauge("dvhc.gateway.old-codes.lost", uses, Uses::lost);
    }

    void start(@Observes StartupEvent event) {
        timer = vertx.setPeriodic(config.flush().toMillis(), tick -> vertx.executeBlocking(this::flush, true));
    }

    void stop(@Observes ShutdownEvent event) {
        vertx.cancelTimer(timer);
        flush();
    }

    /**
     * Counts a call of an address of a pattern.
     *
     * @param client empty for callers unknown
     */
    public void note(String client, RedirectDesk.Call call) {
        note(client, call.pattern(), call.code());
    }

    private void note(String client, String pattern, UnitCode code) {
        Instant now = clock.instant();
        uses.note(new Uses.Key(LocalDate.ofInstant(now, BusinessClock.ZONE), client, pattern, code.value()), now);
    }

    /**
     * Counts a look-up by a code without a date if nobody bears the code any more.
     *
     * @param client empty for callers unknown
     */
    public void noteLookUp(String client, String code) {
        UnitCode asked = UnitCode.of(code);
        boolean isOld = log.units()
                .timeline()
                .flatMap(timeline -> new Resolver(timeline, clock.today()).freeSince(asked))
                .isPresent();
        if (isOld) {
            note(client, LOOK_UPS, asked);
        }
    }

    /** Writes down what was counted. Blocks; false if the database is away. */
    synchronized boolean flush() {
        List<Uses.Use> all = uses.drain();
        int written = 0;
        try {
            while (written < all.size()) {
                int end = Math.min(all.size(), written + LINES_AT_A_TIME);
                store.add(all.subList(written, end));
                written = end;
            }
            tidy();
            return true;
        } catch (SQLException away) {
            uses.putBack(all.subList(written, all.size()));
            LOG.debugf("Calls of old codes can't be written now cause=%s", away.toString());
            return false;
        }
    }

    private void tidy() throws SQLException {
        LocalDate today = clock.today();
        if (!today.equals(tidied)) {
            store.forgetBefore(today.minusDays(config.keptDays()));
            tidied = today;
        }
    }
}
