package vn.dvhc.sync.mandate;

import io.quarkus.security.identity.SecurityIdentity;
import java.security.Principal;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.timeline.UnitHistory;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitId;

/**
 * For whom a caller acts.
 *
 * @param person what stays the same of a person when the name changes
 * @param name for people to read
 * @param roles all roles of the token
 * @param unit the officer's unit; null for somebody of the nation, or of no unit
 */
public record Mandate(
        String person,
        String name,
        Set<String> roles,
        @Nullable UnitId unit) {

    /** Who signs hand-over records for a unit, and sees the records of its lineage. */
    public static final String OFFICER = "unit-officer";

    /** Who runs the mover. */
    public static final String OPERATOR = "operator";

    public Mandate {
        roles = Set.copyOf(roles);
    }

    public static Mandate of(SecurityIdentity identity) {
        Principal principal = identity.getPrincipal();
        String subject = principal instanceof JsonWebToken token ? token.getSubject() : null;
        return new Mandate(
                subject == null ? principal.getName() : subject,
                principal.getName(),
                identity.getRoles(),
                unit(identity.getAttribute(UnitClaim.NAME)));
    }

    private static @Nullable UnitId unit(@Nullable Object claim) {
        if (!(claim instanceof String text)) {
            return null;
        }
        try {
            return UnitId.parse(text);
        } catch (IllegalArgumentException nation) {
            return null;
        }
    }

    /** As the audit trail names callers. */
    public String who() {
        return person.equals(name) ? name : name + " (" + person + ")";
    }

    public boolean isOperator() {
        return roles.contains(OPERATOR);
    }

    public boolean isOfficer() {
        return roles.contains(OFFICER) && unit != null;
    }

    /** Whether the officer's unit is this one or, where it has ended, a successor in law. */
    public boolean actsFor(UnitId other, Timeline timeline) {
        UnitId own = unit;
        if (!isOfficer() || own == null) {
            return false;
        }
        return own.equals(other)
                || timeline.find(other)
                                .filter(history -> history.ended() != null)
                                .isPresent()
                        && timeline.lastDay()
                                .filter(today -> timeline.successors(other, today).stream()
                                        .anyMatch(reached -> reached.unit().id().equals(own)))
                                .isPresent();
    }

    /** Whether the officer acts for one of the units, or for a unit that one of them was ever part of. */
    public boolean oversees(Collection<UnitId> units, Timeline timeline) {
        Set<UnitId> lineage = new HashSet<>();
        units.forEach(id -> addWithAbove(id, timeline, lineage));
        return lineage.stream().anyMatch(id -> actsFor(id, timeline));
    }

    /** The provinces that a unit was part of at its end, or is part of. */
    public static Optional<UnitId> province(UnitId id, Timeline timeline) {
        Optional<UnitId> above = Optional.of(id);
        while (above.isPresent() && above.get().level() != Level.PROVINCE) {
            above = timeline.find(above.get()).map(UnitHistory::last).map(Unit::parent);
        }
        return above;
    }

    private static void addWithAbove(UnitId id, Timeline timeline, Set<UnitId> lineage) {
        if (lineage.add(id)) {
            timeline.find(id)
                    .ifPresent(history -> history.states().forEach(state -> {
                        if (state.parent() != null) {
                            addWithAbove(state.parent(), timeline, lineage);
                        }
                    }));
        }
    }
}
