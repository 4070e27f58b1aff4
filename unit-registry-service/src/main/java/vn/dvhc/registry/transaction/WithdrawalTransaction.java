package vn.dvhc.registry.transaction;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.Decision;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.registry.decision.Life;
import vn.dvhc.registry.decision.Rehearsal;
import vn.dvhc.registry.rules.Finding;
import vn.dvhc.registry.rules.ScheduleKept;
import vn.dvhc.registry.rules.WithdrawalRules;
import vn.dvhc.registry.store.DecisionStore;
import vn.dvhc.registry.store.OffLoop;
import vn.dvhc.registry.transaction.RegisterTransaction.Done;
import vn.dvhc.registry.unit.PublishedNotice;
import vn.dvhc.registry.unit.RegisterState;

/**
 * Calls a decision off. Runs under the lock of enactments: a scheduled decision is withdrawn before its midnight or not at
 * all, and everybody who was told of it is told again.
 */
@ApplicationScoped
public class WithdrawalTransaction {

    private final RegisterTransaction registers;
    private final DecisionStore decisions;
    private final LockedDecision locked;
    private final Notices notices;
    private final Moments moments;

    WithdrawalTransaction(
            RegisterTransaction registers,
            DecisionStore decisions,
            LockedDecision locked,
            Notices notices,
            Moments moments) {
        this.registers = registers;
        this.decisions = decisions;
        this.locked = locked;
        this.notices = notices;
        this.moments = moments;
    }

    /**
     * Who wants to call a decision off.
     *
     * @param isApprover whether the person may approve decisions at all
     */
    public record Withdrawal(
            String by,
            int seen,
            boolean isApprover,
            @Nullable String reason) {}

    public Uni<Ruling> run(DecisionId id, Withdrawal withdrawal) {
        return registers.run((session, before) -> locked.take(
                session,
                id,
                withdrawal.seen(),
                life -> life instanceof Life.Withdrawable open
                        ? withdraw(session, before, open, withdrawal)
                        : Uni.createFrom().item(new Done<>(new Ruling.OutOfTurn(life), before)),
                refusal -> new Done<>(refusal, before)));
    }

    private Uni<Done<Ruling>> withdraw(
            Mutiny.StatelessSession session, RegisterState before, Life.Withdrawable open, Withdrawal withdrawal) {
        List<Finding> findings = WithdrawalRules.findings(open, withdrawal.by(), withdrawal.isApprover());
        return findings.isEmpty()
                ? dependents(session, before, open)
                        .chain(broken -> broken.isEmpty()
                                ? write(session, before, open, withdrawal)
                                : Uni.createFrom().item(new Done<>(new Ruling.Objected(broken), before)))
                : Uni.createFrom().item(new Done<>(new Ruling.Objected(findings), before));
    }

    /** What was scheduled in the belief that this decision takes effect. */
    private Uni<List<Finding>> dependents(
            Mutiny.StatelessSession session, RegisterState register, Life.Withdrawable open) {
        return open instanceof Life.Scheduled
                ? decisions
                        .scheduled(session)
                        .chain(scheduled -> OffLoop.compute(() -> ScheduleKept.findings(
                                new Rehearsal(register.timeline(), scheduled),
                                new Rehearsal(
                                        register.timeline(),
                                        without(open.recorded().decision().id(), scheduled)))))
                : Uni.createFrom().item(List.of());
    }

    private static NavigableMap<LocalDate, List<Decision>> without(
            DecisionId id, NavigableMap<LocalDate, List<Decision>> scheduled) {
        NavigableMap<LocalDate, List<Decision>> others = new TreeMap<>(scheduled);
        others.replaceAll((date, ofDay) ->
                ofDay.stream().filter(decision -> !decision.id().equals(id)).toList());
        others.values().removeIf(List::isEmpty);
        return others;
    }

    private Uni<Done<Ruling>> write(
            Mutiny.StatelessSession session, RegisterState before, Life.Withdrawable open, Withdrawal withdrawal) {
        Instant now = moments.now();
        Life withdrawn = open.withdrawn(withdrawal.by(), now, withdrawal.reason());
        Uni<RegisterState> told = open instanceof Life.Scheduled
                ? notices.publish(
                        session,
                        PublishedNotice.withdrawn(before, open.recorded().decision(), now),
                        now)
                : Uni.createFrom().item(before);
        return decisions
                .update(session, open, withdrawn)
                .chain(() -> told)
                .map(after -> new Done<>(new Ruling.Accepted(withdrawn, List.of()), after));
    }
}
