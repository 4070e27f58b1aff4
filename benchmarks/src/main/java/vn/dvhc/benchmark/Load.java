package vn.dvhc.benchmark;

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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Many connections from one thread, each with at most one request on its way. It reads only what it must of an answer: the status,
 * the length and that the body has come.
 */
public final class Load {

    private static final int REQUEST = 16 * 1024;
    private static final int BUFFER = 256 * 1024;
    private static final byte[] LAST_CHUNK = "\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_MICROS = 2_000_000;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
    /** How late an answer or a turn may be noticed by who keeps a pace: looking all the time would take a core. */
    private static final long GLANCE_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

    private final InetSocketAddress address;
    private final RequestLines paths;
    private final byte[] headers;
    private final int connections;
    private final ByteBuffer out = ByteBuffer.allocateDirect(REQUEST);

    /** @param connections kept open */
    public Load(int port, RequestLines paths, int connections) {
        this(port, paths, "", connections);
    }

    /** @param headers sent with each request, each ended with a line end */
    public Load(int port, RequestLines paths, String headers, int connections) {
        this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        this.paths = paths;
        this.headers = (headers + "\r\n").getBytes(StandardCharsets.US_ASCII);
        this.connections = connections;
    }

    /**
     * What came of it.
     *
     * @param perSecond answers a second
     * @param p50 half of the answers took no longer, in microseconds
     * @param p99 99 of 100 answers took no longer, in microseconds
     */
    public record Outcome(double perSecond, double p50, double p99) {}

    /**
     * Asks as fast as it is answered: the next question of a connection when the answer to the last has come. What is on its way at the
     * end is waited for: who goes away in the midst of an answer troubles the next contender.
     *
     * @throws IllegalStateException if an answer is not 200, or does not come
     */
    public Outcome run(Duration time) throws IOException {
        Times times = new Times();
        long begun = System.nanoTime();
        long end = begun + time.toNanos();
        try (Opened opened = new Opened()) {
            for (Connection connection : opened.connections) {
                connection.ask(System.nanoTime());
            }
            int waiting = connections;
            while (waiting > 0) {
                opened.selector.select(100);
                long now = System.nanoTime();
                for (SelectionKey key : opened.selector.selectedKeys()) {
                    Connection connection = (Connection) key.attachment();
                    boolean answered = connection.isAnswered();
                    now = System.nanoTime();
                    if (answered && now - end < 0) {
                        times.add(now - connection.asked);
                        connection.ask(now);
                    } else if (answered) {
                        waiting--;
                    }
                }
                opened.selector.selectedKeys().clear();
                if (now - end > PATIENCE_NANOS) {
                    throw new IllegalStateException(waiting + " answers did not come");
                }
            }
        }
        return times.outcome(time.toNanos());
    }

    /**
     * Asks at a steady pace, however long answers take. Each takes from the moment its question was due: one that had to wait for a
     * connection, because those before it were slow, has waited.
     *
     * @throws IllegalStateException if an answer is not 200, or the pace is not kept by far
     */
    public Outcome paced(int perSecond, Duration time) throws IOException {
        Times times = new Times();
        long questions = perSecond * time.toMillis() / 1000;
        try (Opened opened = new Opened()) {
            Deque<Connection> free = new ArrayDeque<>(opened.connections);
            long begun = System.nanoTime();
            long asked = 0;
            while (times.count < questions) {
                long now = System.nanoTime();
                long due = begun + asked * TimeUnit.SECONDS.toNanos(1) / perSecond;
                while (asked < questions && due - now <= 0 && !free.isEmpty()) {
                    free.pop().ask(due);
                    asked++;
                    due = begun + asked * TimeUnit.SECONDS.toNanos(1) / perSecond;
                }
                if (opened.selector.selectNow() == 0) {
                    LockSupport.parkNanos(GLANCE_NANOS);
                }
                for (SelectionKey key : opened.selector.selectedKeys()) {
                    Connection connection = (Connection) key.attachment();
                    if (connection.isAnswered()) {
                        times.add(System.nanoTime() - connection.asked);
                        free.push(connection);
                    }
                }
                opened.selector.selectedKeys().clear();
                if (now - begun > 3 * time.toNanos()) {
                    throw new IllegalStateException(perSecond + " a second are more than are answered");
                }
            }
            return times.outcome(System.nanoTime() - begun);
        }
    }

    /** How long answers took, to the microsecond. */
    private static final class Times {

        private final int[] micros = new int[LONGEST_MICROS + 1];
        private long count;

        void add(long nanos) {
            micros[(int) Math.min(nanos / 1000, LONGEST_MICROS)]++;
            count++;
        }

        Outcome outcome(long nanos) {
            return new Outcome(count / (nanos / 1e9), percentile(0.50), percentile(0.99));
        }

        private double percentile(double share) {
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
    }

    private final class Opened implements AutoCloseable {

        private final Selector selector = Selector.open();
        private final List<Connection> connections = new ArrayList<>();

        Opened() throws IOException {
            for (int i = 0; i < Load.this.connections; i++) {
                connections.add(new Connection(selector));
            }
        }

        @Override
        public void close() throws IOException {
            for (Connection connection : connections) {
                connection.channel.close();
            }
            selector.close();
        }
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
        void ask(long since) throws IOException {
            in.clear();
            asked = since;
            out.clear().put(paths.next()).put(headers).flip();
            channel.write(out);
            if (out.hasRemaining()) {
                throw new IOException("The socket's buffer is full");
            }
        }

        boolean isAnswered() throws IOException {
            if (channel.read(in) < 0) {
                throw new EOFException("The server closed the connection");
            }
            int head = HttpHead.length(in);
            if (head < 0) {
                return false;
            }
            if (in.get(9) != '2' || in.get(10) != '0' || in.get(11) != '0') {
                throw new IllegalStateException("Not 200: " + new String(in.array(), 0, head, StandardCharsets.UTF_8));
            }
            int length = contentLength(head);
            return length < 0 ? endsWithTheLastChunk() : in.position() >= head + length;
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
