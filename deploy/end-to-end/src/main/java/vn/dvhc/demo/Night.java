package vn.dvhc.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import vn.dvhc.demo.record.RecordGenerator;
import vn.dvhc.demo.reform.Reform;
import vn.dvhc.demo.store.Database;
import vn.dvhc.demo.traffic.Citizens;
import vn.dvhc.demo.traffic.Clerks;
import vn.dvhc.demo.traffic.Journal;
import vn.dvhc.demo.traffic.LagProbe;
import vn.dvhc.demo.traffic.LookupClient;
import vn.dvhc.demo.traffic.Poison;
import vn.dvhc.time.BusinessClock;

/** The night of the reform: clerks and citizens at work from just before midnight until all is quiet. */
final class Night {

    /** So long before midnight that the clock's change is seen by all. */
    private static final Duration BEFORE_MIDNIGHT = Duration.ofSeconds(3);

    private static final Duration CLERKS_PACE = Duration.ofMillis(50);
    private static final Duration WORK_BEFORE = Duration.ofSeconds(2);
    private static final Duration WORK_AFTER_HAND_OVER = Duration.ofSeconds(6);

    /** At least this share of all writes has to be late. */
    static final double LATE_SHARE = 0.01;

    private final Options options;
    private final Progress progress;
    private final House house;
    private final Operations operations;
    private final Journal journal = new Journal();
    private final LookupClient client;
    private final Citizens citizens;
    private final LagProbe probe;
    private final Clerks clerks;
    private double handOverSeconds;
    private @Nullable Long handedOverAtKill;

    Night(
            Options options,
            Progress progress,
            House house,
            Operations operations,
            Reform reform,
            RecordGenerator generator) {
        this.options = options;
        this.progress = progress;
        this.house = house;
        this.operations = operations;
        this.client = new LookupClient(house.gateway(), reform);
        this.citizens = new Citizens(client, reform.oldUnits(), options.seed());
        this.probe = new LagProbe(house.database("national"), journal);
        this.clerks = new Clerks(
                MainJob.Source.all().map(source -> office(source, generator)).toList(),
                generator,
                options.records(),
                journal,
                options.seed(),
                CLERKS_PACE);
    }

    private Clerks.Office office(MainJob.Source source, RecordGenerator generator) {
        return new Clerks.Office(
                house.databaseOfApplication(source.name()),
                source.dataset(),
                source.province(),
                source.province().equals(Reform.HEIR_PROVINCE),
                IntStream.range(0, options.records())
                        .filter(number -> generator.birthplace(number).equals(source.name()))
                        .boxed()
                        .toList());
    }

    /** From seconds before midnight until some seconds after the hand-over. */
    void pass() throws IOException, InterruptedException {
        sendPoison();
        citizens.start();
        probe.start();
        clerks.start();
        Thread.sleep(WORK_BEFORE.toMillis());
        Instant midnight =
                Reform.DAY.atTime(LocalTime.MIDNIGHT).atZone(BusinessClock.ZONE).toInstant();
        house.setClock(midnight.minus(BEFORE_MIDNIGHT));
        long midnightNanos = System.nanoTime() + BEFORE_MIDNIGHT.toNanos();
        progress.say("the clock says 23:59:57");
        if (options.killSync()) {
            killSyncInTheMiddle();
        }
        Await.until("the hand-over", () -> {
            progress.tick(
                    journal.writes() + " writes, " + citizens.served() + " look-ups, " + citizens.failed() + " failed");
            return isHandedOver();
        });
        clerks.handedOver();
        handOverSeconds = Math.round((System.nanoTime() - midnightNanos) / 1e8) / 10.0;
        progress.say("handed over " + handOverSeconds + " s after midnight; late changes go on in the old databases");
        long until = System.nanoTime() + WORK_AFTER_HAND_OVER.toNanos();
        Await.until(
                "late changes",
                () -> System.nanoTime() > until
                        && (journal.late() > journal.writes() * LATE_SHARE
                                || !clerks.failures().isEmpty()));
        clerks.stop();
        progress.say(journal.writes() + " writes were acknowledged, " + journal.late() + " of them late");
    }

    /** Until every acknowledged write is seen nationally and nothing is under way, twice: what arrives may be re-coded. */
    void settle() throws InterruptedException {
        for (int round = 1; round <= 2; round++) {
            awaitQuiet();
            clerks.touchLivingHomes();
        }
        awaitQuiet();
        citizens.stop();
        probe.stop();
        progress.say(citizens.served() + " look-ups served, " + citizens.failed() + " failed");
    }

    Journal journal() {
        return journal;
    }

    LookupClient client() {
        return client;
    }

    Citizens citizens() {
        return citizens;
    }

    LagProbe probe() {
        return probe;
    }

    Clerks clerks() {
        return clerks;
    }

    /** From midnight until sync-service said that the hand-over was done. */
    double handOverSeconds() {
        return handOverSeconds;
    }

    /** Lines in the ledger when sync-service was killed; null if it was not. */
    @Nullable
    Long handedOverAtKill() {
        return handedOverAtKill;
    }

    private void awaitQuiet() throws InterruptedException {
        Await.until("the last changes to arrive", () -> {
            long awaiting = probe.awaiting();
            long backlog = operations.syncBacklog();
            if (awaiting == 0 && backlog == 0) {
                return true;
            }
            progress.tick(awaiting + " writes not yet seen nationally, backlog " + backlog);
            return false;
        });
    }

    private void sendPoison() throws IOException, InterruptedException {
        try {
            Poison.send(house.kafka());
        } catch (ExecutionException unsent) {
            throw new IOException("Kafka did not take the unreadable messages", unsent);
        }
        progress.say("unreadable messages are among the changes");
    }

    private void killSyncInTheMiddle() throws InterruptedException {
        List<Database> homes = List.of(house.database("commune_31"), house.database("province_31"));
        long enough = options.records() / 10;
        long[] reached = new long[1];
        Await.until("the hand-over to have begun", Duration.ofMillis(5), () -> {
            reached[0] = 0;
            for (Database home : homes) {
                reached[0] += home.count("SELECT count(*) FROM sync.handed_over");
            }
            return reached[0] >= enough;
        });
        house.killAndRestartSync();
        handedOverAtKill = reached[0];
        progress.say("sync-service was killed after " + reached[0] + " records and is starting again");
    }

    /** While sync-service is starting again the gateway says that it is not there: no answer yet. */
    private boolean isHandedOver() throws IOException, InterruptedException {
        try {
            JsonNode enactment = operations.syncStatus().path("enactment");
            return enactment.path("date").asText().equals(Reform.DAY.toString())
                    && enactment.path("state").asText().equals("done");
        } catch (IOException unavailable) {
            if (options.killSync()) {
                return false;
            }
            throw unavailable;
        }
    }
}
