package vn.dvhc.registry.transaction;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.registry.decision.RecordedDecision;
import vn.dvhc.registry.decision.Rehearsal;
import vn.dvhc.registry.decision.Ruling;
import vn.dvhc.registry.decision.Step;
import vn.dvhc.registry.store.DecisionStore;
import vn.dvhc.registry.store.OffLoop;
import vn.dvhc.registry.store.RegisterLock;
import vn.dvhc.registry.unit.Objection;
import vn.dvhc.registry.unit.Register;
import vn.dvhc.time.BusinessClock;

/**
 * A second person approves a draft, which schedules it. Runs under the lock of enactments, so that no day can take effect
 * between the judgement and the commit.
 */
@ApplicationScoped
public class ApprovalTransaction {

    private final Mutiny.SessionFactory sessions;
    private final DecisionStore decisions;
    private final Register register;
    private final BusinessClock clock;

    ApprovalTransaction(
            Mutiny.SessionFactory sessions, DecisionStore decisions, Register register, BusinessClock clock) {
        this.sessions = sessions;
        this.decisions = decisions;
        this.register = register;
        this.clock = clock;
    }

    /** @param seen the version the approver has read; null to approve whatever there is */
    public Uni<Ruling> run(DecisionId id, String approver, @Nullable Integer seen) {
        return sessions.withStatelessTransaction((session, transaction) -> RegisterLock.DECISIONS
                .take(session)
                .chain(() -> decisions.find(session, id))
                .chain(found -> found.map(draft -> approve(session, draft, approver, seen))
                        .orElseGet(() -> Uni.createFrom().item(new Ruling.Unknown()))));
    }

    private Uni<Ruling> approve(
            Mutiny.StatelessSession session, RecordedDecision draft, String approver, @Nullable Integer seen) {
        if (seen != null && seen != draft.version()) {
            return Uni.createFrom().item(new Ruling.Outdated(draft));
        }
        List<Objection> objections = draft.objectionsToApproval(approver, clock.today());
        if (!objections.isEmpty()) {
            return Uni.createFrom().item(new Ruling.Objected(objections));
        }
        return decisions
                .scheduled(session)
                .chain(scheduled -> OffLoop.compute(
                        () -> new Rehearsal(register.current().timeline(), scheduled).objectionsTo(draft.decision())))
                .chain(found -> found.isEmpty()
                        ? schedule(session, draft, approver)
                        : Uni.createFrom().item(new Ruling.Objected(found)));
    }

    private Uni<Ruling> schedule(Mutiny.StatelessSession session, RecordedDecision draft, String approver) {
        DecisionId id = draft.decision().id();
        return decisions
                .nextPosition(session, draft.decision().effectiveDate())
                .map(position -> draft.scheduled(new Step(approver, clock.instant()), position))
                .chain(scheduled -> decisions.update(session, scheduled))
                .chain(() -> decisions.find(session, id))
                .map(written -> new Ruling.Accepted(written.orElseThrow()));
    }
}
