package vn.dvhc.history.api;

import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.Flushable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** A caller's UTF-8 text as it arrives. Before it waits for more of it, what has been answered is sent. */
final class ArrivingText extends BufferedReader {

    private static final char BYTE_ORDER_MARK = 0xFEFF;
    private static final int BUFFER = 1 << 15;

    private final Arriving arriving;
    private final boolean marked;

    ArrivingText(InputStream body) throws IOException {
        this(new Arriving(body));
    }

    private ArrivingText(Arriving arriving) throws IOException {
        super(new InputStreamReader(arriving, StandardCharsets.UTF_8), BUFFER);
        this.arriving = arriving;
        mark(1);
        marked = read() == BYTE_ORDER_MARK;
        if (!marked) {
            reset();
        }
    }

    /** A byte order mark if there was one, else nothing: spreadsheets take a file without one for another encoding. */
    String byteOrderMark() {
        return marked ? String.valueOf(BYTE_ORDER_MARK) : "";
    }

    void sendBeforeWaiting(Flushable answers) {
        arriving.answers = answers;
    }

    private static final class Arriving extends FilterInputStream {

        private Flushable answers = () -> {};

        Arriving(InputStream body) {
            super(body);
        }

        @Override
        public int read() throws IOException {
            answers.flush();
            return super.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            answers.flush();
            return super.read(bytes, offset, length);
        }

        /** The server counts what it still expects as available, and who believes it waits although something is there. */
        @Override
        public int available() {
            return 0;
        }
    }
}
