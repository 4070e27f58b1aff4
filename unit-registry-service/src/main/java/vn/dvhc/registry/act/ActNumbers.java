package vn.dvhc.registry.act;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an act's number itself says, by the rules for symbols of legal documents. */
public final class ActNumbers {

    private static final Pattern YEAR = Pattern.compile("[^/]+/((?:19|20)\\d{2})/.+");

    /** How the catalogue tells numbers apart that come again every year. */
    private static final Pattern STATED_YEAR = Pattern.compile("(.+) \\(((?:19|20)\\d{2})\\)");

    /** Symbols of bodies of which there is one; a council or committee may be any province's, so it is none of these. */
    private static final Map<Pattern, String> ISSUERS = Map.of(
            Pattern.compile("QH\\d+"), "Quốc hội",
            Pattern.compile("(?:.+-)?UBTVQH\\d*"), "Ủy ban Thường vụ Quốc hội",
            Pattern.compile(".+-CP"), "Chính phủ",
            Pattern.compile(".+-TTg"), "Thủ tướng Chính phủ",
            Pattern.compile(".+-CTN"), "Chủ tịch nước");

    private ActNumbers() {}

    /** The number itself of a reference like {@code 101/NQ-CP (2011)}. */
    public static String number(String reference) {
        Matcher matcher = STATED_YEAR.matcher(reference);
        return matcher.matches() ? matcher.group(1) : reference;
    }

    /** The year that a reference states besides the number. */
    public static Optional<Integer> statedYear(String reference) {
        Matcher matcher = STATED_YEAR.matcher(reference);
        return matcher.matches() ? Optional.of(Integer.valueOf(matcher.group(2))) : Optional.empty();
    }

    /** Who must have issued an act of this number; empty where several could have. */
    public static Optional<String> issuer(String number) {
        String symbol = number.substring(number.lastIndexOf('/') + 1);
        return ISSUERS.entrySet().stream()
                .filter(known -> known.getKey().matcher(symbol).matches())
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** The year of signing where the number bears it, like 2025 in {@code 202/2025/QH15}. */
    public static Optional<Integer> year(String number) {
        Matcher matcher = YEAR.matcher(number);
        return matcher.matches() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
    }
}
