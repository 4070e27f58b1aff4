package vn.dvhc.history.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.DateTimeException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import vn.dvhc.history.HistoryConfig;
import vn.dvhc.history.query.UnitQueries;
import vn.dvhc.history.timeline.Snapshot;
import vn.dvhc.history.timeline.TimelineFeed;
import vn.dvhc.time.BusinessClock;
import vn.dvhc.unit.UnitCode;

/**
 * The short way of the two questions that make up nearly all calls: {@code /v1/units/{code}?at=} and {@code
 * /v1/units/{code}/successors?at=&on=}, found. It answers straight from the router with bytes it has; whatever is not
 * written exactly so, or has any other answer, goes on to the resources, which give the same bytes and headers.
 */
@ApplicationScoped
public class DatedLookUps {

    static final int BEFORE_RESOURCES = -100;
    private static final String UNITS = "/v1/units/";
    private static final String SUCCESSORS = "/successors";
    private static final String AT = "at=";
    private static final String ON = "&on=";
    private static final int DATE = 10;
    static final CharSequence JSON_TYPE = HttpHeaders.createOptimized("application/json;charset=UTF-8");
    private static final CharSequence CACHE_CONTROL = HttpHeaders.createOptimized("Cache-Control");

    private final TimelineFeed feed;
    private final BusinessClock clock;
    private final ObjectMapper json;
    private final long bound;
    private volatile Answered answered;

    DatedLookUps(TimelineFeed feed, BusinessClock clock, ObjectMapper json, HistoryConfig config) {
        this.feed = feed;
        this.clock = clock;
        this.json = json;
        this.bound = config.rendered().maxSuccessors().asLongValue();
        this.answered = new Answered(feed.current(), json, bound);
    }

    /** What was answered out of one snapshot. */
    private record Answered(KnownUnits units, RecentAnswers<Succession> successors, String tag, String etag) {

        Answered(Snapshot snapshot, ObjectMapper json, long bound) {
            this(
                    new KnownUnits(snapshot, json),
                    new RecentAnswers<>(bound),
                    Answers.tag(snapshot, null, null),
                    EntityTags.weak(Answers.tag(snapshot, null, null)));
        }
    }

    /** What became of the unit that bore a code on one date by another. */
    private record Succession(UnitCode code, LocalDate at, LocalDate on) {}

    void open(@Observes Router router) {
        router.route(UNITS + "*").order(BEFORE_RESOURCES).handler(this::answer);
    }

    private void answer(RoutingContext context) {
        HttpServerRequest request = context.request();
        String path = request.path();
        String query = request.query();
        boolean reads = request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD;
        if (!reads
                || !path.startsWith(UNITS)
                || query == null
                || !query.startsWith(AT)
                || !feed.isComplete()
                || !takesJson(request.headers())) {
            context.next();
            return;
        }
        int end = path.endsWith(SUCCESSORS) ? path.length() - SUCCESSORS.length() : path.length();
        String code = end < UNITS.length() ? "" : path.substring(UNITS.length(), end);
        LocalDate at = date(query, AT.length());
        if (at == null || !UnitCode.isWellFormed(code)) {
            context.next();
        } else if (end < path.length()) {
            answerSuccessors(context, UnitCode.of(code), at, query);
        } else if (query.length() == AT.length() + DATE) {
            answerUnit(context, UnitCode.of(code), at);
        } else {
            context.next();
        }
    }

    private void answerUnit(RoutingContext context, UnitCode code, LocalDate at) {
        Answered from = answered();
        KnownUnits.Known known = from.units.find(code, at);
        if (known == null) {
            context.next();
        } else {
            send(context, from, known.body(), Answers.cacheControl(at, clock.today(), known.closed()));
        }
    }

    private void answerSuccessors(RoutingContext context, UnitCode code, LocalDate at, String query) {
        int onStart = AT.length() + DATE + ON.length();
        LocalDate on = query.startsWith(ON, AT.length() + DATE) && query.length() == onStart + DATE
                ? date(query, onStart)
                : null;
        if (on == null) {
            context.next();
            return;
        }
        Answered from = answered();
        Succession asked = new Succession(code, at, on);
        RecentAnswers.Answer answer = from.successors.find(asked);
        if (answer == null) {
            answer = successors(from, asked);
        }
        if (answer == null) {
            context.next();
        } else {
            LocalDate later = at.isAfter(on) ? at : on;
            send(context, from, answer.body(), Answers.cacheControl(later, clock.today(), answer.closed()));
        }
    }

    private RecentAnswers.@Nullable Answer successors(Answered from, Succession asked) {
        return new UnitQueries(from.units.snapshot(), asked.at())
                .successors(asked.code(), asked.at(), asked.on())
                .fold(
                        told -> from.successors.keep(
                                asked,
                                new RecentAnswers.Answer(bytes(Json.SuccessorsJson.of(told)), told.isClosed(), null)),
                        wrongOrder -> null,
                        unknown -> null);
    }

    private byte[] bytes(Object body) {
        try {
            return json.writeValueAsBytes(body);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A new snapshot begins anew; two callers that see it first do no harm. */
    @SuppressWarnings("ReferenceEquality") // A snapshot is one object.
    private Answered answered() {
        Snapshot current = feed.current();
        Answered known = answered;
        if (known.units.snapshot() != current) {
            known = new Answered(current, json, bound);
            answered = known;
        }
        return known;
    }

    private static void send(RoutingContext context, Answered from, byte[] body, String cacheControl) {
        HttpServerRequest request = context.request();
        HttpServerResponse response = context.response();
        MultiMap headers = response.headers();
        headers.set(HttpHeaders.ETAG, from.etag).set(CACHE_CONTROL, cacheControl);
        String ifNoneMatch = request.getHeader(HttpHeaders.IF_NONE_MATCH);
        if (ifNoneMatch != null
                && EntityTags.match(String.join(",", request.headers().getAll(HttpHeaders.IF_NONE_MATCH)), from.tag)) {
            response.setStatusCode(304).end();
            return;
        }
        headers.set(HttpHeaders.CONTENT_TYPE, JSON_TYPE);
        if (request.method() == HttpMethod.HEAD) {
            headers.set(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length));
            response.end();
        } else {
            response.end(Buffer.buffer(body));
        }
    }

    /** What is not plainly JSON or anything is for the resources to judge. */
    static boolean takesJson(MultiMap headers) {
        String accept = headers.get(HttpHeaders.ACCEPT);
        return accept == null || accept.equals("*/*") || accept.equals("application/json");
    }

    private static @Nullable LocalDate date(String query, int start) {
        int end = start + DATE;
        if (query.length() < end || query.charAt(start + 4) != '-' || query.charAt(start + 7) != '-') {
            return null;
        }
        for (int i = start; i < end; i++) {
            char c = query.charAt(i);
            if ((c < '0' || c > '9') && i != start + 4 && i != start + 7) {
                return null;
            }
        }
        try {
            return LocalDate.of(
                    Integer.parseInt(query, start, start + 4, 10),
                    Integer.parseInt(query, start + 5, start + 7, 10),
                    Integer.parseInt(query, start + 8, end, 10));
        } catch (DateTimeException noSuchDay) {
            return null;
        }
    }
}
