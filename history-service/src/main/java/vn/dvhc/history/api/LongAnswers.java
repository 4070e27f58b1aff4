package vn.dvhc.history.api;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import vn.dvhc.history.timeline.Snapshot;

/** Answers of megabytes: rendered once for a snapshot, packed on the worker and not by the event loop, sent in pieces. */
final class LongAnswers {

    private final RenderedAnswers rendered;
    private final Snapshot snapshot;
    private final LocalDate today;
    private final HttpHeaders headers;
    private final long weights;

    /** Those that tell no weights. */
    LongAnswers(RenderedAnswers rendered, Snapshot snapshot, LocalDate today, HttpHeaders headers) {
        this(rendered, snapshot, today, headers, 0);
    }

    /** @param weights version of the weights that the answers tell; 0 if there are none */
    LongAnswers(RenderedAnswers rendered, Snapshot snapshot, LocalDate today, HttpHeaders headers, long weights) {
        this.weights = weights;
        this.rendered = rendered;
        this.snapshot = snapshot;
        this.today = today;
        this.headers = headers;
    }

    /**
     * @param address of the answer, in one spelling, with its dates and without the format
     * @param last the latest date that the answer tells of; null if the question came without one
     */
    Response ok(
            String address,
            Format format,
            List<Format> offered,
            @Nullable LocalDate last,
            Supplier<ByteChunks> source) {
        boolean gzip = Encodings.acceptsGzip(headers.getHeaderString(HttpHeaders.ACCEPT_ENCODING));
        // Weights come and change at any time: what tells them is asked for again, under another tag.
        String version = weights == 0 ? "" : "-w" + weights;
        Response.ResponseBuilder answer = Answers.now(headers, snapshot, today)
                .unlessKnown(
                        last,
                        weights == 0,
                        format.label() + version,
                        () -> Response.ok(rendered.get(
                                        new RenderedAnswers.Key(snapshot.sequence(), address + version, format, gzip),
                                        source))
                                .type(format.mediaType()));
        answer.header(HttpHeaders.VARY, "Accept, Accept-Encoding");
        answer.header(HttpHeaders.LINK, "<" + address + "&format=" + format.label() + ">; rel=\"canonical\"");
        for (Format other : offered) {
            if (other != format) {
                answer.header(
                        HttpHeaders.LINK,
                        "<" + address + "&format=" + other.label() + ">; rel=\"alternate\"; type=\""
                                + other.mediaType().getType() + "/"
                                + other.mediaType().getSubtype() + "\"");
            }
        }
        return answer.build();
    }
}
