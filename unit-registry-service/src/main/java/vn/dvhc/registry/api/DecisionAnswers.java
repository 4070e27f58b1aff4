package vn.dvhc.registry.api;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.hibernate.reactive.mutiny.Mutiny;
import vn.dvhc.registry.decision.Life;
import vn.dvhc.registry.store.ActStore;
import vn.dvhc.registry.transaction.Ruling;

/** Answers of all calls that change a decision. */
@Singleton
class DecisionAnswers {

    private final Mutiny.SessionFactory sessions;
    private final ActStore acts;

    DecisionAnswers(Mutiny.SessionFactory sessions, ActStore acts) {
        this.sessions = sessions;
        this.acts = acts;
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
        return sessions.withStatelessSession(
                        session -> acts.of(session, life.recorded().decision().id()))
                .map(registered -> Response.status(accepted)
                        .location(URI.create(
                                "/v1/decisions/" + life.recorded().decision().id()))
                        .entity(DecisionView.of(life, registered, done.findings()))
                        .build());
    }

    private static Uni<Response> problem(Problem problem) {
        return Uni.createFrom().item(problem.toResponse());
    }
}
