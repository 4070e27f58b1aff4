package vn.dvhc.sync.mandate;

import io.quarkus.security.identity.SecurityIdentity;
import java.security.Principal;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;
import vn.dvhc.right.Call;
import vn.dvhc.right.Standing;
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

    /** Whoever acts for a unit: comes with the roles {@code province-operator} and {@code commune-clerk}. */
    public static final String OFFICER = "unit-officer";

    /** Who runs the mover: comes with the national roles. */
    public static final String OPERATOR = "operator";

    public Mandate {
        roles = Set.copyOf(roles);
    }

    /** A claim that is neither {@code VN} nor a unit id takes all roles. */
    public static Mandate of(SecurityIdentity identity) {
        Principal principal = identity.getPrincipal();
        String subject = principal instanceof JsonWebToken token ? token.getSubject() : null;
        vn.dvhc.right.UnitClaim claim = vn.dvhc.right.UnitClaim.of(identity.getAttribute(UnitClaim.NAME));
        return new Mandate(
                subject == null ? principal.getName() : subject,
                principal.getName(),
                claim.kind() == vn.dvhc.right.UnitClaim.Kind.MALFORMED ? Set.of() : identity.getRoles(),
                claim.unit());
    }

    /** What the caller may be taken for. */
    public Standing standing() {
        return Standing.of(roles, vn.dvhc.right.UnitClaim.of(unit == null ? null : unit.toString()));
    }

    /** As the audit trail names callers. */
    public String who() {
        return person.equals(name) ? name : name + " (" + person + ")";
    }

    /** Whether somebody signs for a unit. */
    public boolean isOfficer() {
        return standing().may(Call.SIGN_MANIFEST);
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

    /** The provinces that a unit was part of at its end, or is part of. */
    public static Optional<UnitId> province(UnitId id, Timeline timeline) {
        Optional<UnitId> above = Optional.of(id);
        while (above.isPresent() && above.get().level() != Level.PROVINCE) {
            above = timeline.find(above.get()).map(UnitHistory::last).map(Unit::parent);
        }
        return above;
    }
}
