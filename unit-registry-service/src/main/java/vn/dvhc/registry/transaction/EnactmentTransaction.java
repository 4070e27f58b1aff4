package vn.dvhc.registry.transaction;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.Decision;
import vn.dvhc.registry.RegistryConfig;
import vn.dvhc.registry.outbox.CloudEvents;
import vn.dvhc.registry.outbox.OutboxMessage;
import vn.dvhc.registry.store.DecisionStore;
import vn.dvhc.registry.store.EnactmentStore;
import vn.dvhc.registry.store.OffLoop;
import vn.dvhc.registry.store.RegisterLock;
import vn.dvhc.registry.unit.EnactedDay;
import vn.dvhc.registry.unit.EnactmentRecord;
import vn.dvhc.registry.unit.Objection;
import vn.dvhc.registry.unit.Register;
import vn.dvhc.registry.unit.RegisterState;
import vn.dvhc.time.BusinessClock;

/**
 * Lets the next day that is due take effect: all its decisions, states, edges and messages, or nothing. Any number of
 * replicas may try at once; the lock lets one through, and the others find the day done.
 */
@ApplicationScoped
public class EnactmentTransaction {

    private final Mutiny.SessionFactory sessions;
    private final DecisionStore decisions;
    private final EnactmentStore enactments;
    private final CloudEvents events;
    private final Register register;
    private final BusinessClock clock;
    private final RegistryConfig config;
    private final MeterRegistry metrics;
    private final Timer duration;

    EnactmentTransaction(
            Mutiny.SessionFactory sessions,
            DecisionStore decisions,
            EnactmentStore enactments,
            CloudEvents events,
            Register register,
            BusinessClock clock,
            RegistryConfig config,
            MeterRegistry metrics) {
        this.sessions = sessions;
        this.decisions = decisions;
        this.enactments = enactments;
        this.events = events;
        this.register = register;
        this.clock = clock;
        this.config = config;
        this.metrics = metrics;
        this.duration = Timer.builder("dvhc.registry.enactment")
                .description("Transactions in which a day took effect, from the lock to the commit")
                .register(metrics);
    }

    /** A look without a lock: false only if no day was due and this process knew of all enactments a moment ago. */
    public Uni<Boolean> isWorthTrying() {
        return sessions.withStatelessSession(session -> isCurrent(session)
                .chain(current -> current
                        ? decisions.nextDays(session).map(days -> isDue(days))
                        : Uni.createFrom().item(true)));
    }

    /** Enacts the next due day; the register in memory has moved on when the outcome is there. */
    public Uni<EnactmentOutcome> enactNext() {
        return Uni.createFrom().deferred(() -> {
            Timer.Sample begun = Timer.start(metrics);
            return enactNextInTransaction().invoke(outcome -> {
                if (outcome.kind() == EnactmentOutcome.Kind.ENACTED) {
                    begun.stop(duration);
                }
            });
        });
    }

    private Uni<EnactmentOutcome> enactNextInTransaction() {
        return sessions.withStatelessTransaction((session, transaction) -> RegisterLock.DECISIONS
                        .take(session)
                        .chain(() -> isCurrent(session))
                        .chain(current ->
                                current ? enactNext(session) : Uni.createFrom().item(new EnactmentOutcome.Behind())))
                .invoke(outcome -> {
                    if (outcome instanceof EnactmentOutcome.Enacted enacted) {
                        register.advanceTo(enacted.day().state());
                    }
                });
    }

    private Uni<EnactmentOutcome> enactNext(Mutiny.StatelessSession session) {
        return decisions.nextDays(session).chain(days -> {
            if (!isDue(days)) {
                return Uni.createFrom().item(new EnactmentOutcome.NothingDue());
            }
            LocalDate date = days.get(0);
            boolean last = days.size() < 2 || days.get(1).isAfter(clock.today());
            RegisterState before = register.current();
            Instant now = clock.instant();
            return decisions
                    .scheduledOn(session, date)
                    .chain(ofDay -> OffLoop.compute(() -> judge(before, date, ofDay)))
                    .chain(judged -> write(session, judged, last, now));
        });
    }

    /** The database writes states and edges while this process words the messages and takes the digest. */
    private Uni<EnactmentOutcome> write(
            Mutiny.StatelessSession session, Judged judged, boolean withDigest, Instant now) {
        EnactedDay day = judged.day();
        if (day == null) {
            return Uni.createFrom().item(new EnactmentOutcome.Refused(judged.date(), judged.objections()));
        }
        Uni<Void> states = OffLoop.compute(() -> EnactmentStore.Rows.of(day))
                .chain(rows -> enactments.write(session, config.batchSize(), rows));
        Uni<List<OutboxMessage>> messages = OffLoop.compute(() -> events.ofDay(day, now));
        Uni<EnactmentRecord> enactment = OffLoop.compute(() -> record(day, withDigest, now));
        return decisions
                .putInForce(session, judged.date(), now)
                .chain(() ->
                        Uni.combine().all().unis(states, messages, enactment).asTuple())
                .chain(done -> enactments
                        .record(session, done.getItem3())
                        .chain(() -> enactments.publish(session, config.batchSize(), done.getItem2()))
                        .replaceWith(new EnactmentOutcome.Enacted(
                                day, done.getItem3().digest())));
    }

    private Uni<Boolean> isCurrent(Mutiny.StatelessSession session) {
        return enactments
                .latest(session, 1)
                .map(latest -> latest.stream()
                        .findFirst()
                        .map(EnactmentRecord::date)
                        .equals(register.current().lastDay()));
    }

    private boolean isDue(List<LocalDate> days) {
        return !days.isEmpty() && !days.get(0).isAfter(clock.today());
    }

    private static Judged judge(RegisterState before, LocalDate date, List<Decision> ofDay) {
        return before.timeline()
                .enact(date, ofDay)
                .fold(
                        enacted -> new Judged(date, EnactedDay.of(before, enacted), List.of()),
                        refused -> new Judged(
                                date,
                                null,
                                refused.reasons().stream().map(Objection::of).toList()));
    }

    private static EnactmentRecord record(EnactedDay day, boolean withDigest, Instant now) {
        String digest = withDigest ? day.state().digest() : null;
        return new EnactmentRecord(day.date(), day.firstSequence(), day.lastSequence(), digest, now);
    }

    /** @param day null if the timeline refuses it */
    private record Judged(LocalDate date, @Nullable EnactedDay day, List<Objection> objections) {}
}
