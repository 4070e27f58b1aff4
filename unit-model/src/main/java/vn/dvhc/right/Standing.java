package vn.dvhc.right;

import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vn.dvhc.unit.UnitId;

/**
 * What a caller may be taken for, after the token's roles were held against its unit.
 *
 * @param roles those that hold
 * @param unit for which the caller acts; null for the nation, or nobody
 */
public record Standing(Set<Role> roles, @Nullable UnitId unit) {

    public Standing {
        roles = Set.copyOf(roles);
    }

    /**
     * The standing that a token gives.
     *
     * @param names its roles; names that are no roles are left aside
     */
    public static Standing of(Collection<String> names, UnitClaim claim) {
        Set<Role> held = new HashSet<>();
        if (claim.kind() != UnitClaim.Kind.MALFORMED) {
            names.forEach(name -> Role.held(name, claim).ifPresent(held::add));
        }
        return new Standing(held, claim.unit());
    }

    /** Whether the caller may make the call about some unit, or all. */
    public boolean may(Call call) {
        return roles.stream().anyMatch(role -> call.reach(role) != Reach.NOBODY);
    }

    /** Whether the caller may make the call about everything. */
    public boolean mayEverywhere(Call call) {
        return roles.stream().anyMatch(role -> call.reach(role) == Reach.COUNTRY);
    }

    /** Whether the caller may make the call about the affairs of the other unit. */
    public boolean may(Call call, UnitId other, Relations relations) {
        UnitId own = unit;
        return mayEverywhere(call) || (own != null && reached(call).contains(relations.between(own, other)));
    }

    /** About whose affairs the caller may make the call; empty for everybody's. A set that is empty is nobody. */
    public Optional<Set<UnitId>> units(Call call, Relations relations) {
        if (mayEverywhere(call)) {
            return Optional.empty();
        }
        UnitId own = unit;
        return Optional.of(own == null ? Set.of() : relations.units(own, reached(call)));
    }

    private Set<Relation> reached(Call call) {
        Set<Relation> reached = new HashSet<>();
        roles.stream()
                .filter(Role::isOfUnit)
                .forEach(role -> reached.addAll(call.reach(role).relations()));
        return reached;
    }
}
