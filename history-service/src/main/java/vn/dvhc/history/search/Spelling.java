package vn.dvhc.history.search;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Folds what people write into tokens, so that spellings which mean the same are equal: with or without marks, composed or
 * not, the tone on either vowel, y for i, k for c, Roman for Arabic numerals, leading zeros, abbreviations with stops.
 */
final class Spelling {

    /** Abbreviations that are glued to the name after them: «TPĐà Nẵng», «QBình Thạnh». */
    private static final Set<String> GLUED = Set.of("tp", "tx", "tt", "q", "p", "f", "h", "x");

    /** Abbreviations that are written with stops between their letters. */
    private static final List<String> STOPPED =
            List.of("tp", "tx", "tt", "dk", "nt", "kp", "hcm", "tphcm", "hn", "sg", "tth", "brvt");

    private static final int LARGEST_ROMAN = 39;

    private final String text;
    private final List<Token> tokens = new ArrayList<>(16);
    private final StringBuilder plain = new StringBuilder(12);
    private final StringBuilder quality = new StringBuilder(12);
    private Token.Gap gap = Token.Gap.NONE;
    private int tone;
    private boolean accented;
    private int begin;

    private Spelling(String text) {
        this.text = text;
    }

    /** The tokens of a text in order; empty if it holds no letter and no digit. */
    static List<Token> tokens(String text) {
        Spelling spelling = new Spelling(composed(text));
        spelling.scan();
        return spelling.tokens;
    }

    /** All tokens written together: the form under which names are found. */
    static String key(List<Token> tokens) {
        StringBuilder key = new StringBuilder();
        tokens.forEach(token -> key.append(token.plain()));
        return key.toString();
    }

    private static String composed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char sign = text.charAt(i);
            if ((sign >= '\u0300' && sign <= '\u036F') || sign >= '\uFF00') {
                return Normalizer.normalize(text, Normalizer.Form.NFKC);
            }
        }
        return text;
    }

    private void scan() {
        for (int i = 0; i < text.length(); i++) {
            char sign = text.charAt(i);
            char letter = Letters.plain(sign);
            if (letter != 0) {
                if (beginsAnother(i, letter)) {
                    close(i);
                }
                if (plain.length() == 0) {
                    begin = i;
                }
                take(sign, letter);
            } else if (isFraction(i, sign)) {
                plain.append('/');
                quality.append('/');
            } else if (!isWithinWord(i, sign)) {
                close(i);
                part(i, sign);
            }
        }
        close(text.length());
    }

    private void take(char sign, char letter) {
        plain.append(letter);
        quality.append(Letters.quality(sign));
        tone = Math.max(tone, Letters.tone(sign));
        accented |= Letters.tone(sign) > 0 || Letters.quality(sign) != letter;
    }

    /** A number after letters, letters after a number («12A» is one), a name after a glued abbreviation. */
    private boolean beginsAnother(int i, char letter) {
        int length = plain.length();
        if (length == 0) {
            return false;
        }
        boolean digit = isDigit(letter);
        boolean afterDigit = plain.charAt(length - 1) < 'a';
        if (digit != afterDigit) {
            return digit || (i + 1 < text.length() && isLetter(text.charAt(i + 1)));
        }
        return !digit
                && length <= 2
                && Character.isUpperCase(text.charAt(i))
                && Character.isUpperCase(text.charAt(i - 1))
                && i + 1 < text.length()
                && Character.isLowerCase(text.charAt(i + 1))
                && GLUED.contains(plain.toString());
    }

    private boolean isFraction(int i, char sign) {
        return sign == '/'
                && plain.length() > 0
                && isDigit(plain.charAt(plain.length() - 1))
                && i + 1 < text.length()
                && isDigit(text.charAt(i + 1));
    }

    /** The apostrophe of «Ea H'leo». */
    private boolean isWithinWord(int i, char sign) {
        return "'’‘`´ʼ".indexOf(sign) >= 0 && plain.length() > 0 && i + 1 < text.length();
    }

    private void part(int i, char sign) {
        Token.Gap found = switch (sign) {
            case '.' -> i + 1 < text.length() && text.charAt(i + 1) > ' ' ? Token.Gap.DOT : Token.Gap.STOP;
            case '-', '\u2010', '\u2011', '\u2012', '\u2013', '\u2014' -> Token.Gap.DASH;
            case ',', ';', '\n', '\r', '\t', '|', '(', ')', '/', '\\', ':', '\u2028' -> Token.Gap.COMMA;
            default -> Token.Gap.SPACE;
        };
        if (found.compareTo(gap) > 0) {
            gap = found;
        }
    }

    private void close(int end) {
        if (plain.length() == 0) {
            return;
        }
        respell();
        String word = plain.toString();
        boolean number = isDigit(word.charAt(0));
        if (number) {
            word = withoutZeros(word);
        }
        String marked = number
                ? word
                : tone == 0 ? quality.toString() : quality.append(tone).toString();
        Token last = tokens.isEmpty() ? null : tokens.get(tokens.size() - 1);
        if (last != null && isAbbreviation(last, word, number)) {
            String joined = last.plain() + word;
            String written = last.written() + "." + text.substring(begin, end);
            tokens.set(tokens.size() - 1, new Token(joined, joined, false, false, null, written, last.gap()));
        } else {
            String written = text.substring(begin, end);
            tokens.add(new Token(word, marked, accented, number, number ? null : arabic(word), written, gap));
        }
        plain.setLength(0);
        quality.setLength(0);
        gap = Token.Gap.NONE;
        tone = 0;
        accented = false;
    }

    /** «T.P», «H.C.M», but not «X.A Lù». */
    private boolean isAbbreviation(Token last, String word, boolean number) {
        if (gap != Token.Gap.DOT
                || number
                || word.length() != 1
                || last.number()
                || last.plain().length() > 4) {
            return false;
        }
        String joined = last.plain() + word;
        return STOPPED.stream().anyMatch(known -> known.startsWith(joined));
    }

    /** y alone after consonants or «qu» sounds as i; k before a, o, u and at the end as c. */
    private void respell() {
        int last = plain.length() - 1;
        if (plain.charAt(last) == 'y'
                && (last == 0
                        || !isVowel(plain.charAt(last - 1))
                        || (last == 2 && plain.charAt(0) == 'q' && plain.charAt(1) == 'u'))) {
            replace(last, 'i');
        }
        for (int i = 0; i <= last; i++) {
            if (plain.charAt(i) == 'k' && (i == last || "aou".indexOf(plain.charAt(i + 1)) >= 0)) {
                replace(i, 'c');
            }
        }
    }

    private void replace(int at, char letter) {
        plain.setCharAt(at, letter);
        quality.setCharAt(at, letter);
    }

    private static String withoutZeros(String number) {
        int from = 0;
        while (from + 1 < number.length() && number.charAt(from) == '0' && isDigit(number.charAt(from + 1))) {
            from++;
        }
        return number.substring(from);
    }

    private static @Nullable String arabic(String word) {
        int value = 0;
        int before = Integer.MAX_VALUE;
        for (int i = 0; i < word.length(); i++) {
            int digit = roman(word.charAt(i));
            if (digit == 0) {
                return null;
            }
            value += digit > before ? digit - 2 * before : digit;
            before = digit;
        }
        return value <= LARGEST_ROMAN ? Integer.toString(value) : null;
    }

    private static int roman(char letter) {
        return switch (letter) {
            case 'i' -> 1;
            case 'v' -> 5;
            case 'x' -> 10;
            default -> 0;
        };
    }

    private static boolean isVowel(char letter) {
        return "aeiouy".indexOf(letter) >= 0;
    }

    private static boolean isDigit(char sign) {
        return sign >= '0' && sign <= '9';
    }

    private static boolean isLetter(char sign) {
        char plain = Letters.plain(sign);
        return plain >= 'a';
    }
}
