package vn.dvhc.gateway.redirect;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.Basis;
import vn.dvhc.gateway.route.Problem;
import vn.dvhc.time.BusinessClock;
import vn.dvhc.timeline.DatedEdge;
import vn.dvhc.timeline.Lineage;
import vn.dvhc.timeline.Tenure;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitCode;

/** Writes what became of an address: as a page for browsers, as JSON for everybody else. */
final class RedirectAnswer {

    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH);

    /** A reform may change it at midnight: a browser would keep a 308 for ever otherwise. */
    private static final String KEPT = "public, max-age=60";

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final PatternBook.Match match;
    private final LocalDate vintage;
    private final Resolver resolver;

    RedirectAnswer(HttpServerRequest request, PatternBook.Match match, LocalDate vintage, Resolver resolver) {
        this.request = request;
        this.response = request.response();
        this.match = match;
        this.vintage = vintage;
        this.resolver = resolver;
    }

    /** A page that follows. */
    private record Choice(
            Unit unit, String url, String place, @Nullable DatedEdge last) {}

    void send() {
        resolver.resolve(match.code(), vintage)
                .fold(this::moved, this::split, this::ended, this::unknown)
                .run();
    }

    private Runnable moved(Resolution.Moved moved) {
        return () -> {
            String url = match.pattern().successor().with(moved.now().code());
            mark(moved.since());
            link(url);
            response.putHeader("Location", url);
            List<DatedEdge> path = moved.path();
            Choice now = choice(moved.now(), path.isEmpty() ? null : path.get(path.size() - 1));
            write(
                    308,
                    "Trang đã chuyển",
                    place(moved.old()) + " nay là " + now.place() + ".",
                    List.of(now),
                    body(moved.old(), moved.since()).put("successors", choices(List.of(now))));
        };
    }

    private Runnable split(Resolution.Split split) {
        return () -> {
            List<Choice> choices = new ArrayList<>();
            for (Lineage.Reached reached : split.choices()) {
                if (!reached.open()) {
                    List<DatedEdge> path = reached.path();
                    choices.add(choice(reached.unit(), path.isEmpty() ? null : path.get(path.size() - 1)));
                }
            }
            mark(split.since());
            choices.forEach(choice -> link(choice.url()));
            write(
                    300,
                    "Chọn trang của đơn vị mới",
                    place(split.old()) + " đã được chia từ ngày " + Words.date(split.since())
                            + ". Hãy chọn đơn vị của bạn:",
                    choices,
                    body(split.old(), split.since()).put("successors", choices(choices)));
        };
    }

    private Runnable ended(Resolution.Ended ended) {
        return () -> {
            Basis basis = ended.basis();
            mark(ended.since());
            Problem problem = new Problem(
                    "unit-ended",
                    "Đơn vị đã kết thúc",
                    410,
                    place(ended.old()) + " (mã " + match.code() + ", đọc theo ngày " + Words.date(vintage)
                            + ") đã kết thúc từ ngày " + Words.date(ended.since())
                            + (ended.endedOn().equals(ended.since())
                                    ? ""
                                    : "; đơn vị kế thừa cuối cùng đã kết thúc từ ngày " + Words.date(ended.endedOn()))
                            + Words.by(basis.actNumbers()) + "; không có đơn vị kế thừa nào được ghi nhận.");
            refuse(problem, body(ended.old(), ended.since()).put("legalBasis", new JsonArray(basis.actNumbers())));
        };
    }

    private Runnable unknown(Resolution.Unknown unknown) {
        return () -> {
            JsonArray known = new JsonArray();
            for (Tenure tenure : unknown.known()) {
                LocalDate to = tenure.to();
                known.add(new JsonObject()
                        .put("unitId", tenure.unit().toString())
                        .put("from", tenure.from().toString())
                        .put("to", to == null ? null : to.toString()));
            }
            refuse(
                    new Problem(
                            "unknown-code",
                            "Không có mã này",
                            404,
                            "Vào ngày " + Words.date(vintage) + " không có đơn vị nào mang mã " + match.code() + "."),
                    new JsonObject().put("known", known));
        };
    }

    private Choice choice(Unit unit, @Nullable DatedEdge last) {
        return new Choice(unit, match.pattern().successor().with(unit.code()), place(unit), last);
    }

    private String place(Unit unit) {
        return Words.place(resolver.timeline(), unit, resolver.today());
    }

    /** From when on the address meant no unit any more; if it still does, from when on its portal said so. */
    private void mark(@Nullable LocalDate since) {
        response.putHeader("Deprecation", deprecation(since, match.pattern().createdAt()));
        LocalDate sunset = match.pattern().sunset();
        if (sunset != null) {
            response.putHeader("Sunset", httpDate(sunset));
        }
    }

    /** A date of RFC 9745. */
    static String deprecation(@Nullable LocalDate since, Instant otherwise) {
        return "@" + (since == null ? otherwise : midnight(since)).getEpochSecond();
    }

    private static Instant midnight(LocalDate date) {
        return date.atStartOfDay(BusinessClock.ZONE).toInstant();
    }

    private void link(String url) {
        response.headers().add("Link", "<" + url + ">; rel=\"successor-version\"");
    }

    private JsonObject body(Unit old, @Nullable LocalDate since) {
        return new JsonObject()
                .put("code", match.code().value())
                .put("vintage", vintage.toString())
                .put("on", resolver.today().toString())
                .put("unit", unit(old, place(old)))
                .put("since", since == null ? null : since.toString());
    }

    private static JsonArray choices(List<Choice> choices) {
        JsonArray all = new JsonArray();
        for (Choice choice : choices) {
            JsonObject one = new JsonObject().put("url", choice.url()).put("unit", unit(choice.unit(), choice.place()));
            DatedEdge last = choice.last();
            if (last != null) {
                one.put("extent", last.edge().extent().label())
                        .put("portion", last.edge().portion().words())
                        .put("legalBasis", new JsonArray(last.edge().basis().actNumbers()));
            }
            all.add(one);
        }
        return all;
    }

    private static JsonObject unit(Unit unit, String place) {
        return new JsonObject()
                .put("unitId", unit.id().toString())
                .put("code", unit.code().value())
                .put("level", unit.level().label())
                .put("type", unit.type().label())
                .put("name", unit.name())
                .put("fullName", unit.fullName())
                .put("place", place);
    }

    private void refuse(Problem problem, JsonObject more) {
        JsonObject json = problem.json().toJsonObject().mergeIn(more);
        if (isBrowser(request)) {
            page(problem.status(), problem.title(), problem.detail(), List.of());
        } else {
            plain(problem.status(), Problem.MEDIA_TYPE).end(json.toBuffer());
        }
    }

    private void write(int status, String title, String text, List<Choice> choices, JsonObject json) {
        if (isBrowser(request)) {
            page(status, title, text, choices);
        } else {
            plain(status, "application/json").end(json.toBuffer());
        }
    }

    private void page(int status, String title, String text, List<Choice> choices) {
        StringBuilder html = new StringBuilder("<!doctype html><html lang=\"vi\"><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width\"><title>")
                .append(escaped(title))
                .append("</title><h1>")
                .append(escaped(title))
                .append("</h1><p>")
                .append(escaped(text))
                .append("</p>");
        if (!choices.isEmpty()) {
            html.append("<ul>");
            choices.forEach(choice -> item(html, choice));
            html.append("</ul>");
        }
        plain(status, "text/html; charset=utf-8")
                .putHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
                .putHeader("X-Content-Type-Options", "nosniff")
                .end(html.append("</html>").toString());
    }

    private static void item(StringBuilder html, Choice choice) {
        html.append("<li><a href=\"").append(escaped(choice.url())).append("\">");
        html.append(escaped(choice.place())).append("</a>");
        DatedEdge last = choice.last();
        if (last != null) {
            String portion = last.edge().portion().words();
            html.append(escaped((portion.isEmpty() ? "" : " – nhận " + portion)
                    + Words.by(last.edge().basis().actNumbers())));
        }
        html.append("</li>");
    }

    private HttpServerResponse plain(int status, String type) {
        return response.setStatusCode(status)
                .putHeader("Content-Type", type)
                .putHeader("Cache-Control", KEPT)
                .putHeader("Vary", "Accept");
    }

    /** Browsers name pages; programs that take anything get JSON. */
    private static boolean isBrowser(HttpServerRequest request) {
        String accept = request.getHeader("Accept");
        return accept != null && accept.contains("text/html");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /**
     * The code asked for without a pattern, at the door's own addresses.
     *
     * @param sunset of all such; told for those that are free by then, as nothing ends before it is deprecated
     */
    static void markOwn(HttpServerResponse response, Resolver resolver, UnitCode code, Optional<LocalDate> sunset) {
        resolver.freeSince(code).ifPresent(since -> {
            response.putHeader("Deprecation", deprecation(since, Instant.EPOCH));
            sunset.filter(since::isBefore).ifPresent(day -> response.putHeader("Sunset", httpDate(day)));
        });
    }

    private static String httpDate(LocalDate day) {
        return HTTP_DATE.format(midnight(day).atZone(ZoneOffset.UTC));
    }
}
