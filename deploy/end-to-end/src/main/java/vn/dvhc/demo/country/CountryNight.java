package vn.dvhc.demo.country;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import vn.dvhc.demo.Await;
import vn.dvhc.demo.House;
import vn.dvhc.demo.Operations;
import vn.dvhc.demo.Progress;
import vn.dvhc.demo.reform.Reform;
import vn.dvhc.demo.traffic.Citizens;
import vn.dvhc.demo.traffic.Clerks;
import vn.dvhc.demo.traffic.Journal;
import vn.dvhc.demo.traffic.LagProbe;
import vn.dvhc.demo.verify.Check;
import vn.dvhc.time.BusinessClock;

/** The night of the reform, with clerks at work in some of the databases and citizens asking about the whole country. */
final class CountryNight {

    /** So long before midnight that the clock's change is seen by all. */
    private static final Duration BEFORE_MIDNIGHT = Duration.ofSeconds(3);

    private static final Duration WORK_BEFORE = Duration.ofSeconds(2);
    private static final Duration WORK_AFTER_HAND_OVER = Duration.ofSeconds(10);

    private final House house;
    private final Operations operations;
    private final Progress progress;
    private final Patience patience;
    private final Journal journal;
    private final Clerks clerks;
    private final Citizens citizens;
    private final LagProbe probe;
    private double handOverSeconds;
    private double followSeconds;

    CountryNight(
            House house, Operations operations, Progress progress, Journal journal, Clerks clerks, Citizens citizens) {
        this.house = house;
        this.operations = operations;
        this.progress = progress;
        this.patience = new Patience(progress);
        this.journal = journal;
        this.clerks = clerks;
        this.citizens = citizens;
        this.probe = new LagProbe(house.database("national"), journal);
    }

    /** From seconds before midnight until some seconds after the hand-over. */
    void pass() throws IOException, InterruptedException {
        citizens.start();
        probe.start();
        clerks.start();
        Thread.sleep(WORK_BEFORE.toMillis());
        Instant midnight =
                Reform.DAY.atTime(LocalTime.MIDNIGHT).atZone(BusinessClock.ZONE).toInstant();
        house.setClock(midnight.minus(BEFORE_MIDNIGHT));
        long midnightNanos = System.nanoTime() + BEFORE_MIDNIGHT.toNanos();
        progress.say("the clock says 23:59:57");
        patience.until("the hand-over", () -> {
            JsonNode status = operations.syncStatus();
            progress.tick(journal.writes() + " writes, " + citizens.served() + " look-ups, "
                    + status.path("applied").asLong() + " changes applied, backlog "
                    + status.path("backlog").asLong());
            JsonNode enactment = status.path("enactment");
            return enactment.path("date").asText().equals(Reform.DAY.toString())
                    && enactment.path("state").asText().equals("done");
        });
        clerks.handedOver();
        handOverSeconds = since(midnightNanos);
        progress.say("handed over " + handOverSeconds + " s after midnight; late changes go on in the old databases");
        long until = System.nanoTime() + WORK_AFTER_HAND_OVER.toNanos();
        Await.until(
                "late changes",
                () -> System.nanoTime() > until
                        && (journal.late() > 0 || !clerks.failures().isEmpty()));
        clerks.stop();
        progress.say(journal.writes() + " writes were acknowledged, " + journal.late() + " of them late");
    }

    /** Until every acknowledged write is seen nationally and nothing is under way, twice: what arrives may be re-coded. */
    void settle() throws InterruptedException {
        long began = System.nanoTime();
        for (int round = 1; round <= 2; round++) {
            awaitQuiet();
            clerks.touchLivingHomes();
        }
        awaitQuiet();
        followSeconds = since(began);
        citizens.stop();
        probe.stop();
    }

    private void awaitQuiet() throws InterruptedException {
        patience.until("the last changes to arrive", () -> {
            long awaiting = probe.awaiting();
            long backlog = operations.syncBacklog();
            progress.tick(awaiting + " writes not yet seen nationally, backlog " + backlog);
            return awaiting == 0 && backlog == 0;
        });
    }

    double handOverSeconds() {
        return handOverSeconds;
    }

    double followSeconds() {
        return followSeconds;
    }

    /** What the citizens saw. */
    Check lookups() {
        return new Check(
                "no look-up failed while midnight passed",
                citizens.failed() == 0 && citizens.answeredAfter() > 0,
                citizens.served() + " served (" + citizens.answeredAfter() + " knew the reform), " + citizens.failed()
                        + " failed",
                citizens.failures());
    }

    /** Why a write was refused; empty if none was. */
    List<String> refusedWrites() {
        List<String> refused = new ArrayList<>(clerks.failures());
        String failure = probe.failure();
        if (failure != null) {
            refused.add(failure);
        }
        return refused;
    }

    private static double since(long nanos) {
        return Math.round((System.nanoTime() - nanos) / 1e8) / 10.0;
    }
}
