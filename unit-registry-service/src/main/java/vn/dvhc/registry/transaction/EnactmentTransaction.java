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
import vn.dvhc.registry.store.LogStore;
import vn.dvhc.registry.store.OffLoop;
import vn.dvhc.registry.store.UnitStore;
import vn.dvhc.registry.transaction.RegisterTransaction.Done;
import vn.dvhc.registry.unit.EnactedDay;
import vn.dvhc.registry.unit.GroupRecord;
import vn.dvhc.registry.unit.Objection;
import vn.dvhc.registry.unit.RegisterState;
import vn.dvhc.time.BusinessClock;

/**
 * Lets the next day that is due take effect: all its decisions, states, edges and messages, or nothing. Any number of
 * replicas may try at once; the lock lets one through, and the others find the day done.
 */
@ApplicationScoped
public class EnactmentTransaction {

    private final Mutiny.SessionFactory sessions;
    private final RegisterTransaction registers;
    private final DecisionStore decisions;
    private final DayAhead ahead;
    private final UnitStore units;
    private final LogStore log;
    private final CloudEvents events;
    private final BusinessClock clock;
    private final Moments moments;
    private final RegistryConfig config;
    private final MeterRegistry metrics;
    private final Timer duration;

    EnactmentTransaction(
            Mutiny.SessionFactory sessions,
            RegisterTransaction registers,
            DecisionStore decisions,
            DayAhead ahead,
            UnitStore units,
            LogStore log,
            CloudEvents events,
            BusinessClock clock,
            Moments moments,
            RegistryConfig config,
            MeterRegistry metrics) {
        this.sessions = sessions;
        this.registers = registers;
        this.decisions = decisions;
        this.ahead = ahead;
        this.units = units;
        this.log = log;
        this.events = events;
        this.clock = clock;
        this.moments = moments;
        this.config = config;
        this.metrics = metrics;
        this.duration = Timer.builder("dvhc.registry.enactment")
                .description("Transactions in which a day took effect, from the lock to the commit")
                .register(metrics);
    }

    /** A look without a lock: false only if no day was due and this process knew of everything a moment ago. */
    public Uni<Boolean> isWorthTrying() {
        return sessions.withStatelessSession(session -> registers
                .isCurrent(session)
                .chain(current -> current
                        ? decisions.nextDays(session).chain(days -> isWorthTrying(session, days))
                        : Uni.createFrom().item(true)));
    }

    private Uni<Boolean> isWorthTrying(Mutiny.StatelessSession session, List<LocalDate> days) {
        if (isDue(days)) {
            return Uni.createFrom().item(true);
        }
        return isTomorrow(days)
                ? ahead.readAhead(session, days.get(0)).replaceWith(false)
                : Uni.createFrom().item(false);
    }

    /** Enacts the next due day; the register in memory has moved on when the outcome is there. */
    public Uni<EnactmentOutcome> enactNext() {
        return Uni.createFrom().deferred(() -> {
            Timer.Sample begun = Timer.start(metrics);
            return registers.run(this::enactNext).invoke(outcome -> {
                if (outcome.kind() == EnactmentOutcome.Kind.ENACTED) {
                    begun.stop(duration);
                }
            });
        });
    }

    private Uni<Done<EnactmentOutcome>> enactNext(Mutiny.StatelessSession session, RegisterState before) {
        return decisions.nextDays(session).chain(days -> {
            if (!isDue(days)) {
                return Uni.createFrom().item(new Done<>(new EnactmentOutcome.NothingDue(), before));
            }
            LocalDate date = days.get(0);
            boolean last = days.size() < 2 || days.get(1).isAfter(clock.today());
            Instant now = moments.now();
            return ahead.scheduledOn(session, date)
                    .chain(ofDay -> OffLoop.compute(() -> judge(before, date, ofDay, now)))
                    .chain(judged -> write(session, before, judged, last, now));
        });
    }

    /** The database writes states and edges while this process words the messages and takes the digest. */
    private Uni<Done<EnactmentOutcome>> write(
            Mutiny.StatelessSession session, RegisterState before, Judged judged, boolean withDigest, Instant now) {
        EnactedDay day = judged.day();
        if (day == null) {
            return Uni.createFrom()
                    .item(new Done<>(new EnactmentOutcome.Refused(judged.date(), judged.objections()), before));
        }
        Uni<Void> states = OffLoop.compute(() -> UnitStore.Rows.of(day))
                .chain(rows -> units.write(session, config.batchSize(), rows));
        Uni<List<OutboxMessage>> messages = OffLoop.compute(() -> events.ofGroup(day.messages(), now));
        Uni<GroupRecord> group = OffLoop.compute(() -> day.toRecord(withDigest));
        return decisions
                .putInForce(session, judged.date(), now)
                .chain(() -> Uni.combine().all().unis(states, messages, group).asTuple())
                .chain(done -> log.append(session, config.batchSize(), done.getItem3(), done.getItem2()))
                .replaceWith(new Done<>(new EnactmentOutcome.Enacted(day), day.state()));
    }

    private boolean isDue(List<LocalDate> days) {
        return !days.isEmpty() && !days.get(0).isAfter(clock.today());
    }

    private boolean isTomorrow(List<LocalDate> days) {
        return !days.isEmpty() && days.get(0).equals(clock.today().plusDays(1));
    }

    private static Judged judge(RegisterState before, LocalDate date, List<Decision> ofDay, Instant now) {
        return before.timeline()
                .enact(date, ofDay)
                .fold(
                        enacted -> new Judged(date, EnactedDay.of(before, enacted, now), List.of()),
                        refused -> new Judged(
                                date,
                                null,
                                refused.reasons().stream().map(Objection::of).toList()));
    }

    /** @param day null if the timeline refuses it */
    private record Judged(LocalDate date, @Nullable EnactedDay day, List<Objection> objections) {}
}
