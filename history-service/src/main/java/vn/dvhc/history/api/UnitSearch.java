package vn.dvhc.history.api;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vn.dvhc.history.HistoryConfig;
import vn.dvhc.history.query.UnitQueries;
import vn.dvhc.history.query.UnitView;
import vn.dvhc.history.search.Hit;
import vn.dvhc.history.search.LiveGazetteer;
import vn.dvhc.history.search.Place;
import vn.dvhc.history.search.Query;
import vn.dvhc.history.search.Search;
import vn.dvhc.history.timeline.Snapshot;
import vn.dvhc.time.BusinessClock;
import vn.dvhc.timeline.Lineage;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.timeline.UnitHistory;
import vn.dvhc.unit.UnitId;
import vn.dvhc.unit.UnitRef;

/** Answers searches: some tens of microseconds, on the event loop once the gazetteer of the day has been made. */
@Singleton
class UnitSearch {

    private static final int MOST_TOLD = 5;

    private final LiveGazetteer gazetteer;
    private final BusinessClock clock;
    private final HistoryConfig config;

    UnitSearch(LiveGazetteer gazetteer, BusinessClock clock, HistoryConfig config) {
        this.gazetteer = gazetteer;
        this.clock = clock;
        this.config = config;
    }

    /** The parameters as they came; {@code q} alone is always there. */
    record Asked(
            String q,
            @Nullable String at,
            @Nullable String level,
            @Nullable String parent,
            @Nullable String limit,
            @Nullable String cursor) {}

    Uni<Response> answer(Asked asked, HttpHeaders headers) {
        String text = text(asked.q());
        LocalDate at = Parameters.optionalDate("at", asked.at());
        Hit.Position after = asked.cursor() == null ? null : SearchCursor.parse(asked.cursor());
        int limit = Parameters.limit(
                asked.limit(), config.search().defaultLimit(), config.search().maxLimit());
        LocalDate today = clock.today();
        UnitRef parent = asked.parent() == null ? null : Parameters.parent(asked.parent(), at == null ? today : at);
        Query query = new Query(text, Parameters.optionalLevel(asked.level()), null, at);
        return Uni.createFrom()
                .completionStage(gazetteer::current)
                .map(ready -> answer(ready, query, parent, new Part(after, limit, today), asked, headers));
    }

    /**
     * The answer to a search that says no more than its text.
     *
     * @param link the Link header; null if nothing follows
     */
    record Plain(
            Snapshot snapshot,
            LocalDate today,
            Json.UnitPageJson body,
            @Nullable String link) {}

    /** Null if the text is none to search for, or the gazetteer is being made: then {@link #answer} has the word. */
    @Nullable
    Plain plain(String q, LocalDate today) {
        LiveGazetteer.Ready ready = gazetteer.current().getNow(null);
        if (ready == null || !isText(q)) {
            return null;
        }
        Search.Page page = Search.find(
                ready.gazetteer(),
                new Query(q, null, null, null),
                today,
                null,
                config.search().defaultLimit());
        Json.UnitPageJson body = json(page, ready.snapshot().timeline(), null, today);
        return new Plain(ready.snapshot(), today, body, link(new Asked(q, null, null, null, null, null), body.next()));
    }

    /** What part of the hits is wanted. */
    private record Part(Hit.@Nullable Position after, int limit, LocalDate today) {}

    private static Response answer(
            LiveGazetteer.Ready ready,
            Query query,
            @Nullable UnitRef parent,
            Part part,
            Asked asked,
            HttpHeaders headers) {
        Query whole = query;
        if (parent != null) {
            UnitQueries queries = new UnitQueries(ready.snapshot(), part.today());
            Optional<UnitId> within = queries.bearer(parent);
            if (within.isEmpty()) {
                LocalDate read = query.at() == null ? part.today() : query.at();
                return Problem.notKnown(queries.notKnown(parent.code(), read))
                        .response()
                        .build();
            }
            whole = new Query(query.text(), query.level(), within.get(), query.at());
        }
        Search.Page page = Search.find(ready.gazetteer(), whole, part.today(), part.after(), part.limit());
        Json.UnitPageJson body = json(page, ready.snapshot().timeline(), query.at(), part.today());
        Response answer = Answers.now(headers, ready.snapshot(), part.today()).ok(body, query.at(), false);
        String link = link(asked, body.next());
        return link == null
                ? answer
                : Response.fromResponse(answer).header(HttpHeaders.LINK, link).build();
    }

    private static @Nullable String link(Asked asked, @Nullable String next) {
        return next == null ? null : "<" + address(asked, next) + ">; rel=\"next\"";
    }

    private static Json.UnitPageJson json(
            Search.Page page, Timeline timeline, @Nullable LocalDate at, LocalDate today) {
        List<Json.UnitJson> items = page.hits().stream()
                .map(hit -> json(hit, timeline, at == null ? today : at, today))
                .toList();
        String next = page.more()
                ? SearchCursor.of(page.hits().get(page.hits().size() - 1).position())
                : null;
        return new Json.UnitPageJson(at == null ? today : at, page.total(), items, next);
    }

    private static Json.UnitJson json(Hit hit, Timeline timeline, LocalDate at, LocalDate today) {
        Place place = hit.place();
        List<Json.NamedUnitJson> now = place.isInForce(today) || place.from().isAfter(today)
                ? List.of()
                : timeline.successors(place.unit(), today).stream()
                        .filter(reached -> !reached.open())
                        .map(Lineage.Reached::unit)
                        .limit(MOST_TOLD)
                        .map(Json.NamedUnitJson::of)
                        .toList();
        Json.HitJson why = new Json.HitJson(hit.score() / 1000.0, hit.match().label(), place.isInForce(at), now);
        return Json.UnitJson.found(view(place, timeline), why);
    }

    private static UnitView view(Place place, Timeline timeline) {
        UnitHistory life = timeline.find(place.unit())
                .orElseThrow(() -> new IllegalStateException("The gazetteer holds a unit of another timeline"));
        Place above = place.above();
        return new UnitView(place.state(), above == null ? null : view(above, timeline), life.born(), life.ended());
    }

    private String text(String q) {
        if (q.length() > config.search().maxLength()) {
            throw new BadParameterException(
                    "q", Texts.queryTooLong(config.search().maxLength()));
        }
        if (!isText(q)) {
            throw new BadParameterException("q", Texts.BAD_QUERY);
        }
        return q;
    }

    private boolean isText(String q) {
        return q.length() <= config.search().maxLength()
                && q.chars().noneMatch(Character::isISOControl)
                && Search.isSearchable(q);
    }

    private static String address(Asked asked, String cursor) {
        UriBuilder uri = UriBuilder.fromPath("/v1/units");
        add(uri, "q", asked.q());
        add(uri, "at", asked.at());
        add(uri, "level", asked.level());
        add(uri, "parent", asked.parent());
        add(uri, "limit", asked.limit());
        add(uri, "cursor", cursor);
        return uri.build().toString();
    }

    /** As a value, so that braces in the text are no template. */
    private static void add(UriBuilder uri, String name, @Nullable String value) {
        if (value != null) {
            uri.queryParam(name, "{" + name + "}").resolveTemplate(name, value);
        }
    }
}
