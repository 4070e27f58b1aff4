package vn.dvhc.history.api;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads lines as they arrive, each up to a bound, so that no caller can fill the memory with one line. UTF-8. */
final class LineReader {

    private static final int BYTE_ORDER_MARK = 0xFEFF;

    private final Reader reader;
    private final int longest;
    private final StringBuilder line = new StringBuilder();
    private boolean first = true;

    LineReader(InputStream stream, int longest) {
        this.reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8), 1 << 15);
        this.longest = longest;
    }

    /**
     * A line without its end.
     *
     * @param text the beginning of it, if it was too long
     */
    record Line(String text, boolean tooLong) {}

    /** The next line; null at the end. A line feed within quotes parts lines all the same. */
    @Nullable
    Line next() throws IOException {
        return next(false);
    }

    /** The next record of a CSV file: line feeds within double quotes belong to it. */
    @Nullable
    Line nextRecord() throws IOException {
        return next(true);
    }

    private @Nullable Line next(boolean quoting) throws IOException {
        line.setLength(0);
        boolean quoted = false;
        boolean tooLong = false;
        int sign = read();
        if (sign < 0) {
            return null;
        }
        while (sign >= 0 && (sign != '\n' || quoted)) {
            if (quoting && sign == '"') {
                quoted = !quoted;
            }
            if (line.length() < longest) {
                line.append((char) sign);
            } else {
                tooLong = true;
                quoted = false;
            }
            sign = read();
        }
        int length = line.length();
        if (length > 0 && line.charAt(length - 1) == '\r') {
            line.setLength(length - 1);
        }
        return new Line(line.toString(), tooLong);
    }

    private int read() throws IOException {
        int sign = reader.read();
        if (first) {
            first = false;
            return sign == BYTE_ORDER_MARK ? reader.read() : sign;
        }
        return sign;
    }
}
