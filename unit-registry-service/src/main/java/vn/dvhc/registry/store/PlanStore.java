package vn.dvhc.registry.store;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.registry.plan.KeptPlan;

/** The table {@code hand_over_plan}. */
@Singleton
public class PlanStore {

    /** Of a decision that nobody has approved yet. */
    private static final int MOST_KEPT = 10;

    private static final String FORGET_OLDEST = """
            DELETE FROM hand_over_plan WHERE decision_id = :id AND digest NOT IN (
                SELECT digest FROM hand_over_plan WHERE decision_id = :id ORDER BY made_at DESC, digest LIMIT :most)
            """;

    /** Keeps a plan of a decision that {@link DecisionStore#lock} gave; the same made again replaces it. */
    public Uni<Void> keep(Mutiny.StatelessSession session, DecisionId decision, KeptPlan plan) {
        return session.createMutationQuery("delete from HandOverPlanRow where decisionId = :id and digest = :digest")
                .setParameter("id", decision.value())
                .setParameter("digest", plan.digest())
                .executeUpdate()
                .chain(() -> OffLoop.compute(() -> PlanDocument.write(decision.value(), plan)))
                .chain(session::insert)
                .chain(() -> session.createNativeQuery(FORGET_OLDEST)
                        .setParameter("id", decision.value())
                        .setParameter("most", MOST_KEPT)
                        .executeUpdate())
                .replaceWithVoid();
    }

    /** Forgets all plans of a decision but one, which is approved. */
    public Uni<Void> keepOnly(Mutiny.StatelessSession session, DecisionId decision, @Nullable String digest) {
        return session.createMutationQuery("delete from HandOverPlanRow where decisionId = :id and digest <> :digest")
                .setParameter("id", decision.value())
                .setParameter("digest", digest == null ? "" : digest)
                .executeUpdate()
                .replaceWithVoid();
    }

    /** Whether any plan is kept with a decision. */
    public Uni<Boolean> has(Mutiny.StatelessSession session, DecisionId decision) {
        return session.createSelectionQuery("select count(*) from HandOverPlanRow where decisionId = :id", Long.class)
                .setParameter("id", decision.value())
                .getSingleResult()
                .map(kept -> kept > 0);
    }

    public Uni<Optional<KeptPlan>> find(Mutiny.StatelessSession session, DecisionId decision, String digest) {
        return read(session.createSelectionQuery(
                        "from HandOverPlanRow where decisionId = :id and digest = :digest", HandOverPlanRow.class)
                .setParameter("id", decision.value())
                .setParameter("digest", digest));
    }

    /** The one that was made last. */
    public Uni<Optional<KeptPlan>> latest(Mutiny.StatelessSession session, DecisionId decision) {
        return read(session.createSelectionQuery(
                        "from HandOverPlanRow where decisionId = :id order by madeAt desc, digest",
                        HandOverPlanRow.class)
                .setParameter("id", decision.value())
                .setMaxResults(1));
    }

    private static Uni<Optional<KeptPlan>> read(Mutiny.SelectionQuery<HandOverPlanRow> query) {
        return query.getSingleResultOrNull()
                .chain(row -> row == null
                        ? Uni.createFrom().item(Optional.empty())
                        : OffLoop.compute(() -> Optional.of(PlanDocument.read(row))));
    }
}
