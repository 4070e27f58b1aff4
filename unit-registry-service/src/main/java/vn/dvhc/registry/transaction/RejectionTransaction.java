package vn.dvhc.registry.transaction;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.registry.decision.Life;
import vn.dvhc.registry.rules.Finding;
import vn.dvhc.registry.rules.SecondPerson;
import vn.dvhc.time.BusinessClock;

/** A second person sends a submitted decision back. */
@ApplicationScoped
public class RejectionTransaction {

    private final Mutiny.SessionFactory sessions;
    private final LockedDecision locked;
    private final BusinessClock clock;

    RejectionTransaction(Mutiny.SessionFactory sessions, LockedDecision locked, BusinessClock clock) {
        this.sessions = sessions;
        this.locked = locked;
        this.clock = clock;
    }

    public Uni<Ruling> run(DecisionId id, int seen, String by, String reason) {
        return sessions.withStatelessTransaction((session, transaction) -> locked.take(session, id, seen, life -> {
            if (life instanceof Life.Submitted submitted) {
                List<Finding> findings = SecondPerson.findings(submitted.recorded(), by);
                return findings.isEmpty()
                        ? locked.write(session, submitted, submitted.rejected(by, clock.instant(), reason))
                        : Uni.createFrom().item(new Ruling.Objected(findings));
            }
            return Uni.createFrom().item(new Ruling.OutOfTurn(life));
        }));
    }
}
