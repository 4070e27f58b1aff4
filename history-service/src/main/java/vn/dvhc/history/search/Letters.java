package vn.dvhc.history.search;

import java.text.Normalizer;

/** What is left of a letter without its marks: the plain letter, the letter with its quality (ă â ê ô ơ ư đ), the tone. */
final class Letters {

    /** Beyond the last Vietnamese letter, ỹ (U+1EF9). */
    private static final int SIZE = 0x1F00;

    private static final String TONES = "\u0300\u0301\u0309\u0303\u0323";
    private static final String QUALITIES = "\u0302\u0306\u031B";

    private static final char[] PLAIN = new char[SIZE];
    private static final char[] QUALITY = new char[SIZE];
    private static final byte[] TONE = new byte[SIZE];

    static {
        for (char letter = 0; letter < SIZE; letter++) {
            learn(letter);
        }
        // Typed on old keyboards in place of Đ and đ: eth and the African D.
        for (char barred : new char[] {'\u0110', '\u0111', '\u00D0', '\u00F0', '\u0189', '\u0256'}) {
            PLAIN[barred] = 'd';
            QUALITY[barred] = 'đ';
        }
    }

    private Letters() {}

    /** The small letter a to z or digit without any mark; 0 if the sign is neither. */
    static char plain(char sign) {
        return sign < SIZE ? PLAIN[sign] : 0;
    }

    /** The small letter with its quality but without its tone. */
    static char quality(char sign) {
        return sign < SIZE ? QUALITY[sign] : 0;
    }

    /** 0 for the level tone, 1 to 5 for the others. */
    static int tone(char sign) {
        return sign < SIZE ? TONE[sign] : 0;
    }

    private static void learn(char letter) {
        String parts = Normalizer.normalize(String.valueOf(Character.toLowerCase(letter)), Normalizer.Form.NFD);
        char base = parts.charAt(0);
        if (!(base >= 'a' && base <= 'z') && !(base >= '0' && base <= '9')) {
            return;
        }
        StringBuilder quality = new StringBuilder().append(base);
        for (int i = 1; i < parts.length(); i++) {
            char mark = parts.charAt(i);
            if (TONES.indexOf(mark) >= 0) {
                TONE[letter] = (byte) (TONES.indexOf(mark) + 1);
            } else if (QUALITIES.indexOf(mark) >= 0) {
                quality.append(mark);
            }
        }
        PLAIN[letter] = base;
        QUALITY[letter] = Normalizer.normalize(quality, Normalizer.Form.NFC).charAt(0);
    }
}
