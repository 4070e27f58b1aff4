package vn.dvhc.registry.transaction;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;
import vn.dvhc.decision.Decision;
import vn.dvhc.registry.RegistryConfig;
import vn.dvhc.registry.decision.RecordedDecision;
import vn.dvhc.registry.decision.Rehearsal;
import vn.dvhc.registry.decision.Ruling;
import vn.dvhc.registry.decision.Step;
import vn.dvhc.registry.store.DecisionStore;
import vn.dvhc.registry.store.OffLoop;
import vn.dvhc.registry.unit.Objection;
import vn.dvhc.registry.unit.Register;
import vn.dvhc.time.BusinessClock;

/** Takes a draft in, if the register could enact it as things are scheduled now. */
@ApplicationScoped
public class DraftTransaction {

    private final Mutiny.SessionFactory sessions;
    private final DecisionStore decisions;
    private final Register register;
    private final BusinessClock clock;
    private final RegistryConfig config;

    DraftTransaction(
            Mutiny.SessionFactory sessions,
            DecisionStore decisions,
            Register register,
            BusinessClock clock,
            RegistryConfig config) {
        this.sessions = sessions;
        this.decisions = decisions;
        this.register = register;
        this.clock = clock;
        this.config = config;
    }

    /** Needs no lock: a draft binds nobody, and approval judges it again. */
    public Uni<Ruling> run(Decision decision, String drafter) {
        List<Objection> objections = RecordedDecision.objectionsToDate(decision, clock.today());
        if (!objections.isEmpty()) {
            return Uni.createFrom().item(new Ruling.Objected(objections));
        }
        return sessions.withStatelessTransaction((session, transaction) -> decisions
                .scheduled(session)
                .chain(scheduled -> OffLoop.compute(
                        () -> new Rehearsal(register.current().timeline(), scheduled).objectionsTo(decision)))
                .chain(found -> {
                    if (!found.isEmpty()) {
                        return Uni.createFrom().item(new Ruling.Objected(found));
                    }
                    RecordedDecision draft = RecordedDecision.draft(decision, new Step(drafter, clock.instant()));
                    return decisions
                            .insert(session, config.batchSize(), List.of(draft))
                            .replaceWith(new Ruling.Accepted(draft));
                }));
    }
}
