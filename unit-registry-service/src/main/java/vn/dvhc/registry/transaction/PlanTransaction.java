package vn.dvhc.registry.transaction;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.registry.decision.Life;
import vn.dvhc.registry.decision.State;
import vn.dvhc.registry.decision.Step;
import vn.dvhc.registry.plan.HandOverPlan;
import vn.dvhc.registry.plan.KeptPlan;
import vn.dvhc.registry.store.DecisionStore;
import vn.dvhc.registry.store.PlanStore;

/** Keeps the hand-over plans that were made for a decision, until one of them is approved with it, and finds them again. */
@ApplicationScoped
public class PlanTransaction {

    private final Mutiny.SessionFactory sessions;
    private final DecisionStore decisions;
    private final PlanStore plans;
    private final LockedDecision locked;
    private final Moments moments;

    PlanTransaction(
            Mutiny.SessionFactory sessions,
            DecisionStore decisions,
            PlanStore plans,
            LockedDecision locked,
            Moments moments) {
        this.sessions = sessions;
        this.decisions = decisions;
        this.plans = plans;
        this.locked = locked;
        this.moments = moments;
    }

    /**
     * A plan that was found.
     *
     * @param approval the step that approved it; null if none did
     */
    public record Found(KeptPlan kept, @Nullable Step approval) {}

    /**
     * What is known of a decision's plans.
     *
     * @param approved whether the decision was approved, with a plan or without
     * @param digest of the plan that was looked for; null if there is none to look for
     */
    public record Search(boolean approved, @Nullable String digest, Optional<Found> found) {}

    /** Whether a plan of the decision can still be approved. */
    public static boolean isOpen(State state) {
        return state == State.DRAFT || state == State.SUBMITTED;
    }

    /** @param version of the decision that was planned; nothing is kept if it is no longer the latest */
    public Uni<Ruling> keep(DecisionId id, int version, HandOverPlan plan, String by) {
        return sessions.withStatelessTransaction((session, transaction) -> locked.take(
                session,
                id,
                version,
                life -> isOpen(life.state())
                        ? plans.keep(session, id, KeptPlan.of(plan, version, by, moments.now()))
                                .replaceWith(new Ruling.Accepted(life, List.of()))
                        : Uni.createFrom().item(new Ruling.OutOfTurn(life))));
    }

    /**
     * The plan that was approved with the decision; before its approval the latest that was made. Empty if there is no such decision.
     *
     * @param wanted digest of another one; null for none
     */
    public Uni<Optional<Search>> find(DecisionId id, @Nullable String wanted) {
        return sessions.withStatelessSession(session -> decisions
                .find(session, id)
                .chain(life -> life.isEmpty()
                        ? Uni.createFrom().item(Optional.<Search>empty())
                        : search(session, id, life.get(), wanted).map(Optional::of)));
    }

    private Uni<Search> search(Mutiny.StatelessSession session, DecisionId id, Life life, @Nullable String wanted) {
        Step approval = life.recorded().last(Step.Kind.APPROVED).orElse(null);
        String approved = approval == null ? null : approval.plan();
        String digest = wanted == null ? approved : wanted;
        if (digest == null && approval != null) {
            return Uni.createFrom().item(new Search(true, null, Optional.empty()));
        }
        Uni<Optional<KeptPlan>> kept = digest == null ? plans.latest(session, id) : plans.find(session, id, digest);
        return kept.map(found -> new Search(
                approval != null,
                digest,
                found.map(plan -> new Found(plan, plan.digest().equals(approved) ? approval : null))));
    }
}
