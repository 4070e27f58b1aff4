package vn.dvhc.registry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import vn.dvhc.catalogue.Catalogue;
import vn.dvhc.registry.transaction.CatchUp;
import vn.dvhc.registry.transaction.CorruptRegisterException;
import vn.dvhc.registry.transaction.EnactmentOutcome;
import vn.dvhc.registry.transaction.EnactmentTransaction;
import vn.dvhc.registry.transaction.ImportTransaction;
import vn.dvhc.registry.unit.Register;
import vn.dvhc.registry.unit.RegisterState;
import vn.dvhc.time.BusinessClock;

/**
 * Lets each day take effect when the business clock reaches it. At start the register is rebuilt from the database; then the
 * catalogue is recorded and its past days are enacted like any other.
 */
@ApplicationScoped
class Midnight {

    private static final Logger LOG = Logger.getLogger(Midnight.class);

    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private final EnactmentTransaction enactment;
    private final ImportTransaction importing;
    private final CatchUp catchUp;
    private final BusinessClock clock;
    private final RegistryConfig config;
    private final Counter enactedDays;
    private final Counter failures;

    // One thread and a delay between looks: Quarkus' scheduler knows nothing below a second.
    private final ScheduledExecutorService looking =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "midnight"));

    private volatile boolean caughtUp;

    // Seen by the one thread only.
    private boolean imported;
    private boolean failing;
    private Instant refusedUntil = Instant.MIN;

    Midnight(
            EnactmentTransaction enactment,
            ImportTransaction importing,
            CatchUp catchUp,
            Register register,
            BusinessClock clock,
            RegistryConfig config,
            MeterRegistry metrics) {
        this.enactment = enactment;
        this.importing = importing;
        this.catchUp = catchUp;
        this.clock = clock;
        this.config = config;
        this.enactedDays = metrics.counter("dvhc.registry.days.enacted");
        this.failures = metrics.counter("dvhc.registry.enactment.failures");
        metrics.gauge(
                "dvhc.registry.sequence", register, known -> known.current().lastSequence());
    }

    /** Whether the catalogue is recorded and no day that has come waits to be enacted. */
    boolean isCaughtUp() {
        return caughtUp;
    }

    /** Fails the start if the database does not hold what was once enacted. */
    void rebuild(@Observes StartupEvent start) {
        LOG.infof("Business clock: %s, environment: %s", clock.today(), config.environment());
        RegisterState state = await(catchUp.run());
        LOG.infof(
                "Register rebuilt: last day %s, sequence %d",
                state.lastDay().map(Object::toString).orElse("none"), state.lastSequence());
        long interval = config.enactmentInterval().toMillis();
        looking.scheduleWithFixedDelay(this::look, 0, interval, TimeUnit.MILLISECONDS);
    }

    /** Lets a running transaction end. */
    void stop(@Observes ShutdownEvent end) throws InterruptedException {
        looking.shutdown();
        if (!looking.awaitTermination(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            LOG.warn("A transaction was still running when the service stopped; it is rolled back");
        }
    }

    private void look() {
        try {
            importCatalogue();
            enactWhatIsDue();
            if (failing) {
                LOG.info("Looking for due days works again");
                failing = false;
            }
        } catch (CorruptRegisterException corrupt) {
            LOG.fatal("The register in the database is corrupt: the service stops", corrupt);
            Quarkus.asyncExit(1);
        } catch (RuntimeException | Error failure) {
            failures.increment();
            if (!failing) {
                LOG.error("Looking for due days failed; tried again until it works", failure);
                failing = true;
            }
        }
    }

    private void importCatalogue() {
        if (imported) {
            return;
        }
        ImportTransaction.Imported result = await(importing.run(Catalogue.load()));
        if (!result.tooLate().isEmpty()) {
            LOG.errorf(
                    "%d decisions of the catalogue are of days gone by and were not recorded, the first is %s",
                    result.tooLate().size(), result.tooLate().get(0));
        }
        LOG.infof("Catalogue recorded: %d new decisions", result.recorded());
        imported = true;
    }

    private void enactWhatIsDue() {
        Instant now = clock.instant();
        if (now.isBefore(refusedUntil)) {
            return;
        }
        if (!await(enactment.isWorthTrying())) {
            caughtUp = true;
            return;
        }
        while (!looking.isShutdown()) {
            EnactmentOutcome outcome = await(enactment.enactNext());
            switch (outcome.kind()) {
                case NOTHING_DUE -> {
                    caughtUp = true;
                    return;
                }
                case ENACTED -> report((EnactmentOutcome.Enacted) outcome);
                case REFUSED -> {
                    report((EnactmentOutcome.Refused) outcome);
                    refusedUntil = now.plus(config.refusedRetryInterval());
                    // The days before it are answered for: people must be able to reach the service and mend the day.
                    caughtUp = true;
                    return;
                }
            }
        }
    }

    private void report(EnactmentOutcome.Enacted enacted) {
        enactedDays.increment();
        LOG.infof(
                "Enacted %s: %d changes, sequence %d",
                enacted.day().date(),
                enacted.day().messages().size(),
                enacted.day().lastSequence());
    }

    private void report(EnactmentOutcome.Refused refused) {
        failures.increment();
        LOG.errorf(
                "%s contradicts the register and was not enacted, nor is any day after it (%d reasons): %s",
                refused.date(),
                refused.objections().size(),
                refused.objections().stream()
                        .limit(10)
                        .map(objection -> objection.code() + " " + objection.subject())
                        .collect(Collectors.joining(", ")));
    }

    private static <T> T await(Uni<T> pipeline) {
        try {
            return VertxContextSupport.subscribeAndAwait(() -> pipeline);
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable failure) {
            throw new IllegalStateException(failure);
        }
    }
}
