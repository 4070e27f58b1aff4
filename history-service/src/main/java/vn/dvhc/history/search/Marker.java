package vn.dvhc.history.search;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.UnitType;

/**
 * A word that tells the type of the unit whose name it stands beside: «Phường», «TP», «District».
 *
 * @param types what it may mean
 * @param tokens how many tokens it is made of
 * @param foreign may stand after the name, as in «Ben Nghe Ward»
 * @param weak so short that it may be something else; counts only before a number, a stop or a known name
 */
record Marker(Set<UnitType> types, Set<Level> levels, int tokens, boolean foreign, boolean weak, Token tail) {

    private static final Map<String, Marker> ONE_WORD = new HashMap<>();
    private static final Map<String, Marker> TWO_WORDS = new HashMap<>();

    static {
        learn(EnumSet.of(UnitType.WARD), "phường", "p", "f", "ward");
        learn(EnumSet.of(UnitType.RURAL_COMMUNE), "xã", "x", "commune");
        learn(EnumSet.of(UnitType.TOWNSHIP), "thị trấn", "tt", "township");
        learn(EnumSet.of(UnitType.SPECIAL_ZONE), "đặc khu", "đk");
        learn(EnumSet.of(UnitType.URBAN_DISTRICT), "quận", "q");
        learn(EnumSet.of(UnitType.RURAL_DISTRICT), "huyện", "h");
        learn(EnumSet.of(UnitType.URBAN_DISTRICT, UnitType.RURAL_DISTRICT), "district", "dist");
        learn(EnumSet.of(UnitType.TOWN), "thị xã", "tx");
        learn(EnumSet.of(UnitType.TOWN, UnitType.TOWNSHIP), "town");
        learn(EnumSet.of(UnitType.MUNICIPALITY, UnitType.PROVINCIAL_CITY), "thành phố", "tp", "city");
        learn(EnumSet.of(UnitType.MUNICIPALITY), "thủ đô");
        learn(EnumSet.of(UnitType.PROVINCE), "tỉnh", "t", "province", "prov");
    }

    /** The marker that begins at a token; null if none does. */
    static @Nullable Marker at(List<Token> tokens, int at) {
        Token first = tokens.get(at);
        if (at + 1 < tokens.size() && tokens.get(at + 1).gap().isWithinNames()) {
            Token second = tokens.get(at + 1);
            Marker two = TWO_WORDS.get(first.plain() + " " + second.plain());
            if (two != null && two.isMeantBy(second)) {
                return two;
            }
        }
        Marker one = ONE_WORD.get(first.plain());
        return one != null && one.isMeantBy(first) ? one : null;
    }

    /** Whether the word can be said of a unit of the level. */
    boolean fits(Level level) {
        return levels.contains(level);
    }

    /** «Quân» is not «quận»: a word with marks must bear the same tone. */
    private boolean isMeantBy(Token written) {
        return !written.accented() || toneOf(written) == toneOf(tail);
    }

    private static char toneOf(Token token) {
        char last = token.marked().charAt(token.marked().length() - 1);
        return last >= '0' && last <= '9' ? last : '0';
    }

    private static void learn(Set<UnitType> types, String... words) {
        Set<Level> levels = EnumSet.noneOf(Level.class);
        types.forEach(type -> levels.add(levelOf(type)));
        for (String word : words) {
            List<Token> tokens = Spelling.tokens(word);
            Token tail = tokens.get(tokens.size() - 1);
            boolean weak = tail.plain().length() <= 2 && !tail.accented();
            boolean foreign = !weak && !tail.accented() && tokens.size() == 1;
            Marker marker = new Marker(types, levels, tokens.size(), foreign, weak, tail);
            if (tokens.size() == 1) {
                ONE_WORD.put(tail.plain(), marker);
            } else {
                TWO_WORDS.put(tokens.get(0).plain() + " " + tail.plain(), marker);
            }
        }
    }

    private static Level levelOf(UnitType type) {
        return switch (type) {
            case MUNICIPALITY, PROVINCE -> Level.PROVINCE;
            case URBAN_DISTRICT, RURAL_DISTRICT, TOWN, PROVINCIAL_CITY -> Level.DISTRICT;
            case WARD, RURAL_COMMUNE, TOWNSHIP, SPECIAL_ZONE -> Level.COMMUNE;
        };
    }
}
