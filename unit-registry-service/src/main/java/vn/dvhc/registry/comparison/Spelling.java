package vn.dvhc.registry.comparison;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** What makes two spellings of a Vietnamese name the same name. */
final class Spelling {

    /** Grave, acute, tilde, hook above and dot below: the five tone marks. */
    private static final Pattern TONE = Pattern.compile("[\\u0300\\u0301\\u0303\\u0309\\u0323]");

    private static final Pattern BLANKS = Pattern.compile("[\\p{Z}\\s]+");
    private static final Pattern INVISIBLE = Pattern.compile("\\p{C}");
    private static final Pattern APOSTROPHES = Pattern.compile("[\\u2018\\u2019\\u02BC`´]");
    private static final Pattern DASHES = Pattern.compile("\\s*\\p{Pd}\\s*");

    private Spelling() {}

    /** NFC, single blanks inside, none around, nothing invisible: the form in which the register keeps names. */
    static String tidy(String name) {
        String visible = INVISIBLE.matcher(BLANKS.matcher(name).replaceAll(" ")).replaceAll("");
        return Normalizer.normalize(visible, Normalizer.Form.NFC).strip();
    }

    /**
     * Equal for spellings that differ in case, blanks, dashes, apostrophes, Unicode form or in the vowel of a word that
     * carries the tone mark (hoà, hòa), and for no others.
     */
    static String key(String name) {
        String plain =
                DASHES.matcher(APOSTROPHES.matcher(tidy(name)).replaceAll("'")).replaceAll("-");
        StringBuilder key = new StringBuilder();
        for (String word : plain.toLowerCase(Locale.ROOT).split(" ", -1)) {
            String decomposed = Normalizer.normalize(word, Normalizer.Form.NFD);
            StringBuilder tones = new StringBuilder();
            TONE.matcher(decomposed).results().forEach(tone -> tones.append(tone.group()));
            key.append(TONE.matcher(decomposed).replaceAll("")).append(tones).append(' ');
        }
        return key.toString();
    }
}
