package vn.dvhc.registry.transaction;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.registry.decision.Life;
import vn.dvhc.registry.store.DecisionStore;
import vn.dvhc.registry.transaction.RegisterTransaction.Done;
import vn.dvhc.registry.unit.RegisterState;

/** Schedules a decision that was approved without that. */
@ApplicationScoped
public class ScheduleTransaction {

    private final RegisterTransaction registers;
    private final DecisionStore decisions;
    private final LockedDecision locked;
    private final Judgement judgement;
    private final Scheduling scheduling;
    private final Moments moments;

    ScheduleTransaction(
            RegisterTransaction registers,
            DecisionStore decisions,
            LockedDecision locked,
            Judgement judgement,
            Scheduling scheduling,
            Moments moments) {
        this.registers = registers;
        this.decisions = decisions;
        this.locked = locked;
        this.judgement = judgement;
        this.scheduling = scheduling;
        this.moments = moments;
    }

    public Uni<Ruling> run(DecisionId id, int seen, String by, @Nullable String reason) {
        return registers.run((session, before) -> locked.take(
                session,
                id,
                seen,
                life -> life instanceof Life.Approved approved
                        ? schedule(session, before, approved, by, reason)
                        : Uni.createFrom().item(new Done<>(new Ruling.OutOfTurn(life), before)),
                refusal -> new Done<>(refusal, before)));
    }

    private Uni<Done<Ruling>> schedule(
            Mutiny.StatelessSession session,
            RegisterState before,
            Life.Approved approved,
            String by,
            @Nullable String reason) {
        Instant now = moments.now();
        return judgement
                .of(session, before, approved.recorded().dossier(), now)
                .chain(judged -> judged.stands()
                        ? scheduling
                                .place(session, before, approved, by, now, reason)
                                .chain(done -> decisions
                                        .update(session, approved, done.answer())
                                        .replaceWith(new Done<>(
                                                new Ruling.Accepted(done.answer(), judged.findings()),
                                                done.register())))
                        : Uni.createFrom().item(new Done<>(new Ruling.Objected(judged.findings()), before)));
    }
}
