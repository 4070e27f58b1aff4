package vn.dvhc.gateway.change;

import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.UnitId;

/**
 * Which changes somebody wants: those that meet every part that is not empty.
 *
 * @param units changes of the family of one of these: the unit, all that was ever below it, and the predecessors and successors
 *     of each
 * @param provinces changes of units that stood in one of these before or after the change
 * @param kinds changes of one of these kinds
 */
public record ChangeFilter(Set<UnitId> units, Set<UnitId> provinces, Set<ChangeKind> kinds) {

    /** The most units or provinces of a filter. */
    public static final int MOST = 20;

    /** Everything. */
    public static final ChangeFilter ALL = new ChangeFilter(Set.of(), Set.of(), Set.of());

    public ChangeFilter {
        units = Set.copyOf(units);
        provinces = Set.copyOf(provinces);
        kinds = Set.copyOf(kinds);
    }

    /**
     * Reads unit ids and the labels of kinds; empty if one is malformed, there are more than {@link #MOST} of a sort, or a
     * province's id is that of another level.
     */
    public static Optional<ChangeFilter> read(
            Collection<String> units, Collection<String> provinces, Collection<String> kinds) {
        if (units.size() > MOST || provinces.size() > MOST || kinds.size() > ChangeKind.values().length) {
            return Optional.empty();
        }
        Set<ChangeKind> wanted = EnumSet.noneOf(ChangeKind.class);
        for (String label : kinds) {
            Optional<ChangeKind> kind = ChangeKind.ofLabel(label);
            if (kind.isEmpty()) {
                return Optional.empty();
            }
            wanted.add(kind.get());
        }
        return ids(units)
                .flatMap(of -> ids(provinces)
                        .filter(in -> in.stream().allMatch(province -> province.level() == Level.PROVINCE))
                        .map(in -> new ChangeFilter(of, in, wanted)));
    }

    private static Optional<Set<UnitId>> ids(Collection<String> texts) {
        Set<UnitId> ids = new LinkedHashSet<>();
        try {
            texts.forEach(text -> ids.add(UnitId.parse(text)));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
        return Optional.of(ids);
    }
}
