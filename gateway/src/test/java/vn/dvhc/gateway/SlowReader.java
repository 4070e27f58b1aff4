package vn.dvhc.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** Reads the long answer of {@link Upstream} through the door. */
final class SlowReader {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int SMALL_BUFFER = 8 * 1024;

    private SlowReader() {}

    /** Reads to its end, with a pause after each piece until there is a hurry, and tells how much there was. */
    static long read(int port, Duration pause, AtomicBoolean hurry) throws IOException {
        long all = 0;
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(SMALL_BUFFER);
            socket.setSoTimeout((int) LIMIT.toMillis());
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.getOutputStream()
                    .write("GET /v1/snapshot/long HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            byte[] piece = new byte[SMALL_BUFFER];
            int read = in.read(piece);
            while (read >= 0) {
                all += read;
                if (!hurry.get()) {
                    LockSupport.parkNanos(pause.toNanos());
                }
                read = in.read(piece);
            }
        } catch (SocketException cutOff) {
            return all;
        }
        return all;
    }
}
