package vn.dvhc.history.api;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Iterator;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerHttpResponse;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/** Sends pieces as fast as the caller takes them: while its window is full nothing more is put in the queue. */
@Provider
public class ByteChunksWriter implements ServerMessageBodyWriter<Object> {

    @Override
    public boolean isWriteable(Class<?> type, Type generic, ResteasyReactiveResourceInfo target, MediaType mediaType) {
        return type == ByteChunks.class;
    }

    @Override
    public boolean isWriteable(Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
        return type == ByteChunks.class;
    }

    @Override
    public void writeResponse(Object chunks, Type generic, ServerRequestContext context) {
        ResteasyReactiveRequestContext suspended = (ResteasyReactiveRequestContext) context;
        suspended.suspend();
        ServerHttpResponse response = context.serverResponse();
        response.setChunked(true);
        if (((ByteChunks) chunks).isPacked()) {
            // The server has said «identity» to keep its own hands off; a second value beside it would be lost.
            response.removeResponseHeader(HttpHeaders.CONTENT_ENCODING);
            response.setResponseHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        Sending sending = new Sending(((ByteChunks) chunks).pieces().iterator(), response, suspended);
        // On the event loop: on a worker, the queue could drain between the look at it and the wish to be told.
        Context loop = Vertx.currentContext();
        if (loop == null) {
            throw new IllegalStateException("An answer is not sent from outside the server");
        }
        loop.runOnContext(onLoop -> sending.goOn());
    }

    @Override
    public void writeTo(
            Object chunks,
            Class<?> type,
            Type generic,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream out)
            throws IOException {
        for (byte[] piece : ((ByteChunks) chunks).pieces()) {
            out.write(piece);
        }
    }

    private record Sending(
            Iterator<byte[]> pieces, ServerHttpResponse response, ResteasyReactiveRequestContext suspended) {

        void goOn() {
            while (pieces.hasNext()) {
                if (response.closed()) {
                    suspended.close();
                    return;
                }
                if (response.isWriteQueueFull()) {
                    response.addDrainHandler(this::goOn);
                    return;
                }
                response.write(pieces.next());
            }
            response.end();
            suspended.close();
        }
    }
}
