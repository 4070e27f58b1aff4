package vn.dvhc.gateway.right;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import vn.dvhc.right.Call;
import vn.dvhc.right.Reach;
import vn.dvhc.right.Relation;
import vn.dvhc.right.Relations;
import vn.dvhc.right.Standing;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitId;

/** Decides a request by the caller's standing and the units. Denies what is not laid down. */
final class Judge {

    private Judge() {}

    /** @param units empty while they are not known */
    static Verdict decide(Standing caller, Optional<Asked> request, Optional<Relations> units) {
        if (request.isEmpty()) {
            return new Verdict(Verdict.Kind.NO_ROLE, "?", "", "role");
        }
        Asked asked = request.get();
        Call call = asked.call();
        if (!caller.may(call)) {
            return verdict(Verdict.Kind.NO_ROLE, asked, "role");
        }
        if (caller.mayEverywhere(call)) {
            return verdict(Verdict.Kind.GRANTED, asked, "country");
        }
        UnitId own = caller.unit();
        if (own == null) {
            return verdict(Verdict.Kind.NO_ROLE, asked, "unit");
        }
        return units.map(known -> decide(caller, own, asked, known))
                .orElseGet(() -> verdict(Verdict.Kind.UNDECIDABLE, asked, "units"));
    }

    private static Verdict decide(Standing caller, UnitId own, Asked asked, Relations units) {
        if (units.between(own, own) == Relation.FOREIGN) {
            return verdict(Verdict.Kind.UNIT_UNKNOWN, asked, "unit");
        }
        boolean outlives = caller.roles().stream().anyMatch(role -> asked.call().reach(role) == Reach.HAND_OVER);
        if (!units.isInForce(own) && !outlives) {
            return verdict(Verdict.Kind.UNIT_ENDED, asked, Relation.FORMER.label());
        }
        List<Asked.Named> named = asked.concerning();
        if (named.isEmpty()) {
            return verdict(Verdict.Kind.GRANTED, asked, "narrowed");
        }
        Set<UnitId> allowed = named.stream()
                .flatMap(name -> unit(name, units).stream())
                .filter(other -> caller.may(asked.call(), other, units))
                .collect(Collectors.toSet());
        return allowed.isEmpty()
                ? verdict(Verdict.Kind.FOREIGN_UNIT, asked, "unit")
                : verdict(Verdict.Kind.GRANTED, asked, relations(own, allowed, units));
    }

    private static String relations(UnitId own, Set<UnitId> allowed, Relations units) {
        return allowed.stream()
                .map(other -> units.between(own, other).label())
                .distinct()
                .sorted()
                .collect(Collectors.joining(","));
    }

    private static Optional<UnitId> unit(Asked.Named name, Relations units) {
        try {
            return name.isCode() ? units.bearer(UnitCode.of(name.text())) : Optional.of(UnitId.parse(name.text()));
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    /** Only what reads as a unit goes into the audit: anything may stand in an address. */
    private static Verdict verdict(Verdict.Kind kind, Asked asked, String why) {
        String concerning = asked.concerning().stream()
                .map(Asked.Named::text)
                .filter(text -> text.matches("[0-9]{2,5}(@[0-9]{4}-[0-9]{2}-[0-9]{2})?"))
                .collect(Collectors.joining(","));
        return new Verdict(kind, asked.call().label(), concerning, why);
    }
}
