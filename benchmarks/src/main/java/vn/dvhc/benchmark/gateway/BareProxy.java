package vn.dvhc.benchmark.gateway;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.httpproxy.HttpProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** The library by which the door passes requests on, in a process of its own, with nothing added: what that way takes at least. */
final class BareProxy implements AutoCloseable {

    private static final int LOOPS = 2;
    private static final int CONNECTIONS = 64;
    private static final Duration START_LIMIT = Duration.ofSeconds(30);

    private final Process process;
    private final int port;

    private BareProxy(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** @param upstream port on this machine to which everything goes */
    static BareProxy start(int upstream, Path log) throws IOException {
        int port = free();
        Process process = new ProcessBuilder(List.of(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx384m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BareProxy.class.getName(),
                        Integer.toString(port),
                        Integer.toString(upstream)))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        BareProxy proxy = new BareProxy(process, port);
        proxy.awaitOpen(log);
        return proxy;
    }

    int port() {
        return port;
    }

    private void awaitOpen(Path log) {
        Instant deadline = Instant.now().plus(START_LIMIT);
        while (!isOpen()) {
            if (!process.isAlive() || Instant.now().isAfter(deadline)) {
                close();
                throw new IllegalStateException("The bare proxy did not start: " + log);
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private boolean isOpen() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroy();
    }

    /** @param arguments own port, port to which everything goes */
    public static void main(String[] arguments) {
        int port = Integer.parseInt(arguments[0]);
        int upstream = Integer.parseInt(arguments[1]);
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(LOOPS));
        for (int loop = 0; loop < LOOPS; loop++) {
            vertx.deployVerticle(new Loop(port, upstream));
        }
    }

    /** Serves and asks on one event loop. */
    private static final class Loop extends AbstractVerticle {

        private final int port;
        private final int upstream;

        Loop(int port, int upstream) {
            this.port = port;
            this.upstream = upstream;
        }

        @Override
        public void start(Promise<Void> open) {
            HttpProxy proxy = HttpProxy.reverseProxy(vertx.createHttpClient(
                            new HttpClientOptions().setTcpNoDelay(true),
                            new PoolOptions().setHttp1MaxSize(CONNECTIONS)))
                    .origin(upstream, "127.0.0.1");
            vertx.createHttpServer()
                    .requestHandler(proxy)
                    .listen(port, "127.0.0.1")
                    .<Void>mapEmpty()
                    .onComplete(open);
        }
    }
}
