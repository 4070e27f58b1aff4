package vn.dvhc.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands in for a service: answers every request with what it saw of it, and how many streams it has open. A path ending in {@code /break} ends without
 * answer, one ending in {@code /break-once} the first time, one ending in {@code /silent} only when the test ends; one ending in
 * {@code /kept} may be kept for a day,
 * one ending in {@code /open-7} for a minute and comes from a register of sequence 7. What is posted to {@code /v1/convert}
 * comes back as it comes in.
 */
final class Upstream implements AutoCloseable {

    static {
        // Else each answer over a kept connection waits for the caller's system to acknowledge its head.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    /** Bytes of the answer to what ends in {@code /long}: more than connections take on their own. */
    static final long LONG = 64 * 1024 * 1024;

    private final String name;
    private final HttpServer server;
    private final Set<String> broken = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicInteger echoes = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();

    Upstream(String name) {
        this(name, 0);
    }

    Upstream(String name, int port) {
        this.name = name;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException unavailable) {
            throw new UncheckedIOException(unavailable);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Requests that came in so far. */
    int requests() {
        return requests.get();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        try (exchange) {
            if (exchange.getRequestURI().getPath().equals("/v1/convert")) {
                echo(exchange);
                return;
            }
            byte[] body = exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getPath();
            if (path.endsWith("/break") || (path.endsWith("/break-once") && broken.add(path))) {
                return;
            }
            if (path.endsWith("/long")) {
                writeLong(exchange);
                return;
            }
            if (path.endsWith("/silent")) {
                awaitClose();
                return;
            }
            JsonObject headers = new JsonObject();
            exchange.getRequestHeaders()
                    .forEach((header, values) ->
                            headers.put(header.toLowerCase(java.util.Locale.ROOT), String.join(",", values)));
            byte[] seen = new JsonObject()
                    .put("service", name)
                    .put("method", exchange.getRequestMethod())
                    .put("target", exchange.getRequestURI().toString())
                    .put("headers", headers)
                    .put("bodyLength", body.length)
                    .put("streams", echoes.get())
                    .toBuffer()
                    .getBytes();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            if (exchange.getRequestURI().getPath().endsWith("/kept")) {
                exchange.getResponseHeaders().set("Cache-Control", "public, max-age=86400, immutable");
                exchange.getResponseHeaders().set("ETag", "W/\"1\"");
            }
            if (exchange.getRequestURI().getPath().endsWith("/open")) {
                exchange.getResponseHeaders().set("Cache-Control", "public, max-age=60");
                exchange.getResponseHeaders().set("ETag", "W/\"1\"");
            }
            int open = path.indexOf("/open-");
            if (open > 0) {
                exchange.getResponseHeaders().set("Cache-Control", "public, max-age=60");
                exchange.getResponseHeaders().set("ETag", "W/\"2-" + path.substring(open + 6) + "\"");
            }
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.sendResponseHeaders(200, -1);
                return;
            }
            exchange.sendResponseHeaders(200, seen.length);
            exchange.getResponseBody().write(seen);
        }
    }

    private static void writeLong(HttpExchange exchange) throws IOException {
        byte[] piece = new byte[64 * 1024];
        exchange.sendResponseHeaders(200, LONG);
        for (long written = 0; written < LONG; written += piece.length) {
            exchange.getResponseBody().write(piece);
        }
    }

    private void awaitClose() {
        try {
            closed.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void echo(HttpExchange exchange) throws IOException {
        echoes.incrementAndGet();
        try {
            copy(exchange);
        } finally {
            echoes.decrementAndGet();
        }
    }

    private static void copy(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders()
                .set("Content-Type", exchange.getRequestHeaders().getFirst("Content-Type"));
        exchange.sendResponseHeaders(200, 0);
        byte[] buffer = new byte[8192];
        int read = exchange.getRequestBody().read(buffer);
        while (read >= 0) {
            exchange.getResponseBody().write(buffer, 0, read);
            exchange.getResponseBody().flush();
            read = exchange.getRequestBody().read(buffer);
        }
    }
}
