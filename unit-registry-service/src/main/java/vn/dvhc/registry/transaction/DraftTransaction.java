package vn.dvhc.registry.transaction;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;
import vn.dvhc.registry.RegistryConfig;
import vn.dvhc.registry.decision.Dossier;
import vn.dvhc.registry.decision.Life;
import vn.dvhc.registry.store.DecisionStore;
import vn.dvhc.registry.unit.Register;

/**
 * Takes in what a drafter writes, even if it contradicts the register: the answer tells what stands against it. Needs no lock
 * of the register, since a draft binds nobody and is judged again.
 */
@ApplicationScoped
public class DraftTransaction {

    private final Mutiny.SessionFactory sessions;
    private final DecisionStore decisions;
    private final LockedDecision locked;
    private final Judgement judgement;
    private final Register register;
    private final Moments moments;
    private final RegistryConfig config;

    DraftTransaction(
            Mutiny.SessionFactory sessions,
            DecisionStore decisions,
            LockedDecision locked,
            Judgement judgement,
            Register register,
            Moments moments,
            RegistryConfig config) {
        this.sessions = sessions;
        this.decisions = decisions;
        this.locked = locked;
        this.judgement = judgement;
        this.register = register;
        this.moments = moments;
        this.config = config;
    }

    /** Takes a new decision in; always accepted. */
    public Uni<Ruling> draft(Dossier dossier, String drafter) {
        Life draft = Life.draft(dossier, drafter, moments.now());
        return sessions.withStatelessTransaction((session, transaction) ->
                decisions.insert(session, config.batchSize(), List.of(draft)).chain(() -> answer(session, draft)));
    }

    /**
     * Writes a decision anew.
     *
     * @param dossier of the same id
     * @param seen the version that the drafter has read
     */
    public Uni<Ruling> revise(Dossier dossier, int seen, String drafter) {
        return sessions.withStatelessTransaction((session, transaction) ->
                locked.take(session, dossier.decision().id(), seen, life -> {
                    if (life instanceof Life.Revisable revisable) {
                        Life revised = revisable.revised(dossier, drafter, moments.now());
                        return decisions.update(session, life, revised).chain(() -> answer(session, revised));
                    }
                    return Uni.createFrom().item(new Ruling.OutOfTurn(life));
                }));
    }

    private Uni<Ruling> answer(Mutiny.StatelessSession session, Life draft) {
        return judgement
                .of(session, register.current(), draft.recorded().dossier(), moments.now())
                .map(judged -> new Ruling.Accepted(draft, judged.findings()));
    }
}
