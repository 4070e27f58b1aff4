package vn.dvhc.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Stands between the service and PostgreSQL and can cut a connection at the worst moment: the server has committed, and its
 * answer never arrives.
 */
final class AnswerLosingProxy implements AutoCloseable {

    private final ServerSocket listening;
    private final int target;
    private final AtomicBoolean armed = new AtomicBoolean();
    private final AtomicBoolean lost = new AtomicBoolean();

    AnswerLosingProxy(int target) {
        this.target = target;
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Loses the answer to the next COMMIT. */
    void arm() {
        armed.set(true);
    }

    boolean hasLostAnswer() {
        return lost.get();
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Link link = new Link(listening.accept(), new Socket(InetAddress.getLoopbackAddress(), target));
                start(link::forwardRequests);
                start(link::forwardAnswers);
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private final class Link {

        private final Socket client;
        private final Socket server;
        private volatile boolean cutting;

        private Link(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        private void forwardRequests() {
            pump(client, server, (bytes, length) -> {
                String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
                if (text.contains("COMMIT") && armed.compareAndSet(true, false)) {
                    cutting = true;
                }
                return true;
            });
        }

        private void forwardAnswers() {
            pump(server, client, (bytes, length) -> {
                if (cutting) {
                    lost.set(true);
                }
                return !cutting;
            });
        }

        private void pump(Socket from, Socket to, Gate gate) {
            try (from;
                    to) {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                byte[] buffer = new byte[64 * 1024];
                int length = in.read(buffer);
                while (length >= 0 && gate.lets(buffer, length)) {
                    out.write(buffer, 0, length);
                    length = in.read(buffer);
                }
            } catch (IOException closed) {
                // Either side may end a connection at any time.
            }
        }
    }

    private interface Gate {
        boolean lets(byte[] bytes, int length);
    }
}
