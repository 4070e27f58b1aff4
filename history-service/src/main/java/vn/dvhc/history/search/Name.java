package vn.dvhc.history.search;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.UnitId;

/** All places that are meant by one folded spelling: by their own name, or by a well-known other name. */
final class Name {

    private final String key;
    private final Map<Level, List<Place>> places = new EnumMap<>(Level.class);
    private final Set<UnitId> alsoCalledSo = new HashSet<>(0);

    Name(String key) {
        this.key = key;
    }

    String key() {
        return key;
    }

    List<Place> places(Level level) {
        return places.getOrDefault(level, List.of());
    }

    /** Whether the unit is well known under this name although the catalogue never called it so. */
    boolean isOtherNameOf(UnitId unit) {
        return alsoCalledSo.contains(unit);
    }

    /** Whether the unit was ever called so. */
    boolean names(UnitId unit) {
        for (Place place : places(unit.level())) {
            if (place.unit().equals(unit)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the first syllable of a place that is called so bears the marks of the word. */
    boolean beginsWith(Token word) {
        for (Place place : places(Level.COMMUNE)) {
            if (place.syllables().get(0).marked().equals(word.marked())) {
                return true;
            }
        }
        return false;
    }

    void add(Place place) {
        places.computeIfAbsent(place.level(), level -> new ArrayList<>(2)).add(place);
    }

    void addAsOtherName(Place place) {
        add(place);
        alsoCalledSo.add(place.unit());
    }

    void close() {
        places.replaceAll((level, list) -> List.copyOf(list));
    }
}
