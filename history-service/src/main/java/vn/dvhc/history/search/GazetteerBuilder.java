package vn.dvhc.history.search;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.timeline.UnitHistory;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitId;

/** Makes the places of a timeline from the top down, and the tables by which their names are found. */
final class GazetteerBuilder {

    private static final int SHORTEST_BEGINNING = 2;

    private final Timeline timeline;
    private final Map<UnitId, List<Place>> places = new HashMap<>();
    private final Map<String, Name> names = new HashMap<>();
    private final Map<String, List<Token>> spelled = new HashMap<>();

    GazetteerBuilder(Timeline timeline) {
        this.timeline = timeline;
    }

    /** The rest of a name from one of its words on. */
    record Beginning(String text, Name name) {}

    Gazetteer build() {
        for (Level level : Level.values()) {
            timeline.histories()
                    .filter(history -> history.id().level() == level)
                    .sorted(Comparator.comparing(UnitHistory::id))
                    .forEach(this::place);
        }
        List<Beginning> beginnings = beginnings();
        addShortNames();
        addNumbered();
        names.values().forEach(Name::close);
        return new Gazetteer(timeline, Map.copyOf(names), beginnings);
    }

    private void place(UnitHistory history) {
        for (Unit state : history.states()) {
            UnitId parent = state.parent();
            if (parent == null) {
                add(state, null, state.validFrom(), state.validTo());
            } else {
                for (Place above : places.getOrDefault(parent, List.of())) {
                    LocalDate from = later(state.validFrom(), above.from());
                    LocalDate to = earlier(state.validTo(), above.to());
                    if (to == null || from.isBefore(to)) {
                        add(state, above, from, to);
                    }
                }
            }
        }
    }

    private void add(Unit state, @Nullable Place above, LocalDate from, @Nullable LocalDate to) {
        List<Token> syllables = spelled.computeIfAbsent(state.name(), name -> List.copyOf(Spelling.tokens(name)));
        Name name = names.computeIfAbsent(Spelling.key(syllables), Name::new);
        Place place = new Place(state, above, from, to, name, syllables);
        name.add(place);
        places.computeIfAbsent(state.id(), id -> new ArrayList<>(2)).add(place);
    }

    private List<Beginning> beginnings() {
        Set<Beginning> found = new HashSet<>();
        for (List<Token> syllables : spelled.values()) {
            String key = Spelling.key(syllables);
            Name name = names.computeIfAbsent(key, Name::new);
            int at = 0;
            for (Token syllable : syllables) {
                if (key.length() - at >= SHORTEST_BEGINNING) {
                    found.add(new Beginning(key.substring(at), name));
                }
                at += syllable.plain().length();
            }
        }
        List<Beginning> sorted = new ArrayList<>(found);
        sorted.sort(Comparator.comparing(Beginning::text)
                .thenComparing(beginning -> beginning.name().key()));
        return sorted;
    }

    private void addShortNames() {
        for (ShortNames.ShortName other : ShortNames.load()) {
            Name own = names.get(Spelling.key(Spelling.tokens(other.catalogueName())));
            if (own != null && !own.key().equals(other.key())) {
                Name name = names.computeIfAbsent(other.key(), Name::new);
                List.copyOf(own.places(other.level())).forEach(name::addAsOtherName);
            }
        }
    }

    /** «Hải Châu I» is written «Hải Châu 1» too. */
    private void addNumbered() {
        for (List<Token> syllables : spelled.values()) {
            int last = syllables.size() - 1;
            Token numeral = syllables.get(last);
            if (last > 0
                    && numeral.arabic() != null
                    && numeral.written().equals(numeral.written().toUpperCase(Locale.ROOT))) {
                Name own = names.get(Spelling.key(syllables));
                Name name =
                        names.computeIfAbsent(Spelling.key(syllables.subList(0, last)) + numeral.arabic(), Name::new);
                if (own != null) {
                    for (Level level : Level.values()) {
                        List.copyOf(own.places(level)).forEach(name::addAsOtherName);
                    }
                }
            }
        }
    }

    private static LocalDate later(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }

    private static @Nullable LocalDate earlier(@Nullable LocalDate one, @Nullable LocalDate other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }
}
