package vn.dvhc.registry.transaction;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.registry.decision.Life;
import vn.dvhc.registry.store.DecisionStore;

/** Gives a step the decision it is about, as long as nobody else can change it. */
@Singleton
class LockedDecision {

    private final DecisionStore decisions;

    LockedDecision(DecisionStore decisions) {
        this.decisions = decisions;
    }

    /**
     * @param seen the version that the caller has read; the step is taken on no other
     * @param step called at most once
     * @param refusal what a ruling without a step becomes
     */
    <T> Uni<T> take(
            Mutiny.StatelessSession session,
            DecisionId id,
            int seen,
            Function<Life, Uni<T>> step,
            Function<Ruling, T> refusal) {
        return decisions.lock(session, id).chain(found -> {
            if (found.isEmpty()) {
                return Uni.createFrom().item(refusal.apply(new Ruling.Unknown()));
            }
            Life life = found.get();
            return life.recorded().version() == seen
                    ? step.apply(life)
                    : Uni.createFrom().item(refusal.apply(new Ruling.Outdated(life)));
        });
    }

    Uni<Ruling> take(Mutiny.StatelessSession session, DecisionId id, int seen, Function<Life, Uni<Ruling>> step) {
        return take(session, id, seen, step, Function.identity());
    }
}
