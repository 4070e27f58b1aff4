package vn.dvhc.history.api;

import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/** Reads lines, each up to a bound, so that no caller can fill the memory with one line. */
final class LineReader {

    private final Reader reader;
    private final int longest;
    private final StringBuilder line = new StringBuilder();

    LineReader(Reader reader, int longest) {
        this.reader = reader;
        this.longest = longest;
    }

    /**
     * A line without its end.
     *
     * @param text the beginning of it, if it was too long
     */
    record Line(String text, boolean tooLong) {}

    /** The next line; null at the end. */
    @Nullable
    Line next() throws IOException {
        line.setLength(0);
        boolean tooLong = false;
        int sign = reader.read();
        if (sign < 0) {
            return null;
        }
        while (sign >= 0 && sign != '\n') {
            if (line.length() < longest) {
                line.append((char) sign);
            } else {
                tooLong = true;
            }
            sign = reader.read();
        }
        int length = line.length();
        if (length > 0 && line.charAt(length - 1) == '\r') {
            line.setLength(length - 1);
        }
        return new Line(line.toString(), tooLong);
    }
}
