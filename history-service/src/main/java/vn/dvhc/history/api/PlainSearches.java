package vn.dvhc.history.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import vn.dvhc.history.HistoryConfig;
import vn.dvhc.history.timeline.Snapshot;
import vn.dvhc.history.timeline.TimelineFeed;
import vn.dvhc.time.BusinessClock;

/**
 * The short way of a search that says no more than {@code /v1/units?q=}: straight from the router. Whatever is not written
 * exactly so, or may be packed or left out, goes on to the resource, which gives the same bytes and headers.
 */
@ApplicationScoped
public class PlainSearches {

    private static final String TEXT = "q=";
    private static final CharSequence LINK = HttpHeaders.createOptimized("Link");

    /** Of a longer text the answer is not kept: who types it will be the only one. */
    private static final int LONGEST_KEPT = 200;

    private final TimelineFeed feed;
    private final UnitSearch search;
    private final BusinessClock clock;
    private final ObjectWriter json;
    private final long bound;
    private volatile Answered answered;

    PlainSearches(TimelineFeed feed, UnitSearch search, BusinessClock clock, ObjectMapper json, HistoryConfig config) {
        this.feed = feed;
        this.search = search;
        this.clock = clock;
        this.json = json.writerFor(Json.UnitPageJson.class);
        this.bound = config.rendered().maxSearches().asLongValue();
        this.answered = new Answered(feed.current(), clock.today(), new RecentAnswers<>(bound));
    }

    /** What was answered out of one snapshot on one day; a text is known as it was written. */
    private record Answered(Snapshot snapshot, LocalDate today, RecentAnswers<String> recent) {}

    void open(@Observes Router router) {
        router.route("/v1/units").order(DatedLookUps.BEFORE_RESOURCES).handler(this::answer);
    }

    private void answer(RoutingContext context) {
        String written = written(context.request());
        Answered from = written == null || !feed.isComplete() ? null : answered();
        RecentAnswers.Answer answer = from == null || written == null ? null : find(from, written);
        if (from == null || answer == null) {
            context.next();
            return;
        }
        MultiMap headers = context.response().headers();
        headers.set(HttpHeaders.CONTENT_TYPE, DatedLookUps.JSON_TYPE)
                .set(HttpHeaders.ETAG, EntityTags.weak(Answers.tag(from.snapshot(), from.today(), null)))
                .set(HttpHeaders.CACHE_CONTROL, Answers.cacheControl(null, from.today(), false));
        if (answer.link() != null) {
            headers.set(LINK, answer.link());
        }
        context.response().end(Buffer.buffer(answer.body()));
    }

    private RecentAnswers.@Nullable Answer find(Answered from, String written) {
        RecentAnswers.Answer known = from.recent().find(written);
        if (known != null) {
            return known;
        }
        String text = text(written);
        UnitSearch.Plain found = text == null ? null : search.plain(text, from.today());
        if (found == null || found.snapshot() != from.snapshot()) {
            return null;
        }
        RecentAnswers.Answer answer = new RecentAnswers.Answer(bytes(found.body()), false, found.link());
        return written.length() > LONGEST_KEPT ? answer : from.recent().keep(written, answer);
    }

    /** A new snapshot or day begins anew; two callers that see it first do no harm. */
    @SuppressWarnings("ReferenceEquality") // A snapshot is one object.
    private Answered answered() {
        Answered known = answered;
        Snapshot current = feed.current();
        LocalDate today = clock.today();
        if (known.snapshot() != current || !known.today().equals(today)) {
            known = new Answered(current, today, new RecentAnswers<>(bound));
            answered = known;
        }
        return known;
    }

    /** The text as it stands in the request; null if the request says more than that. */
    private static @Nullable String written(HttpServerRequest request) {
        String query = request.query();
        MultiMap headers = request.headers();
        return request.method() != HttpMethod.GET
                        || query == null
                        || !query.startsWith(TEXT)
                        || query.indexOf('&') >= 0
                        || headers.contains(HttpHeaders.ACCEPT_ENCODING)
                        || headers.contains(HttpHeaders.IF_NONE_MATCH)
                        || !DatedLookUps.takesJson(headers)
                ? null
                : query.substring(TEXT.length());
    }

    private static @Nullable String text(String written) {
        try {
            return QueryStringDecoder.decodeComponent(written);
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    private byte[] bytes(Json.UnitPageJson body) {
        try {
            return json.writeValueAsBytes(body);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
