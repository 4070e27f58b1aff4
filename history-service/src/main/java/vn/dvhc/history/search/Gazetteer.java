package vn.dvhc.history.search;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vn.dvhc.timeline.Timeline;

/** Every name of every era, ready to be found by any spelling. Immutable; some megabytes for the whole catalogue. */
public final class Gazetteer {

    private final Timeline timeline;
    private final Map<String, Name> names;
    private final Trigrams trigrams;
    private final String[] beginnings;
    private final Name[] begun;

    Gazetteer(Timeline timeline, Map<String, Name> names, List<GazetteerBuilder.Beginning> beginnings) {
        this.timeline = timeline;
        this.names = names;
        this.trigrams = new Trigrams(List.copyOf(names.values()));
        this.beginnings =
                beginnings.stream().map(GazetteerBuilder.Beginning::text).toArray(String[]::new);
        this.begun = beginnings.stream().map(GazetteerBuilder.Beginning::name).toArray(Name[]::new);
    }

    /** Walks over all units: some hundred milliseconds for the whole catalogue. Not for the event loop. */
    public static Gazetteer of(Timeline timeline) {
        return new GazetteerBuilder(timeline).build();
    }

    /** What it was made from. */
    public Timeline timeline() {
        return timeline;
    }

    /** The name of a folded spelling; null if no unit was ever called so. */
    @Nullable
    Name find(String key) {
        return names.get(key);
    }

    /** Names that differ by few letters, none that is equal. */
    List<Trigrams.Near> near(String key) {
        return trigrams.near(key);
    }

    /** Names of which a word begins so, in alphabetical order from that word on. */
    List<Name> startingWith(String beginning) {
        int from = Arrays.binarySearch(beginnings, beginning);
        int first = from < 0 ? -from - 1 : first(from);
        int last = first;
        while (last < beginnings.length && beginnings[last].startsWith(beginning)) {
            last++;
        }
        return Arrays.asList(begun).subList(first, last);
    }

    private int first(int found) {
        int first = found;
        while (first > 0 && beginnings[first - 1].equals(beginnings[found])) {
            first--;
        }
        return first;
    }
}
