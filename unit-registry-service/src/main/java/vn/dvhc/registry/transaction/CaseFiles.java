package vn.dvhc.registry.transaction;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.registry.decision.Dossier;
import vn.dvhc.registry.decision.Life;
import vn.dvhc.registry.decision.Rehearsal;
import vn.dvhc.registry.store.ActStore;
import vn.dvhc.registry.store.DecisionStore;
import vn.dvhc.registry.store.OffLoop;
import vn.dvhc.registry.unit.Register;
import vn.dvhc.time.BusinessClock;
import vn.dvhc.timeline.Timeline;

/** Reads case files. Takes no lock: what is read informs people and binds nobody. */
@ApplicationScoped
public class CaseFiles {

    private final Mutiny.SessionFactory sessions;
    private final DecisionStore decisions;
    private final ActStore acts;
    private final Register register;
    private final BusinessClock clock;

    CaseFiles(
            Mutiny.SessionFactory sessions,
            DecisionStore decisions,
            ActStore acts,
            Register register,
            BusinessClock clock) {
        this.sessions = sessions;
        this.decisions = decisions;
        this.acts = acts;
        this.register = register;
        this.clock = clock;
    }

    /** Empty if there is no such decision. */
    public Uni<Optional<CaseFile>> find(DecisionId id) {
        return sessions.withStatelessSession(session -> decisions
                .find(session, id)
                .chain(found -> found.isEmpty()
                        ? Uni.createFrom().item(Optional.<CaseFile>empty())
                        : file(session, found.get()).map(Optional::of)));
    }

    /** The register as it will stand when a day begins: with every scheduled day before it. */
    public Uni<Timeline> before(LocalDate date) {
        return sessions.withStatelessSession(decisions::scheduled)
                .chain(scheduled -> OffLoop.compute(
                        () -> new Rehearsal(register.current().timeline(), scheduled).until(date.minusDays(1))));
    }

    /** The register as it stands. */
    public Timeline register() {
        return register.current().timeline();
    }

    private Uni<CaseFile> file(Mutiny.StatelessSession session, Life life) {
        Dossier dossier = life.recorded().dossier();
        return acts.ofNumbers(session, dossier.actNumbers())
                .map(registered -> Judgement.proposal(dossier, registered))
                .chain(proposal -> decisions
                        .scheduled(session)
                        .map(scheduled -> new CaseFile(
                                proposal,
                                life.state(),
                                life.recorded().version(),
                                register.current().timeline(),
                                scheduled,
                                clock.today())));
    }
}
