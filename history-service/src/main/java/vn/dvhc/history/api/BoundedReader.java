package vn.dvhc.history.api;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/**
 * Refuses a record without end. The CSV parser holds a record whole and knows no limit but of rows: one quotation mark that is
 * not closed would make it hold the rest of the file.
 */
final class BoundedReader extends FilterReader {

    private final int longest;
    private int left;

    BoundedReader(Reader reader, int longest) {
        super(reader);
        this.longest = longest;
        this.left = longest;
    }

    /** A record was longer than may be. */
    static final class RecordTooLongException extends IOException {

        RecordTooLongException(int longest) {
            super("A record is longer than " + longest + " characters");
        }
    }

    /** A record has ended; what the parser has read ahead does not count for the next. */
    void recordEnded() {
        left = longest;
    }

    @Override
    public int read() throws IOException {
        char[] one = new char[1];
        return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(char[] chars, int offset, int length) throws IOException {
        if (left == 0) {
            throw new RecordTooLongException(longest);
        }
        int count = super.read(chars, offset, Math.min(length, left));
        left -= Math.max(0, count);
        return count;
    }
}
