package vn.dvhc.registry.transaction;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.Decision;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.registry.decision.Dossier;
import vn.dvhc.registry.store.DecisionStore;
import vn.dvhc.registry.store.LogStore;
import vn.dvhc.registry.store.OffLoop;
import vn.dvhc.registry.unit.GroupRecord;
import vn.dvhc.registry.unit.Register;
import vn.dvhc.registry.unit.RegisterState;
import vn.dvhc.timeline.Amendment;
import vn.dvhc.timeline.Chronicle;
import vn.dvhc.timeline.Enactment;
import vn.dvhc.timeline.Group;
import vn.dvhc.timeline.Recording;

/**
 * Brings the register in memory up to what the database has committed, from the decisions in force in the order in which
 * they were recorded. At start that is all of them. Decisions in force never change, so reading them one query after the
 * other is safe.
 */
@ApplicationScoped
public class CatchUp {

    private static final LocalDate BEFORE_ALL = LocalDate.of(1, 1, 1);

    private final Mutiny.SessionFactory sessions;
    private final DecisionStore decisions;
    private final LogStore log;
    private final Register register;

    CatchUp(Mutiny.SessionFactory sessions, DecisionStore decisions, LogStore log, Register register) {
        this.sessions = sessions;
        this.decisions = decisions;
        this.log = log;
        this.register = register;
    }

    /**
     * What the groups of the log were made from.
     *
     * @param days the decisions in force of each day, in order
     */
    record Sources(NavigableMap<LocalDate, List<Decision>> days, Map<DecisionId, Dossier> corrections) {}

    /**
     * Fails with {@link CorruptRegisterException} if the decisions no longer lead to the numbers and the digest that were
     * stored when they took effect.
     */
    public Uni<RegisterState> run() {
        RegisterState known = register.current();
        return sessions.withStatelessSession(session -> log.after(session, known.position())
                        .chain(groups -> groups.isEmpty()
                                ? Uni.createFrom().item(known)
                                : sources(session, known, groups)
                                        .chain(sources -> OffLoop.compute(() -> apply(known, groups, sources)))))
                .invoke(register::advanceTo);
    }

    private Uni<Sources> sources(Mutiny.StatelessSession session, RegisterState known, List<GroupRecord> groups) {
        LocalDate lastKnown = known.lastDay().orElse(BEFORE_ALL);
        LocalDate last = groups.stream()
                .filter(group -> group.kind() == GroupRecord.Kind.DAY)
                .map(GroupRecord::date)
                .max(LocalDate::compareTo)
                .orElse(lastKnown);
        List<DecisionId> corrections = groups.stream()
                .filter(group -> group.kind() == GroupRecord.Kind.CORRECTION)
                .map(GroupRecord::decision)
                .filter(Objects::nonNull)
                .toList();
        return decisions
                .inForce(session, lastKnown, last)
                .chain(days -> decisions.corrections(session, corrections).map(found -> new Sources(days, found)));
    }

    static RegisterState apply(RegisterState known, List<GroupRecord> groups, Sources sources) {
        Optional<GroupRecord> checkpoint =
                groups.stream().filter(group -> group.digest() != null).reduce((earlier, later) -> later);
        Chronicle chronicle = known.chronicle();
        for (GroupRecord group : groups) {
            chronicle = append(chronicle, group, sources);
            if (chronicle.lastSequence() != group.lastSequence()) {
                throw new CorruptRegisterException("The decisions in force of " + group.date() + " give messages up to "
                        + chronicle.lastSequence() + " instead of " + group.lastSequence());
            }
            if (checkpoint.filter(group::equals).isPresent()
                    && !chronicle.timeline().digest().equals(group.digest())) {
                throw new CorruptRegisterException("The decisions in force up to " + group.date()
                        + " do not give the digest stored with their enactment");
            }
        }
        return new RegisterState(chronicle);
    }

    private static Chronicle append(Chronicle chronicle, GroupRecord group, Sources sources) {
        return switch (group.kind()) {
            case DAY -> day(chronicle, group, sources.days().getOrDefault(group.date(), List.of()));
            case CORRECTION ->
                correction(chronicle, group, sources.corrections().get(decision(group)));
            case SCHEDULED, WITHDRAWN -> notice(chronicle, group);
        };
    }

    private static Chronicle day(Chronicle chronicle, GroupRecord group, List<Decision> ofDay) {
        if (ofDay.isEmpty()) {
            throw new CorruptRegisterException("The enacted day " + group.date() + " has no decision in force");
        }
        Enactment enactment = chronicle.timeline().enact(group.date(), ofDay);
        if (enactment instanceof Enactment.Refused refused) {
            throw contradiction(group, refused.reasons().get(0));
        }
        return chronicle.append((Enactment.Enacted) enactment, group.recordedAt());
    }

    private static Chronicle correction(Chronicle chronicle, GroupRecord group, @Nullable Dossier dossier) {
        if (dossier == null) {
            throw new CorruptRegisterException("The correction " + group.decision() + " is not in force");
        }
        Decision decision = dossier.decision();
        return chronicle
                .amend(group.date(), decision.id(), decision.changes(), dossier.retracts(), group.recordedAt())
                .fold(Amendment.Accepted::after, refused -> {
                    throw contradiction(group, refused.reasons().get(0));
                });
    }

    private static Chronicle notice(Chronicle chronicle, GroupRecord group) {
        Group.Notice notice = new Group.Notice(
                decision(group),
                group.date(),
                group.kind() == GroupRecord.Kind.WITHDRAWN,
                group.recordedAt(),
                group.firstSequence(),
                group.lastSequence());
        return chronicle.append(notice).fold(Recording.Accepted::chronicle, refused -> {
            throw contradiction(group, refused.reasons().get(0));
        });
    }

    private static DecisionId decision(GroupRecord group) {
        return Objects.requireNonNull(group.decision());
    }

    private static CorruptRegisterException contradiction(GroupRecord group, Object reason) {
        return new CorruptRegisterException(
                "The decisions in force of " + group.date() + " contradict those before: " + reason);
    }
}
