package vn.dvhc.registry.transaction;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.registry.decision.Life;
import vn.dvhc.registry.rules.Finding;
import vn.dvhc.registry.rules.WithdrawalRules;
import vn.dvhc.registry.store.RegisterLock;
import vn.dvhc.time.BusinessClock;

/**
 * Calls a decision off. Runs under the lock of enactments: a scheduled decision is withdrawn before its midnight or not at
 * all.
 */
@ApplicationScoped
public class WithdrawalTransaction {

    private final Mutiny.SessionFactory sessions;
    private final LockedDecision locked;
    private final BusinessClock clock;

    WithdrawalTransaction(Mutiny.SessionFactory sessions, LockedDecision locked, BusinessClock clock) {
        this.sessions = sessions;
        this.locked = locked;
        this.clock = clock;
    }

    /** @param isApprover whether the person may approve decisions at all */
    public Uni<Ruling> run(DecisionId id, int seen, String by, boolean isApprover, @Nullable String reason) {
        return sessions.withStatelessTransaction((session, transaction) -> RegisterLock.DECISIONS
                .take(session)
                .chain(() -> locked.take(session, id, seen, life -> {
                    if (life instanceof Life.Withdrawable open) {
                        List<Finding> findings = WithdrawalRules.findings(open, by, isApprover);
                        return findings.isEmpty()
                                ? locked.write(session, open, open.withdrawn(by, clock.instant(), reason))
                                : Uni.createFrom().item(new Ruling.Objected(findings));
                    }
                    return Uni.createFrom().item(new Ruling.OutOfTurn(life));
                })));
    }
}
