package vn.dvhc.registry.api;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.registry.decision.Life;
import vn.dvhc.registry.rules.Finding;
import vn.dvhc.registry.store.ActStore;
import vn.dvhc.registry.store.PlanStore;
import vn.dvhc.registry.transaction.Ruling;

/** Answers that show a single decision, above all of the calls that change it. */
@Singleton
class DecisionAnswers {

    private final Mutiny.SessionFactory sessions;
    private final ActStore acts;
    private final PlanStore plans;

    DecisionAnswers(Mutiny.SessionFactory sessions, ActStore acts, PlanStore plans) {
        this.sessions = sessions;
        this.acts = acts;
        this.plans = plans;
    }

    /** @param accepted the status if the step was taken */
    Uni<Response> of(Ruling ruling, Response.Status accepted) {
        return ruling.fold(
                done -> view(done, accepted),
                objected -> problem(Problem.contradiction(objected.findings())),
                outdated -> problem(Problem.outdated(outdated.latest())),
                outOfTurn -> problem(Problem.illegalStep(outOfTurn.latest())),
                () -> problem(unknown()));
    }

    static Problem unknown() {
        return Problem.of(Problem.Kind.NOT_FOUND, "Không có quyết định nào mang định danh này.");
    }

    private Uni<Response> view(Ruling.Accepted done, Response.Status accepted) {
        Life life = done.decision();
        return sessions.withStatelessSession(session -> view(session, life, done.findings()))
                .map(view -> Response.status(accepted)
                        .location(URI.create("/v1/decisions/" + view.id()))
                        .entity(view)
                        .build());
    }

    /** @param findings what was found when it was judged; null where it was not */
    Uni<DecisionView> view(Mutiny.StatelessSession session, Life life, @Nullable List<Finding> findings) {
        DecisionId id = life.recorded().decision().id();
        return acts.of(session, id)
                .chain(registered ->
                        plans.has(session, id).map(planned -> DecisionView.of(life, planned, registered, findings)));
    }

    private static Uni<Response> problem(Problem problem) {
        return Uni.createFrom().item(problem.toResponse());
    }
}
