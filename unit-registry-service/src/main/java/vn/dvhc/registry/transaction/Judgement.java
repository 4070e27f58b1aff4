package vn.dvhc.registry.transaction;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import org.hibernate.reactive.mutiny.Mutiny;
import vn.dvhc.decision.Decision;
import vn.dvhc.registry.act.ActMatching;
import vn.dvhc.registry.decision.Dossier;
import vn.dvhc.registry.rules.ActRules;
import vn.dvhc.registry.rules.DecisionRules;
import vn.dvhc.registry.rules.Finding;
import vn.dvhc.registry.rules.Proposal;
import vn.dvhc.registry.store.ActStore;
import vn.dvhc.registry.store.DecisionStore;
import vn.dvhc.registry.store.OffLoop;
import vn.dvhc.registry.unit.Register;
import vn.dvhc.time.BusinessClock;

/** Judges a dossier as things stand. It binds only while the caller holds the lock of decisions. */
@Singleton
class Judgement {

    private final DecisionStore decisions;
    private final ActStore acts;
    private final Register register;
    private final BusinessClock clock;

    Judgement(DecisionStore decisions, ActStore acts, Register register, BusinessClock clock) {
        this.decisions = decisions;
        this.acts = acts;
        this.register = register;
        this.clock = clock;
    }

    /**
     * @param findings everything that speaks against it or deserves a look
     * @param matching the acts it means
     */
    record Judged(List<Finding> findings, ActMatching matching) {
        Judged {
            findings = List.copyOf(findings);
        }

        boolean stands() {
            return findings.stream().noneMatch(Finding::isError);
        }
    }

    /** @param dossier of a decision that is not scheduled yet */
    Uni<Judged> of(Mutiny.StatelessSession session, Dossier dossier) {
        return acts.ofNumbers(session, dossier.actNumbers())
                .map(registered -> ActMatching.of(registered, dossier.acts(), dossier.namedActs()))
                .chain(matching -> decisions
                        .scheduled(session)
                        .chain(scheduled -> OffLoop.compute(() -> judge(dossier, scheduled, matching))));
    }

    private Judged judge(Dossier dossier, NavigableMap<LocalDate, List<Decision>> scheduled, ActMatching matching) {
        List<Finding> findings = new ArrayList<>(
                DecisionRules.findings(proposal(dossier), register.current().timeline(), scheduled, clock.today()));
        findings.addAll(ActRules.findings(matching));
        return new Judged(findings, matching);
    }

    /** The decision as it is put before the rules. */
    static Proposal proposal(Dossier dossier) {
        Proposal.Kind kind = switch (dossier.origin()) {
            case DRAFTED -> Proposal.Kind.REFORM;
            case CORRECTION -> Proposal.Kind.CORRECTION;
            case CATALOGUE -> Proposal.Kind.CATALOGUE;
        };
        return new Proposal(dossier.decision(), kind, dossier.endedOnPurpose(), dossier.describedActs());
    }
}
