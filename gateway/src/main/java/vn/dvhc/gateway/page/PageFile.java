package vn.dvhc.gateway.page;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** A file of the page, ready to be sent, packed and plain. */
final class PageFile {

    private final String mediaType;
    private final ContentPolicy policy;
    private final String tag;
    private final Buffer plain;
    private final Buffer packed;

    /** @param digest of the content: it is another if the content is another */
    PageFile(String name, byte[] content, String digest, ContentPolicy policy) {
        this.mediaType = mediaType(name);
        this.policy = policy;
        this.tag = "W/\"" + digest + '"';
        this.plain = Buffer.buffer(content);
        this.packed = Buffer.buffer(packed(content));
    }

    /** @param cacheControl how long the caller may keep it */
    void send(HttpServerRequest request, String cacheControl) {
        HttpServerResponse response = request.response();
        response.putHeader("Cache-Control", cacheControl)
                .putHeader("ETag", tag)
                .putHeader("Vary", "Accept-Encoding")
                .putHeader("Content-Security-Policy", policy.header())
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin")
                .putHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
        if (isKnown(request.getHeader("If-None-Match"))) {
            response.setStatusCode(304).end();
            return;
        }
        response.putHeader("Content-Type", mediaType);
        Buffer body = plain;
        if (takesPacked(request.getHeader("Accept-Encoding"))) {
            response.putHeader("Content-Encoding", "gzip");
            body = packed;
        }
        response.putHeader("Content-Length", Integer.toString(body.length()));
        if (request.method().equals(HttpMethod.HEAD)) {
            response.end();
        } else {
            response.end(body);
        }
    }

    private boolean isKnown(@Nullable String tags) {
        return tags != null && tags.contains(tag.substring(2));
    }

    private static boolean takesPacked(@Nullable String encodings) {
        if (encodings == null) {
            return false;
        }
        for (String one : encodings.toLowerCase(Locale.ROOT).split(",")) {
            String encoding = one.replace(" ", "");
            if (encoding.equals("gzip") || (encoding.startsWith("gzip;q=") && !encoding.matches("gzip;q=0(\\.0*)?"))) {
                return true;
            }
        }
        return false;
    }

    private static byte[] packed(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static String mediaType(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "html" -> "text/html; charset=utf-8";
            case "js" -> "text/javascript; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "svg" -> "image/svg+xml";
            default -> throw new IllegalArgumentException("No media type is known for " + name);
        };
    }
}
