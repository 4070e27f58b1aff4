package vn.dvhc.benchmark.lookups;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Many connections from one thread, each with one request on its way. It reads only what it must of an answer: the status, the
 * length and that the body has come.
 */
final class Load {

    private static final int BUFFER = 256 * 1024;
    private static final byte[] LAST_CHUNK = "\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_MICROS = 2_000_000;

    private final InetSocketAddress address;
    private final List<byte[]> requests;
    private final int connections;
    private int next;

    /**
     * @param paths asked for in turn, over and over
     * @param connections kept open, each with one request on its way
     */
    Load(int port, List<String> paths, int connections) {
        this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        this.requests = paths.stream()
                .map(path ->
                        ("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").getBytes(StandardCharsets.US_ASCII))
                .toList();
        this.connections = connections;
    }

    /**
     * What came of it.
     *
     * @param perSecond answers a second
     * @param p50 half of the answers took no longer, in microseconds
     * @param p99 99 of 100 answers took no longer, in microseconds
     */
    record Outcome(double perSecond, double p50, double p99) {}

    /** @throws IllegalStateException if an answer is not 200 */
    Outcome run(Duration time) throws IOException {
        int[] micros = new int[LONGEST_MICROS + 1];
        List<Connection> open = new ArrayList<>();
        long count = 0;
        long begun = System.nanoTime();
        long end = begun + time.toNanos();
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < connections; i++) {
                Connection connection = new Connection(selector);
                open.add(connection);
                connection.ask();
            }
            while (System.nanoTime() - end < 0) {
                selector.select(100);
                for (SelectionKey key : selector.selectedKeys()) {
                    Connection connection = (Connection) key.attachment();
                    if (connection.isAnswered()) {
                        long took = (System.nanoTime() - connection.asked) / 1000;
                        micros[(int) Math.min(took, LONGEST_MICROS)]++;
                        count++;
                        connection.ask();
                    }
                }
                selector.selectedKeys().clear();
            }
        } finally {
            for (Connection connection : open) {
                connection.channel.close();
            }
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        return new Outcome(count / seconds, percentile(micros, count, 0.50), percentile(micros, count, 0.99));
    }

    private static double percentile(int[] micros, long count, double share) {
        long wanted = (long) Math.ceil(count * share);
        long seen = 0;
        for (int i = 0; i < micros.length; i++) {
            seen += micros[i];
            if (seen >= wanted) {
                return i;
            }
        }
        return micros.length;
    }

    private final class Connection {

        private final SocketChannel channel;
        private final ByteBuffer in = ByteBuffer.allocate(BUFFER);
        private long asked;

        Connection(Selector selector) throws IOException {
            channel = SocketChannel.open(address);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, this);
        }

        /** A request is shorter than any socket's buffer: it goes out at once. */
        void ask() throws IOException {
            byte[] request = requests.get(next);
            next = next + 1 == requests.size() ? 0 : next + 1;
            in.clear();
            asked = System.nanoTime();
            if (channel.write(ByteBuffer.wrap(request)) < request.length) {
                throw new IOException("The socket's buffer is full");
            }
        }

        boolean isAnswered() throws IOException {
            if (channel.read(in) < 0) {
                throw new EOFException("The server closed the connection");
            }
            int head = headLength();
            if (head < 0) {
                return false;
            }
            if (in.get(9) != '2' || in.get(10) != '0' || in.get(11) != '0') {
                throw new IllegalStateException("Not 200: " + new String(in.array(), 0, head, StandardCharsets.UTF_8));
            }
            int length = contentLength(head);
            return length < 0 ? endsWithTheLastChunk() : in.position() >= head + length;
        }

        private int headLength() {
            byte[] bytes = in.array();
            for (int i = 3; i < in.position(); i++) {
                if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n') {
                    return i + 1;
                }
            }
            return -1;
        }

        private boolean endsWithTheLastChunk() {
            int end = in.position();
            return Arrays.equals(in.array(), end - LAST_CHUNK.length, end, LAST_CHUNK, 0, LAST_CHUNK.length);
        }

        /** Negative if it comes in chunks. */
        private int contentLength(int head) {
            byte[] bytes = in.array();
            int i = 0;
            while (i < head - 16) {
                boolean length = bytes[i] == '\n'
                        && (bytes[i + 1] | 0x20) == 'c'
                        && bytes[i + 8] == '-'
                        && (bytes[i + 9] | 0x20) == 'l'
                        && (bytes[i + 14] | 0x20) == 'h'
                        && bytes[i + 15] == ':';
                if (length) {
                    int value = 0;
                    for (int at = i + 16; bytes[at] != '\r'; at++) {
                        value = bytes[at] == ' ' ? value : value * 10 + bytes[at] - '0';
                    }
                    return value;
                }
                i++;
            }
            return -1;
        }
    }
}
