package vn.dvhc.registry.transaction;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;
import vn.dvhc.decision.Decision;
import vn.dvhc.registry.store.DecisionStore;
import vn.dvhc.registry.store.EnactmentStore;
import vn.dvhc.registry.store.OffLoop;
import vn.dvhc.registry.unit.EnactmentRecord;
import vn.dvhc.registry.unit.Register;
import vn.dvhc.registry.unit.RegisterState;
import vn.dvhc.timeline.Enactment;
import vn.dvhc.timeline.Timeline;

/**
 * Brings the register in memory up to what the database has committed, from the decisions in force. At start that is all of
 * them. Decisions in force never change, so reading them one query after the other is safe.
 */
@ApplicationScoped
public class CatchUp {

    private static final LocalDate BEFORE_ALL = LocalDate.of(1, 1, 1);

    private final Mutiny.SessionFactory sessions;
    private final DecisionStore decisions;
    private final EnactmentStore enactments;
    private final Register register;

    CatchUp(Mutiny.SessionFactory sessions, DecisionStore decisions, EnactmentStore enactments, Register register) {
        this.sessions = sessions;
        this.decisions = decisions;
        this.enactments = enactments;
        this.register = register;
    }

    /**
     * Fails with {@link CorruptRegisterException} if the decisions no longer lead to the digest that was stored when the
     * last of them took effect.
     */
    public Uni<RegisterState> run() {
        RegisterState known = register.current();
        return sessions.withStatelessSession(session -> enactments
                        .latest(session, 1)
                        .chain(latest -> latest.isEmpty()
                                ? Uni.createFrom().item(known)
                                : enactments
                                        .latestWithDigest(session)
                                        .chain(checkpoint -> decisions
                                                .inForce(
                                                        session,
                                                        known.lastDay().orElse(BEFORE_ALL),
                                                        latest.get(0).date())
                                                .chain(days -> OffLoop.compute(
                                                        () -> apply(known, days, latest.get(0), checkpoint))))))
                .invoke(register::advanceTo);
    }

    static RegisterState apply(
            RegisterState known,
            NavigableMap<LocalDate, List<Decision>> days,
            EnactmentRecord latest,
            Optional<EnactmentRecord> checkpoint) {
        Timeline timeline = known.timeline();
        RegisterState state = known;
        for (Map.Entry<LocalDate, List<Decision>> day : days.entrySet()) {
            Enactment enactment = timeline.enact(day.getKey(), day.getValue());
            if (enactment instanceof Enactment.Refused refused) {
                throw new CorruptRegisterException("The decisions in force of " + day.getKey()
                        + " contradict those before: " + refused.reasons().get(0));
            }
            timeline = ((Enactment.Enacted) enactment).timeline();
            state = new RegisterState(timeline, latest.lastSequence());
            if (checkpoint.map(EnactmentRecord::date).equals(timeline.lastDay())
                    && !checkpoint.map(EnactmentRecord::digest).equals(Optional.of(state.digest()))) {
                throw new CorruptRegisterException("The decisions in force up to " + day.getKey()
                        + " do not give the digest stored with their enactment");
            }
        }
        if (!timeline.lastDay().equals(Optional.of(latest.date()))) {
            throw new CorruptRegisterException("The day enacted last, " + latest.date() + ", has no decision in force");
        }
        return state;
    }
}
