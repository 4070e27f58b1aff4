package vn.dvhc.sync.recode;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import vn.dvhc.unit.UnitId;

/** Which locality of a split unit went to which successor. Immutable. */
public final class Localities {

    private static final Localities NONE = new Localities(Map.of());

    private final Map<UnitId, Map<String, UnitId>> successors;

    private Localities(Map<UnitId, Map<String, UnitId>> successors) {
        this.successors = successors;
    }

    public static Localities none() {
        return NONE;
    }

    /** @return localities with this one added, or changed if it was known */
    public Localities with(UnitId unit, String locality, UnitId successor) {
        Map<UnitId, Map<String, UnitId>> all = new HashMap<>(successors);
        Map<String, UnitId> ofUnit = new HashMap<>(all.getOrDefault(unit, Map.of()));
        ofUnit.put(normalized(locality), successor);
        all.put(unit, ofUnit);
        return new Localities(all);
    }

    /** The units of which other localities are assigned than before. */
    public Set<UnitId> changedSince(Localities before) {
        return successors.keySet().stream()
                .filter(unit -> !of(unit).equals(before.of(unit)))
                .collect(Collectors.toSet());
    }

    /** How many localities are assigned. */
    public int size() {
        return successors.values().stream().mapToInt(Map::size).sum();
    }

    /** The localities of a unit and where each went, as {@link #normalized}. */
    Map<String, UnitId> of(UnitId unit) {
        return successors.getOrDefault(unit, Map.of());
    }

    static String normalized(String locality) {
        return Normalizer.normalize(locality, Normalizer.Form.NFC)
                .strip()
                .replaceAll("\\s+", " ")
                .toLowerCase(Locale.ROOT);
    }
}
