package vn.dvhc.decision;

import java.util.HashMap;
import java.util.Map;

/** Which part of a unit an act passes on, in the act's words. */
public enum Portion {
    WHOLE("toàn bộ"),
    PART("một phần"),
    PART_OF_AREA("một phần diện tích"),
    PART_OF_AREA_ALL_PEOPLE("một phần diện tích, toàn bộ dân số"),
    PART_OF_PEOPLE("một phần dân số"),
    REST("phần còn lại"),
    /** The catalogue does not say (most links before 2025). */
    UNSTATED("");

    private static final Map<String, Portion> BY_WORDS = new HashMap<>();

    static {
        for (Portion portion : values()) {
            BY_WORDS.put(portion.words, portion);
        }
    }

    private final String words;

    Portion(String words) {
        this.words = words;
    }

    /** The act's words in Vietnamese; empty if unstated. */
    public String words() {
        return words;
    }

    /** @throws IllegalArgumentException if no act uses these words */
    public static Portion ofWords(String words) {
        Portion portion = BY_WORDS.get(words);
        if (portion == null) {
            throw new IllegalArgumentException("Unknown portion: " + words);
        }
        return portion;
    }
}
