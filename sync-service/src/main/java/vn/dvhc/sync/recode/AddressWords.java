package vn.dvhc.sync.recode;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import vn.dvhc.unit.UnitType;

/**
 * Takes an address apart where its writer did, and before the words for kinds of units: «Số 5 đường Lê Lợi, P.Tân An» is «số 5
 * đường lê lợi» and «p tân an». Parts are compared whole, so that no name is found within a longer one.
 */
final class AddressWords {

    private static final Pattern BETWEEN = Pattern.compile("[,;:()|\\r\\n\\t]|\\s[-–—]\\s");

    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}/'-]+");

    private static final Pattern MARK = Pattern.compile("\\p{M}+");

    private static final Pattern BEFORE_A_KIND =
            Pattern.compile(" (?=(?:phường|thị trấn|đặc khu|huyện|quận|thị xã|thành phố|tỉnh) )|(?<!thị) (?=xã )");

    /** The tone on either vowel is the same word. */
    private static final String OLD_TONES = "òaóaỏaõaọaòeóeỏeõeọeùyúyủyũyụy";

    private static final String NEW_TONES = "oàoáoảoãoạoèoéoẻoẽoẹuỳuýuỷuỹuỵ";

    private static final Map<UnitType, List<String>> KINDS = Map.of(
            UnitType.RURAL_COMMUNE, List.of("xã", "x"),
            UnitType.WARD, List.of("phường", "p", "f"),
            UnitType.TOWNSHIP, List.of("thị trấn", "tt"),
            UnitType.SPECIAL_ZONE, List.of("đặc khu", "đk"));

    private AddressWords() {}

    /** The parts of a text, folded but for the marks. */
    static List<String> parts(String text) {
        return Arrays.stream(BETWEEN.split(text.strip()))
                .map(AddressWords::folded)
                .flatMap(part -> Arrays.stream(BEFORE_A_KIND.split(part)))
                .filter(part -> !part.isEmpty())
                .toList();
    }

    /** One case, one space, one way to set tones, no signs. */
    static String folded(String text) {
        String composed = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        String folded = NO_WORD.matcher(composed).replaceAll(" ").strip();
        for (int i = 0; i < OLD_TONES.length(); i += 2) {
            folded = folded.replace(OLD_TONES.substring(i, i + 2), NEW_TONES.substring(i, i + 2));
        }
        return folded;
    }

    /** Without marks, as people without a Vietnamese keyboard write. */
    static String plain(String folded) {
        return MARK.matcher(Normalizer.normalize(folded, Normalizer.Form.NFD))
                .replaceAll("")
                .replace('đ', 'd');
    }

    /** The full name of a commune as it may be written, folded. */
    static List<String> fullNames(UnitType type, String name) {
        String folded = folded(name);
        return KINDS.getOrDefault(type, List.of(type.title().toLowerCase(Locale.ROOT))).stream()
                .map(kind -> kind + " " + folded)
                .toList();
    }

    /** Whether a part is the locality, or ends with it after a house number; a locality of one word must be all of it. */
    static boolean isAt(String part, String locality) {
        return part.equals(locality) || (locality.indexOf(' ') > 0 && part.endsWith(" " + locality));
    }
}
