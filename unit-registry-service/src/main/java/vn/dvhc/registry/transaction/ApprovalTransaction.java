package vn.dvhc.registry.transaction;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.registry.RegistryConfig;
import vn.dvhc.registry.act.ActId;
import vn.dvhc.registry.act.ActMatching;
import vn.dvhc.registry.decision.Life;
import vn.dvhc.registry.decision.RecordedDecision;
import vn.dvhc.registry.rules.Finding;
import vn.dvhc.registry.rules.SecondPerson;
import vn.dvhc.registry.store.ActStore;
import vn.dvhc.registry.store.DecisionStore;
import vn.dvhc.registry.store.RegisterLock;
import vn.dvhc.time.BusinessClock;

/**
 * A second person approves what was submitted: its acts are registered, and as a rule it is scheduled. Runs under the lock
 * of enactments, so that no day can take effect between the judgement and the commit.
 */
@ApplicationScoped
public class ApprovalTransaction {

    private final Mutiny.SessionFactory sessions;
    private final DecisionStore decisions;
    private final ActStore acts;
    private final LockedDecision locked;
    private final Judgement judgement;
    private final Scheduling scheduling;
    private final BusinessClock clock;
    private final RegistryConfig config;

    ApprovalTransaction(
            Mutiny.SessionFactory sessions,
            DecisionStore decisions,
            ActStore acts,
            LockedDecision locked,
            Judgement judgement,
            Scheduling scheduling,
            BusinessClock clock,
            RegistryConfig config) {
        this.sessions = sessions;
        this.decisions = decisions;
        this.acts = acts;
        this.locked = locked;
        this.judgement = judgement;
        this.scheduling = scheduling;
        this.clock = clock;
        this.config = config;
    }

    /**
     * What an approver decides.
     *
     * @param seen the version that the approver has read
     * @param schedule whether it shall take effect on its day without another step
     */
    public record Approval(
            String by, int seen, boolean schedule, @Nullable String reason) {}

    public Uni<Ruling> run(DecisionId id, Approval approval) {
        return sessions.withStatelessTransaction((session, transaction) -> RegisterLock.DECISIONS
                .take(session)
                .chain(() -> locked.take(
                        session,
                        id,
                        approval.seen(),
                        life -> life instanceof Life.SubmittedReform reform
                                ? approve(session, reform, approval)
                                : Uni.createFrom().item(new Ruling.OutOfTurn(life)))));
    }

    private Uni<Ruling> approve(Mutiny.StatelessSession session, Life.SubmittedReform reform, Approval approval) {
        RecordedDecision recorded = reform.recorded();
        return judgement.of(session, recorded.dossier()).chain(judged -> {
            List<Finding> findings = new ArrayList<>(SecondPerson.findings(recorded, approval.by()));
            findings.addAll(judged.findings());
            if (findings.stream().anyMatch(Finding::isError)) {
                return Uni.createFrom().item(new Ruling.Objected(findings));
            }
            return acts.register(
                            session,
                            config.batchSize(),
                            judged.matching(),
                            Map.of(
                                    recorded.decision().id(),
                                    ids(judged.matching().named())))
                    .chain(() -> approved(session, reform, approval))
                    .chain(after ->
                            decisions.update(session, reform, after).replaceWith(new Ruling.Accepted(after, findings)));
        });
    }

    private static List<ActId> ids(List<ActMatching.Named> acts) {
        return acts.stream().map(named -> named.act().id()).distinct().toList();
    }

    private Uni<? extends Life> approved(
            Mutiny.StatelessSession session, Life.SubmittedReform reform, Approval approval) {
        Life.Approved approved = reform.approved(approval.by(), clock.instant(), approval.reason());
        return approval.schedule()
                ? scheduling.place(session, approved, approval.by(), null)
                : Uni.createFrom().item(approved);
    }
}
