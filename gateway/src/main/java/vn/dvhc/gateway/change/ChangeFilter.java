package vn.dvhc.gateway.change;

import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.UnitId;

/**
 * Which changes of one stream somebody wants: those that meet every part that is not empty.
 *
 * @param units changes of the family of one of these: the unit, all that was ever below it, and the predecessors and successors
 *     of each
 * @param provinces changes of units that stood in one of these before or after the change
 * @param kinds changes of one of these kinds
 * @param datasets hand-overs of records of one of these; only where there are such
 */
public record ChangeFilter(
        StreamName stream, Set<UnitId> units, Set<UnitId> provinces, Set<ChangeKind> kinds, Set<String> datasets) {

    /** The most units, provinces or datasets of a filter. */
    public static final int MOST = 20;

    /** All changes of units. */
    public static final ChangeFilter ALL = new ChangeFilter(Set.of(), Set.of(), Set.of());

    private static final Pattern DATASET = Pattern.compile("[A-Za-z0-9_-]{1,63}");

    public ChangeFilter {
        units = Set.copyOf(units);
        provinces = Set.copyOf(provinces);
        kinds = Set.copyOf(kinds);
        datasets = Set.copyOf(datasets);
    }

    /** A filter of changes of units. */
    public ChangeFilter(Set<UnitId> units, Set<UnitId> provinces, Set<ChangeKind> kinds) {
        this(StreamName.UNITS, units, provinces, kinds, Set.of());
    }

    /** Reads a filter of changes of units. */
    public static Optional<ChangeFilter> read(
            Collection<String> units, Collection<String> provinces, Collection<String> kinds) {
        return read(StreamName.UNITS, units, provinces, kinds, List.of());
    }

    /**
     * Reads unit ids, the labels of kinds and names of datasets; empty if one is malformed or not told of by the stream, there are more
     * than {@link #MOST} of a sort, or a province's id is that of another level.
     */
    public static Optional<ChangeFilter> read(
            StreamName stream,
            Collection<String> units,
            Collection<String> provinces,
            Collection<String> kinds,
            Collection<String> datasets) {
        if (units.size() > MOST
                || provinces.size() > MOST
                || kinds.size() > ChangeKind.values().length
                || !areDatasets(stream, datasets)) {
            return Optional.empty();
        }
        Set<ChangeKind> wanted = EnumSet.noneOf(ChangeKind.class);
        for (String label : kinds) {
            Optional<ChangeKind> kind = ChangeKind.ofLabel(label).filter(one -> one.stream() == stream);
            if (kind.isEmpty()) {
                return Optional.empty();
            }
            wanted.add(kind.get());
        }
        return ids(units)
                .flatMap(of -> ids(provinces)
                        .filter(in -> in.stream().allMatch(province -> province.level() == Level.PROVINCE))
                        .map(in -> new ChangeFilter(stream, of, in, wanted, new LinkedHashSet<>(datasets))));
    }

    private static boolean areDatasets(StreamName stream, Collection<String> names) {
        return names.isEmpty()
                || (stream == StreamName.HANDOVERS
                        && names.size() <= MOST
                        && names.stream().allMatch(name -> DATASET.matcher(name).matches()));
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
