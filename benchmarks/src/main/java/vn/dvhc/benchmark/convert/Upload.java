package vn.dvhc.benchmark.convert;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/**
 * Sends a body and reads the answer meanwhile, which the JDK's client does not: it would wait for the service to take the rest
 * while the service waits for it to read.
 */
final class Upload {

    private final int port;

    Upload(int port) {
        this.port = port;
    }

    /**
     * Lines of the answer, without the framing.
     *
     * @throws IllegalStateException if it is not 200 or ends before its end
     */
    long lines(String path, String type, byte[] body) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String head = "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Type: " + type
                    + "\r\nContent-Length: " + body.length + "\r\n\r\n";
            OutputStream out = socket.getOutputStream();
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> send(out, head, body));
            long lines = readLines(new BufferedInputStream(socket.getInputStream(), 1 << 16));
            sending.join();
            return lines;
        }
    }

    private static void send(OutputStream out, String head, byte[] body) {
        try {
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            out.write(body);
            out.flush();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static long readLines(InputStream in) throws IOException {
        String status = line(in);
        if (!status.startsWith("HTTP/1.1 200")) {
            throw new IllegalStateException("The conversion was answered " + status);
        }
        boolean chunked = false;
        long length = -1;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            String lower = header.toLowerCase(java.util.Locale.ROOT);
            chunked |= lower.equals("transfer-encoding: chunked");
            if (lower.startsWith("content-length:")) {
                length = Long.parseLong(
                        lower.substring("content-length:".length()).strip());
            }
        }
        if (!chunked) {
            return count(in, length);
        }
        long lines = 0;
        for (int size = size(in); size > 0; size = size(in)) {
            lines += count(in, size);
            line(in);
        }
        return lines;
    }

    private static int size(InputStream in) throws IOException {
        return Integer.parseInt(line(in), 16);
    }

    private static long count(InputStream in, long length) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long lines = 0;
        long left = length;
        while (left > 0) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new EOFException("The answer ended too early");
            }
            for (int i = 0; i < read; i++) {
                lines += buffer[i] == '\n' ? 1 : 0;
            }
            left -= read;
        }
        return lines;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int sign = in.read(); sign != '\n'; sign = in.read()) {
            if (sign < 0) {
                throw new EOFException("The answer ended too early");
            }
            if (sign != '\r') {
                line.append((char) sign);
            }
        }
        return line.toString();
    }
}
