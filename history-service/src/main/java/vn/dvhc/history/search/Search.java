package vn.dvhc.history.search;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.UnitId;

/**
 * Finds units of any era by what people type: exact names before beginnings before misspellings, units in force before those
 * that ended.
 */
public final class Search {

    private static final int MOST_TOKENS = 24;
    private static final int MOST_PLACES = 3000;
    private static final int FEW = 5;

    private static final int PARTS = 900;
    private static final int EXACT = 800;
    private static final int SAME_MARKS = 5;
    private static final int OTHER_MARKS = -40;
    private static final int PREFIX = 650;
    private static final int WORD = 500;
    private static final int MISSPELT = 400;
    private static final int EDIT = -60;
    private static final int MOST_LEFT = 100;
    private static final int LETTER_LEFT = -5;
    private static final int SAME_TYPE = 30;
    private static final int OTHER_TYPE = -100;
    private static final int IN_FORCE = 15;
    private static final int HIGHER = 4;

    private final Gazetteer gazetteer;
    private final Query query;
    private final LocalDate today;
    private final Map<UnitId, Hit> hits = new HashMap<>();
    private int places;

    private Search(Gazetteer gazetteer, Query query, LocalDate today) {
        this.gazetteer = gazetteer;
        this.query = query;
        this.today = today;
    }

    /** A part of the hits: how many there are in all, and whether more follow. */
    public record Page(int total, List<Hit> hits, boolean more) {

        public Page {
            hits = List.copyOf(hits);
        }
    }

    /**
     * @param today decides what is in force if the query has no date
     * @param after continue after this hit; null to begin with the best
     */
    public static Page find(
            Gazetteer gazetteer, Query query, LocalDate today, Hit.@Nullable Position after, int limit) {
        Search search = new Search(gazetteer, query, today);
        search.collect();
        List<Hit> following = search.hits.values().stream()
                .filter(hit -> after == null || hit.isAfter(after))
                .sorted()
                .toList();
        boolean more = following.size() > limit;
        return new Page(search.hits.size(), more ? following.subList(0, limit) : following, more);
    }

    /** Whether the text holds anything that a name could be made of. */
    public static boolean isSearchable(String text) {
        return !Spelling.tokens(text).isEmpty();
    }

    private void collect() {
        List<Token> tokens = Spelling.tokens(query.text());
        if (tokens.size() > MOST_TOKENS) {
            tokens = tokens.subList(0, MOST_TOKENS);
        }
        Marker marker = Marker.at(tokens, 0);
        if (marker != null && marker.tokens() < tokens.size()) {
            byName(tokens.subList(marker.tokens(), tokens.size()), marker);
        }
        byName(tokens, null);
        if (tokens.size() > 1) {
            byParts();
        }
    }

    private void byParts() {
        AddressReading reading = new AddressReader(gazetteer).read(query.text(), query.at());
        if (reading.kind() != AddressReading.Kind.READ) {
            return;
        }
        for (Fit fit : reading.fits()) {
            if (fit.namesUnitsAbove()) {
                int worse = reading.fits().get(0).score() - fit.score();
                offer(fit.place(), PARTS - worse, Hit.Match.PARTS);
            }
        }
    }

    private void byName(List<Token> words, @Nullable Marker marker) {
        String key = Spelling.key(words);
        Name exact = gazetteer.find(key);
        if (exact != null) {
            whole(exact, words, marker);
        }
        String arabic = words.get(words.size() - 1).arabic();
        if (arabic != null && (marker != null || words.size() > 1)) {
            Name numbered = gazetteer.find(Spelling.key(words.subList(0, words.size() - 1)) + arabic);
            if (numbered != null) {
                whole(numbered, words, marker);
            }
        }
        if (!isNumber(key)) {
            beginnings(key, marker);
            if (exact == null && hits.size() < FEW) {
                misspelt(key, marker);
            }
        }
    }

    private void whole(Name name, List<Token> words, @Nullable Marker marker) {
        Mention mention = new Mention(0, words.size(), words, name, 0, null, Mention.Standing.APART);
        for (Level level : Level.values()) {
            for (Place place : name.places(level)) {
                int other = mention.otherMarks(place);
                int marks = mention.hasSameMarks(place) ? SAME_MARKS : other * OTHER_MARKS;
                Hit.Match match = other == 0 ? Hit.Match.EXACT : Hit.Match.MARKS;
                offer(place, EXACT + marks + type(place, marker), match);
            }
        }
    }

    private void beginnings(String key, @Nullable Marker marker) {
        for (Name name : gazetteer.startingWith(key)) {
            if (!name.key().equals(key)) {
                boolean first = name.key().startsWith(key);
                int left = Math.max(-MOST_LEFT, (name.key().length() - key.length()) * LETTER_LEFT);
                all(name, (first ? PREFIX : WORD) + left, marker, first ? Hit.Match.PREFIX : Hit.Match.WORD);
            }
        }
    }

    private void misspelt(String key, @Nullable Marker marker) {
        for (Trigrams.Near near : gazetteer.near(key)) {
            all(near.name(), MISSPELT + near.edits() * EDIT, marker, Hit.Match.MISSPELT);
        }
    }

    private void all(Name name, int score, @Nullable Marker marker, Hit.Match match) {
        for (Level level : Level.values()) {
            for (Place place : name.places(level)) {
                if (places++ < MOST_PLACES) {
                    offer(place, score + type(place, marker), match);
                }
            }
        }
    }

    private static int type(Place place, @Nullable Marker marker) {
        if (marker == null) {
            return 0;
        }
        return marker.types().contains(place.state().type()) ? SAME_TYPE : OTHER_TYPE;
    }

    private void offer(Place place, int score, Hit.Match match) {
        if (!isWanted(place)) {
            return;
        }
        LocalDate at = Objects.requireNonNullElse(query.at(), today);
        int whole = score
                + (place.isInForce(at) ? IN_FORCE : 0)
                + (Level.COMMUNE.ordinal() - place.level().ordinal()) * HIGHER;
        Hit known = hits.get(place.unit());
        boolean better = known == null
                || whole > known.score()
                || (whole == known.score() && place.from().isAfter(known.place().from()));
        if (better) {
            hits.put(place.unit(), new Hit(place, Math.max(1, Math.min(1000, whole)), match));
        }
    }

    private boolean isWanted(Place place) {
        LocalDate at = query.at();
        return (query.level() == null || place.level() == query.level())
                && (at == null || place.isInForce(at))
                && (query.within() == null || isWithin(place, query.within()));
    }

    private static boolean isWithin(Place place, UnitId unit) {
        for (Place above = place.above(); above != null; above = above.above()) {
            if (above.unit().equals(unit)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isNumber(String key) {
        return key.charAt(0) <= '9' && key.length() <= 2;
    }
}
