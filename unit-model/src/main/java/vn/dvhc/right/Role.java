package vn.dvhc.right;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.UnitId;

/** What somebody may be. */
public enum Role {
    NATIONAL_ADMIN,
    NATIONAL_OPERATOR,
    DECISION_DRAFTER,
    DECISION_APPROVER,
    PROVINCE_OPERATOR,
    COMMUNE_CLERK,
    SUBSCRIBER;

    /** Of old, and for one more version: a national operator. */
    private static final String OPERATOR = "operator";

    /** Of old, and for one more version: a province operator or a clerk, by the unit. */
    private static final String OFFICER = "unit-officer";

    /** The word that tokens use: {@code commune-clerk}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether it is held for one unit and its affairs, and not for the country. */
    public boolean isOfUnit() {
        return this == PROVINCE_OPERATOR || this == COMMUNE_CLERK;
    }

    /**
     * The role that a name in a token stands for; empty if there is no such role, or not for such a unit. Who acts for a province can't be
     * a commune's clerk, nor can who acts for any unit run the nation's affairs. Clerks of districts are clerks of their communes, until the districts end.
     */
    static Optional<Role> held(String name, UnitClaim claim) {
        UnitId unit = claim.unit();
        if (name.equals(OPERATOR)) {
            return held(NATIONAL_OPERATOR.label(), claim);
        }
        if (name.equals(OFFICER)) {
            return unit == null
                    ? Optional.empty()
                    : Optional.of(unit.level() == Level.PROVINCE ? PROVINCE_OPERATOR : COMMUNE_CLERK);
        }
        for (Role role : values()) {
            if (role.label().equals(name)) {
                return role.fits(claim) ? Optional.of(role) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Whether a name in a token counts with such a unit; one that is none of these roles counts with any that can be read. */
    public static boolean counts(String name, UnitClaim claim) {
        if (claim.kind() == UnitClaim.Kind.MALFORMED) {
            return false;
        }
        boolean known = name.equals(OPERATOR)
                || name.equals(OFFICER)
                || Arrays.stream(values()).anyMatch(role -> role.label().equals(name));
        return !known || held(name, claim).isPresent();
    }

    private boolean fits(UnitClaim claim) {
        UnitId unit = claim.unit();
        return switch (this) {
            case NATIONAL_ADMIN, NATIONAL_OPERATOR ->
                claim.kind() == UnitClaim.Kind.NATION || claim.kind() == UnitClaim.Kind.ABSENT;
            case PROVINCE_OPERATOR -> unit != null && unit.level() == Level.PROVINCE;
            case COMMUNE_CLERK -> unit != null && unit.level() != Level.PROVINCE;
            case DECISION_DRAFTER, DECISION_APPROVER, SUBSCRIBER -> true;
        };
    }
}
