package vn.dvhc.benchmark.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import vn.dvhc.benchmark.HttpHead;

/** Where the subscribers take their webhooks: one thread for all, and a port for each, as each would have an address of their own. */
final class Receivers implements AutoCloseable {

    private static final long SLOW_NANOS = Duration.ofSeconds(2).toNanos();
    private static final byte[] TAKEN = "HTTP/1.1 204 No Content\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int BUFFER = 16 * 1024;
    private static final int BACKLOG = 64;

    private final ReformLog log;
    private final Selector selector;
    private final List<Subscriber> subscribers = new ArrayList<>();
    private final Deque<Late> late = new ArrayDeque<>();
    private final Thread thread = new Thread(this::serve, "receivers");
    private volatile @Nullable Throwable failure;

    private record Late(long due, SocketChannel channel) {}

    Receivers(ReformLog log) throws IOException {
        this.log = log;
        this.selector = Selector.open();
    }

    /** Before {@link #start}. */
    void add(Subscriber.Manner manner) throws IOException {
        if (manner == Subscriber.Manner.AWAY) {
            try (ServerSocket closed = new ServerSocket(0)) {
                subscribers.add(new Subscriber(closed.getLocalPort(), manner, log));
            }
            return;
        }
        ServerSocketChannel server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        server.configureBlocking(false);
        Subscriber subscriber = new Subscriber(server.socket().getLocalPort(), manner, log);
        server.register(selector, SelectionKey.OP_ACCEPT, subscriber);
        subscribers.add(subscriber);
    }

    List<Subscriber> subscribers() {
        return subscribers;
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Ends everything; what was received may be read afterwards. */
    @Override
    public void close() throws IOException {
        List<SelectionKey> keys = List.copyOf(selector.keys());
        selector.close();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        for (SelectionKey key : keys) {
            key.channel().close();
        }
        Throwable broken = failure;
        if (broken != null) {
            throw new IllegalStateException("The receivers broke", broken);
        }
    }

    private void serve() {
        try {
            while (selector.isOpen()) {
                selector.select(millisToTheNext());
                for (SelectionKey key : selector.selectedKeys()) {
                    if (key.isAcceptable()) {
                        accept((ServerSocketChannel) key.channel(), (Subscriber) key.attachment());
                    } else {
                        ((Connection) key.attachment()).read(key);
                    }
                }
                selector.selectedKeys().clear();
                answerTheLate();
            }
        } catch (ClosedSelectorException closed) {
            late.clear();
        } catch (IOException | RuntimeException | Error broken) {
            failure = broken;
        }
    }

    /** 0 waits for whatever comes. */
    private long millisToTheNext() {
        Late next = late.peek();
        return next == null ? 0 : Math.max(1, TimeUnit.NANOSECONDS.toMillis(next.due() - System.nanoTime()));
    }

    private void answerTheLate() throws IOException {
        while (!late.isEmpty() && late.element().due() - System.nanoTime() <= 0) {
            SocketChannel channel = late.remove().channel();
            if (channel.isOpen()) {
                channel.write(ByteBuffer.wrap(TAKEN));
            }
        }
    }

    private void accept(ServerSocketChannel server, Subscriber subscriber) throws IOException {
        SocketChannel channel = server.accept();
        if (channel != null) {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.register(selector, SelectionKey.OP_READ, new Connection(channel, subscriber));
        }
    }

    /** One request at a time, with its length told: so the door sends. */
    private final class Connection {

        private final SocketChannel channel;
        private final Subscriber subscriber;
        private ByteBuffer in = ByteBuffer.allocate(BUFFER);

        Connection(SocketChannel channel, Subscriber subscriber) {
            this.channel = channel;
            this.subscriber = subscriber;
        }

        void read(SelectionKey key) throws IOException {
            try {
                if (channel.read(in) < 0) {
                    channel.close();
                    return;
                }
            } catch (IOException reset) {
                key.cancel();
                channel.close();
                return;
            }
            int head = HttpHead.length(in);
            if (head >= 0) {
                take(head);
            } else if (!in.hasRemaining()) {
                grow();
            }
        }

        private void take(int head) throws IOException {
            String text = new String(in.array(), 0, head, StandardCharsets.US_ASCII);
            int end = head + Integer.parseInt(header(text, "content-length"));
            if (in.position() < end) {
                if (!in.hasRemaining()) {
                    grow();
                }
                return;
            }
            byte[] body = Arrays.copyOfRange(in.array(), head, end);
            in.clear();
            subscriber.take(
                    header(text, "webhook-id"),
                    header(text, "webhook-timestamp"),
                    header(text, "webhook-signature"),
                    body);
            switch (subscriber.manner()) {
                case HEALTHY -> channel.write(ByteBuffer.wrap(TAKEN));
                case SLOW -> late.add(new Late(System.nanoTime() + SLOW_NANOS, channel));
                case SILENT, AWAY -> {}
            }
        }

        private void grow() {
            in = ByteBuffer.allocate(in.capacity() * 2).put(in.flip());
        }

        private String header(String head, String name) {
            int at = head.toLowerCase(Locale.ROOT).indexOf("\r\n" + name + ":");
            if (at < 0) {
                throw new UncheckedIOException(new IOException("A webhook without " + name));
            }
            int from = at + name.length() + 3;
            return head.substring(from, head.indexOf('\r', from)).strip();
        }
    }
}
