package vn.dvhc.registry.transaction;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.registry.RegistryConfig;
import vn.dvhc.registry.act.ActId;
import vn.dvhc.registry.act.ActMatching;
import vn.dvhc.registry.decision.Life;
import vn.dvhc.registry.rules.Finding;
import vn.dvhc.registry.rules.PlanRules;
import vn.dvhc.registry.rules.SecondPerson;
import vn.dvhc.registry.store.ActStore;
import vn.dvhc.registry.store.DecisionStore;
import vn.dvhc.registry.store.PlanStore;
import vn.dvhc.registry.transaction.Judgement.Judged;
import vn.dvhc.registry.transaction.RegisterTransaction.Done;
import vn.dvhc.registry.unit.RegisterState;

/**
 * A second person approves what was submitted: its acts are registered, the plan that was approved with it stays; a reform is scheduled as a rule, a correction takes
 * effect at once. Runs under the lock of enactments, so that no day can take effect between the judgement and the commit.
 */
@ApplicationScoped
public class ApprovalTransaction {

    private final RegisterTransaction registers;
    private final DecisionStore decisions;
    private final ActStore acts;
    private final PlanStore plans;
    private final LockedDecision locked;
    private final Judgement judgement;
    private final Scheduling scheduling;
    private final Correcting correcting;
    private final Moments moments;
    private final RegistryConfig config;

    ApprovalTransaction(
            RegisterTransaction registers,
            DecisionStore decisions,
            ActStore acts,
            PlanStore plans,
            LockedDecision locked,
            Judgement judgement,
            Scheduling scheduling,
            Correcting correcting,
            Moments moments,
            RegistryConfig config) {
        this.registers = registers;
        this.decisions = decisions;
        this.acts = acts;
        this.plans = plans;
        this.locked = locked;
        this.judgement = judgement;
        this.scheduling = scheduling;
        this.correcting = correcting;
        this.moments = moments;
        this.config = config;
    }

    /**
     * What an approver decides.
     *
     * @param seen the version that the approver has read
     * @param schedule whether a reform shall take effect on its day without another step
     * @param plan digest of the hand-over plan that was read and is approved with it; null for none
     */
    public record Approval(
            String by,
            int seen,
            boolean schedule,
            @Nullable String reason,
            @Nullable String plan) {}

    public Uni<Ruling> run(DecisionId id, Approval approval) {
        return registers.run((session, before) -> locked.take(
                session,
                id,
                approval.seen(),
                life -> life instanceof Life.Submitted submitted
                        ? approve(session, before, submitted, approval)
                        : Uni.createFrom().item(new Done<>(new Ruling.OutOfTurn(life), before)),
                refusal -> new Done<>(refusal, before)));
    }

    private Uni<Done<Ruling>> approve(
            Mutiny.StatelessSession session, RegisterState before, Life.Submitted submitted, Approval approval) {
        Instant now = moments.now();
        return planned(session, submitted, approval.plan())
                .chain(ofPlan -> judgement
                        .of(session, before, submitted.recorded().dossier(), now)
                        .chain(judged -> {
                            List<Finding> findings =
                                    new ArrayList<>(SecondPerson.findings(submitted.recorded(), approval.by()));
                            findings.addAll(ofPlan);
                            findings.addAll(judged.findings());
                            if (findings.stream().anyMatch(Finding::isError)) {
                                return Uni.createFrom().item(new Done<>(new Ruling.Objected(findings), before));
                            }
                            return register(session, submitted, judged)
                                    .chain(() -> approved(session, before, submitted, approval, judged, now))
                                    .chain(done -> decisions
                                            .update(session, submitted, done.answer())
                                            .chain(() -> plans.keepOnly(
                                                    session,
                                                    submitted
                                                            .recorded()
                                                            .decision()
                                                            .id(),
                                                    approval.plan()))
                                            .replaceWith(new Done<>(
                                                    new Ruling.Accepted(done.answer(), findings), done.register())));
                        }));
    }

    private Uni<List<Finding>> planned(
            Mutiny.StatelessSession session, Life.Submitted submitted, @Nullable String digest) {
        return digest == null
                ? Uni.createFrom().item(List.of())
                : plans.find(session, submitted.recorded().decision().id(), digest)
                        .map(kept -> PlanRules.findings(submitted.recorded(), digest, kept));
    }

    private Uni<Void> register(Mutiny.StatelessSession session, Life.Submitted submitted, Judged judged) {
        DecisionId id = submitted.recorded().decision().id();
        return acts.register(
                session,
                config.batchSize(),
                judged.matching(),
                Map.of(id, ids(judged.matching().named())));
    }

    private Uni<Done<Life>> approved(
            Mutiny.StatelessSession session,
            RegisterState before,
            Life.Submitted submitted,
            Approval approval,
            Judged judged,
            Instant now) {
        if (submitted instanceof Life.SubmittedCorrection correction) {
            Life inForce = correction.approved(approval.by(), now, approval.reason(), approval.plan());
            return correcting
                    .write(session, Objects.requireNonNull(judged.amendment()), now)
                    .map(after -> new Done<>(inForce, after));
        }
        Life.Approved approved =
                ((Life.SubmittedReform) submitted).approved(approval.by(), now, approval.reason(), approval.plan());
        return approval.schedule()
                ? scheduling.place(session, before, approved, approval.by(), now, null)
                : Uni.createFrom().item(new Done<>(approved, before));
    }

    private static List<ActId> ids(List<ActMatching.Named> named) {
        return named.stream().map(one -> one.act().id()).distinct().toList();
    }
}
