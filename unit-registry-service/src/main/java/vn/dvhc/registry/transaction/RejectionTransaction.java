package vn.dvhc.registry.transaction;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.registry.decision.Life;
import vn.dvhc.registry.rules.Finding;
import vn.dvhc.registry.rules.SecondPerson;
import vn.dvhc.registry.store.DecisionStore;

/** A second person sends a submitted decision back. */
@ApplicationScoped
public class RejectionTransaction {

    private final Mutiny.SessionFactory sessions;
    private final DecisionStore decisions;
    private final LockedDecision locked;
    private final Moments moments;

    RejectionTransaction(
            Mutiny.SessionFactory sessions, DecisionStore decisions, LockedDecision locked, Moments moments) {
        this.sessions = sessions;
        this.decisions = decisions;
        this.locked = locked;
        this.moments = moments;
    }

    public Uni<Ruling> run(DecisionId id, int seen, String by, String reason) {
        return sessions.withStatelessTransaction((session, transaction) -> locked.take(session, id, seen, life -> {
            if (life instanceof Life.Submitted submitted) {
                List<Finding> findings = SecondPerson.findings(submitted.recorded(), by);
                if (!findings.isEmpty()) {
                    return Uni.createFrom().item(new Ruling.Objected(findings));
                }
                Life rejected = submitted.rejected(by, moments.now(), reason);
                return decisions
                        .update(session, submitted, rejected)
                        .replaceWith(new Ruling.Accepted(rejected, List.of()));
            }
            return Uni.createFrom().item(new Ruling.OutOfTurn(life));
        }));
    }
}
