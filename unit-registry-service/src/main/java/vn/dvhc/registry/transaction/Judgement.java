package vn.dvhc.registry.transaction;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.Decision;
import vn.dvhc.registry.act.Act;
import vn.dvhc.registry.act.ActDescription;
import vn.dvhc.registry.act.ActMatching;
import vn.dvhc.registry.decision.Dossier;
import vn.dvhc.registry.decision.Origin;
import vn.dvhc.registry.decision.Rehearsal;
import vn.dvhc.registry.rules.ActRules;
import vn.dvhc.registry.rules.DecisionRules;
import vn.dvhc.registry.rules.Finding;
import vn.dvhc.registry.rules.Proposal;
import vn.dvhc.registry.rules.Refusals;
import vn.dvhc.registry.rules.ScheduleKept;
import vn.dvhc.registry.store.ActStore;
import vn.dvhc.registry.store.DecisionStore;
import vn.dvhc.registry.store.OffLoop;
import vn.dvhc.registry.unit.RegisterState;
import vn.dvhc.time.BusinessClock;
import vn.dvhc.timeline.Amendment;
import vn.dvhc.timeline.Amendment.Accepted;

/** Judges a dossier as things stand. It binds only while the caller holds the lock of decisions. */
@Singleton
class Judgement {

    private final DecisionStore decisions;
    private final ActStore acts;

    Judgement(DecisionStore decisions, ActStore acts) {
        this.decisions = decisions;
        this.acts = acts;
    }

    /**
     * @param findings everything that speaks against it or deserves a look
     * @param matching the acts it means
     * @param amendment what a correction makes of the register; null for any other, and for one that can't be
     */
    record Judged(
            List<Finding> findings,
            ActMatching matching,
            @Nullable Accepted amendment) {
        Judged {
            findings = List.copyOf(findings);
        }

        boolean stands() {
            return findings.stream().noneMatch(Finding::isError);
        }
    }

    /**
     * @param dossier of a decision that is not scheduled yet
     * @param now what a correction is recorded with, should it be approved
     */
    Uni<Judged> of(Mutiny.StatelessSession session, RegisterState register, Dossier dossier, Instant now) {
        return acts.ofNumbers(session, dossier.actNumbers())
                .chain(registered -> decisions
                        .scheduled(session)
                        .chain(scheduled ->
                                OffLoop.compute(() -> judge(register, dossier, scheduled, registered, now))));
    }

    private static Judged judge(
            RegisterState register,
            Dossier dossier,
            NavigableMap<LocalDate, List<Decision>> scheduled,
            List<Act> registered,
            Instant now) {
        LocalDate today = LocalDate.ofInstant(now, BusinessClock.ZONE);
        ActMatching matching = ActMatching.of(registered, dossier.acts(), dossier.namedActs());
        List<Finding> findings = new ArrayList<>(
                DecisionRules.findings(proposal(dossier, registered), register.timeline(), scheduled, today));
        findings.addAll(ActRules.findings(matching));
        return dossier.origin() == Origin.CORRECTION && findings.stream().noneMatch(Finding::isError)
                ? amend(register, dossier, scheduled, matching, findings, now)
                : new Judged(findings, matching, null);
    }

    private static Judged amend(
            RegisterState register,
            Dossier dossier,
            NavigableMap<LocalDate, List<Decision>> scheduled,
            ActMatching matching,
            List<Finding> findings,
            Instant now) {
        Decision decision = dossier.decision();
        Amendment amendment = register.chronicle()
                .amend(decision.effectiveDate(), decision.id(), decision.changes(), dossier.retracts(), now);
        if (amendment instanceof Amendment.Refused refused) {
            refused.reasons().stream().map(Refusals::finding).forEach(findings::add);
            return new Judged(findings, matching, null);
        }
        Accepted accepted = (Accepted) amendment;
        findings.addAll(ScheduleKept.findings(
                new Rehearsal(accepted.before().timeline(), scheduled),
                new Rehearsal(accepted.after().timeline(), scheduled)));
        return new Judged(findings, matching, accepted);
    }

    /**
     * The decision as it is put before the rules.
     *
     * @param registered at least all registered acts of the numbers concerned
     */
    static Proposal proposal(Dossier dossier, List<Act> registered) {
        Proposal.Kind kind = switch (dossier.origin()) {
            case DRAFTED -> Proposal.Kind.REFORM;
            case CORRECTION -> Proposal.Kind.CORRECTION;
            case CATALOGUE -> Proposal.Kind.CATALOGUE;
        };
        Set<String> described = new LinkedHashSet<>(dossier.describedActs());
        dossier.namedActs().stream()
                .filter(reference -> registered.stream()
                        .map(Act::description)
                        .anyMatch(known -> known.isComplete() && known.mayBe(ActDescription.ofReference(reference))))
                .forEach(described::add);
        return new Proposal(dossier.decision(), kind, dossier.endedOnPurpose(), described);
    }
}
