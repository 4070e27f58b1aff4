package vn.dvhc.benchmark;

import java.nio.ByteBuffer;

/** The head of an HTTP message, as it comes in. */
public final class HttpHead {

    private HttpHead() {}

    /** How many of the bytes before the buffer's position it takes, with the empty line behind it; -1 if its end is not there yet. */
    public static int length(ByteBuffer in) {
        byte[] bytes = in.array();
        for (int i = 3; i < in.position(); i++) {
            if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n') {
                return i + 1;
            }
        }
        return -1;
    }
}
