package vn.dvhc.registry.transaction;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.registry.decision.Life;
import vn.dvhc.registry.store.DecisionStore;
import vn.dvhc.registry.store.RegisterLock;

/** Schedules a decision that was approved without that. */
@ApplicationScoped
public class ScheduleTransaction {

    private final Mutiny.SessionFactory sessions;
    private final DecisionStore decisions;
    private final LockedDecision locked;
    private final Judgement judgement;
    private final Scheduling scheduling;

    ScheduleTransaction(
            Mutiny.SessionFactory sessions,
            DecisionStore decisions,
            LockedDecision locked,
            Judgement judgement,
            Scheduling scheduling) {
        this.sessions = sessions;
        this.decisions = decisions;
        this.locked = locked;
        this.judgement = judgement;
        this.scheduling = scheduling;
    }

    public Uni<Ruling> run(DecisionId id, int seen, String by, @Nullable String reason) {
        return sessions.withStatelessTransaction((session, transaction) -> RegisterLock.DECISIONS
                .take(session)
                .chain(() -> locked.take(
                        session,
                        id,
                        seen,
                        life -> life instanceof Life.Approved approved
                                ? schedule(session, approved, by, reason)
                                : Uni.createFrom().item(new Ruling.OutOfTurn(life)))));
    }

    private Uni<Ruling> schedule(
            Mutiny.StatelessSession session, Life.Approved approved, String by, @Nullable String reason) {
        return judgement
                .of(session, approved.recorded().dossier())
                .chain(judged -> judged.stands()
                        ? scheduling
                                .place(session, approved, by, reason)
                                .chain(scheduled -> decisions
                                        .update(session, approved, scheduled)
                                        .replaceWith(new Ruling.Accepted(scheduled, judged.findings())))
                        : Uni.createFrom().item(new Ruling.Objected(judged.findings())));
    }
}
