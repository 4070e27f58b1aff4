package vn.dvhc.registry.transaction;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.registry.decision.Life;
import vn.dvhc.registry.store.DecisionStore;
import vn.dvhc.registry.unit.Register;

/** Hands a draft in for approval, if nothing stands against it. */
@ApplicationScoped
public class SubmissionTransaction {

    private final Mutiny.SessionFactory sessions;
    private final DecisionStore decisions;
    private final LockedDecision locked;
    private final Judgement judgement;
    private final Register register;
    private final Moments moments;

    SubmissionTransaction(
            Mutiny.SessionFactory sessions,
            DecisionStore decisions,
            LockedDecision locked,
            Judgement judgement,
            Register register,
            Moments moments) {
        this.sessions = sessions;
        this.decisions = decisions;
        this.locked = locked;
        this.judgement = judgement;
        this.register = register;
        this.moments = moments;
    }

    public Uni<Ruling> run(DecisionId id, int seen, String by, @Nullable String reason) {
        return sessions.withStatelessTransaction((session, transaction) -> locked.take(session, id, seen, life -> {
            if (life instanceof Life.Draft draft) {
                return judgement
                        .of(session, register.current(), draft.recorded().dossier(), moments.now())
                        .chain(judged -> {
                            if (!judged.stands()) {
                                return Uni.createFrom().item(new Ruling.Objected(judged.findings()));
                            }
                            Life submitted = draft.submitted(by, moments.now(), reason);
                            return decisions
                                    .update(session, draft, submitted)
                                    .replaceWith(new Ruling.Accepted(submitted, judged.findings()));
                        });
            }
            return Uni.createFrom().item(new Ruling.OutOfTurn(life));
        }));
    }
}
