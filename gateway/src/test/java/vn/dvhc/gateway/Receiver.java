package vn.dvhc.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.ToIntFunction;

/** A subscriber: takes webhooks and answers as it is told to. */
final class Receiver implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile ToIntFunction<Call> behaviour = call -> 204;

    /** What came in. */
    record Call(String id, String timestamp, String signature, String body) {

        JsonObject event() {
            return new JsonObject(body);
        }

        long sequence() {
            return event().getJsonObject("data").getLong("sequence", 0L);
        }

        String subject() {
            return event().getString("subject");
        }
    }

    Receiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException unavailable) {
            throw new UncheckedIOException(unavailable);
        }
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    /** @param status what it answers; called after the call was noted */
    Receiver answering(ToIntFunction<Call> status) {
        behaviour = status;
        return this;
    }

    /** One that takes a call and says nothing before the test ends. */
    Receiver silent() {
        return answering(call -> {
            try {
                closed.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            return 503;
        });
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook?of=test";
    }

    List<Call> calls() {
        return List.copyOf(calls);
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Call call = new Call(
                    exchange.getRequestHeaders().getFirst("webhook-id"),
                    exchange.getRequestHeaders().getFirst("webhook-timestamp"),
                    exchange.getRequestHeaders().getFirst("webhook-signature"),
                    body);
            calls.add(call);
            exchange.sendResponseHeaders(behaviour.applyAsInt(call), -1);
        }
    }
}
