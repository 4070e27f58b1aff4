package vn.dvhc.registry.transaction;

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
    private final UnitStore units;
    private final LogStore log;
    private final CloudEvents events;
    private final BusinessClock clock;
    private final Moments moments;
    private final RegistryConfig config;

    EnactmentTransaction(
            Mutiny.SessionFactory sessions,
            RegisterTransaction registers,
            DecisionStore decisions,
            UnitStore units,
            LogStore log,
            CloudEvents events,
            BusinessClock clock,
            Moments moments,
            RegistryConfig config) {
        this.sessions = sessions;
        this.registers = registers;
        this.decisions = decisions;
        this.units = units;
        this.log = log;
        this.events = events;
        this.clock = clock;
        this.moments = moments;
        this.config = config;
    }

    /** A look without a lock: false only if no day was due and this process knew of everything a moment ago. */
    public Uni<Boolean> isWorthTrying() {
        return sessions.withStatelessSession(session -> registers
                .isCurrent(session)
                .chain(current -> current
                        ? decisions.nextDays(session).map(days -> isDue(days))
                        : Uni.createFrom().item(true)));
    }

    /** Enacts the next due day; the register in memory has moved on when the outcome is there. */
    public Uni<EnactmentOutcome> enactNext() {
        return registers.run(this::enactNext);
    }

    private Uni<Done<EnactmentOutcome>> enactNext(Mutiny.StatelessSession session, RegisterState before) {
        return decisions.nextDays(session).chain(days -> {
            if (!isDue(days)) {
                return Uni.createFrom().item(new Done<>(new EnactmentOutcome.NothingDue(), before));
            }
            LocalDate date = days.get(0);
            boolean last = days.size() < 2 || days.get(1).isAfter(clock.today());
            Instant now = moments.now();
            return decisions
                    .scheduledOn(session, date)
                    .chain(ofDay -> OffLoop.compute(() -> prepare(before, date, ofDay, last, now)))
                    .chain(prepared -> write(session, prepared, now).replaceWith(prepared.done()));
        });
    }

    private Uni<Void> write(Mutiny.StatelessSession session, Prepared prepared, Instant now) {
        Day day = prepared.day();
        return day == null
                ? Uni.createFrom().voidItem()
                : decisions
                        .putInForce(session, day.group().date(), now)
                        .chain(() -> units.write(session, config.batchSize(), day.rows()))
                        .chain(() -> log.append(session, config.batchSize(), day.group(), day.messages()));
    }

    private boolean isDue(List<LocalDate> days) {
        return !days.isEmpty() && !days.get(0).isAfter(clock.today());
    }

    private Prepared prepare(
            RegisterState before, LocalDate date, List<Decision> ofDay, boolean withDigest, Instant now) {
        return before.timeline()
                .enact(date, ofDay)
                .fold(
                        enacted -> prepared(EnactedDay.of(before, enacted, now), withDigest, now),
                        refused -> new Prepared(
                                new Done<>(
                                        new EnactmentOutcome.Refused(
                                                date,
                                                refused.reasons().stream()
                                                        .map(Objection::of)
                                                        .toList()),
                                        before),
                                null));
    }

    private Prepared prepared(EnactedDay day, boolean withDigest, Instant now) {
        return new Prepared(
                new Done<>(new EnactmentOutcome.Enacted(day), day.state()),
                new Day(day.toRecord(withDigest), UnitStore.Rows.of(day), events.ofGroup(day.messages(), now)));
    }

    /** @param day what is to be written; null if the day was refused */
    private record Prepared(
            Done<EnactmentOutcome> done, @Nullable Day day) {}

    private record Day(GroupRecord group, UnitStore.Rows rows, List<OutboxMessage> messages) {}
}
