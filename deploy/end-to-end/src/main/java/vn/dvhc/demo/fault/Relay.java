package vn.dvhc.demo.fault;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a client and a server on this machine and fails as a network does: refuses, swallows without a word, or is
 * slow.
 *
 * <p>Why no library: of those on Maven Central Toxiproxy's is a client of a server in Go, and NetCrusher (last released in
 * 2018) freezes and thaws a whole proxy, but can't lose its connections at the end of a silence, as a firewall does that was
 * restarted, nor become slow while it runs.
 */
final class Relay implements AutoCloseable {

    private static final int PIECE = 16 * 1024;
    private static final int CONNECT_MILLIS = 5_000;

    private enum Weather {
        FAIR,
        CUT,
        SILENT,
        SLOW
    }

    private final int port;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Object change = new Object();
    private volatile Weather weather = Weather.FAIR;
    private volatile Duration delay = Duration.ZERO;
    private volatile int bytesPerSecond;
    private volatile @Nullable ServerSocket listener;
    private volatile boolean closed;

    private Relay(int port, int target) {
        this.port = port;
        this.target = target;
    }

    /** Listens on 127.0.0.1. */
    static Relay start(int port, int target) {
        Relay relay = new Relay(port, target);
        relay.listen();
        return relay;
    }

    int port() {
        return port;
    }

    /** Ends all connections with a reset and refuses new ones. */
    void cut() {
        become(Weather.CUT);
        closeQuietly(listener);
        resetAll();
    }

    /** Passes nothing on and tells nobody; new connections are taken and hear nothing. */
    void silence() {
        become(Weather.SILENT);
    }

    /** Passes each piece of up to 16 kB on after a while. */
    void slow(Duration pause, int bytes) {
        delay = pause;
        bytesPerSecond = bytes;
        become(Weather.SLOW);
    }

    /** All is well again; what was held back by a silence arrives late. */
    void mend() {
        boolean wasCut = weather == Weather.CUT;
        become(Weather.FAIR);
        if (wasCut) {
            listen();
        }
    }

    /** All is well again, but what stood in between has forgotten its connections: they are reset. */
    void mendForgetting() {
        resetAll();
        mend();
    }

    @Override
    public void close() {
        closed = true;
        closeQuietly(listener);
        resetAll();
        become(Weather.FAIR);
    }

    private void become(Weather next) {
        synchronized (change) {
            weather = next;
            change.notifyAll();
        }
    }

    private void listen() {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            listener = socket;
            daemon("relay-" + port, () -> accept(socket));
        } catch (IOException taken) {
            throw new UncheckedIOException("The relay can't listen on " + port, taken);
        }
    }

    private void accept(ServerSocket socket) {
        while (!closed && !socket.isClosed()) {
            try {
                Socket client = socket.accept();
                sockets.add(client);
                daemon("relay-" + port + "-client", () -> serve(client));
            } catch (IOException ended) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try {
            awaitVoice();
            Socket server = new Socket();
            sockets.add(server);
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), CONNECT_MILLIS);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            daemon("relay-" + port + "-server", () -> pass(server, client));
            pass(client, server);
        } catch (IOException unreachable) {
            reset(client);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void pass(Socket from, Socket to) {
        byte[] piece = new byte[PIECE];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int read = in.read(piece);
            while (read >= 0) {
                awaitVoice();
                if (weather == Weather.SLOW) {
                    Thread.sleep(delay.toMillis() + 1_000L * read / bytesPerSecond);
                }
                out.write(piece, 0, read);
                read = in.read(piece);
            }
            awaitVoice();
        } catch (IOException ended) {
            // told to the other side below
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            reset(from);
            reset(to);
        }
    }

    private void awaitVoice() throws InterruptedException {
        synchronized (change) {
            while (weather == Weather.SILENT && !closed) {
                change.wait();
            }
        }
    }

    private void resetAll() {
        sockets.forEach(this::reset);
    }

    private void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException closedAlready) {
            // nothing is left to be said to it
        }
        closeQuietly(socket);
        sockets.remove(socket);
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void closeQuietly(@Nullable Closeable closeable) {
        if (closeable == null) {
            return;
        }
        try {
            closeable.close();
        } catch (IOException ended) {
            // it is closed all the same
        }
    }
}
