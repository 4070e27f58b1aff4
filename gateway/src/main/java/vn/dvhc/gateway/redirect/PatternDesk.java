package vn.dvhc.gateway.redirect;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import vn.dvhc.gateway.GatewayConfig;
import vn.dvhc.gateway.identity.Bearers;
import vn.dvhc.gateway.route.Problem;
import vn.dvhc.gateway.store.DoorDatabase;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.UnitCode;

/**
 * Answers {@code /v1/url-patterns}, {@code /v1/portal-hosts} and {@code /v1/old-codes}: portals handle the patterns of their own
 * hosts and see who calls them, operators all; only operators give hosts.
 */
@ApplicationScoped
public class PatternDesk {

    private static final Logger LOG = Logger.getLogger(PatternDesk.class);

    static final String ID = "url_[0-9a-f]{16}";

    private static final Pattern PATH = Pattern.compile("/v1/(url-patterns|portal-hosts|old-codes)"
            + "(?:(?<=url-patterns)/(" + ID + ")(/map)?|(?<=portal-hosts)/([a-z0-9.:-]{1,260}))?");
    private static final Pattern CLIENT = Pattern.compile("[!-~]{1,200}");
    private static final Pattern AUTHORITY =
            Pattern.compile("[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?|\\[[0-9a-f:]+](:[0-9]{1,5})?");

    private static final long LONGEST_BODY = 16 * 1024;
    private static final int PAGE = 100;
    private static final int LONGEST_PAGE = 1_000;
    private static final int UNITS_AT_A_TIME = 500;
    private static final int DAYS_TOLD = 30;

    private static final Problem UNAVAILABLE = new Problem(
            "url-patterns-unavailable",
            "Chưa phục vụ mẫu địa chỉ",
            503,
            "Kho lưu mẫu địa chỉ hoặc danh mục đơn vị chưa sẵn sàng. Tra cứu vẫn hoạt động; vui lòng thử lại sau ít giây.");
    private static final Problem NO_PATTERN =
            new Problem("no-url-pattern", "Không có mẫu địa chỉ này", 404, "Không có mẫu địa chỉ nào mang mã này.");
    private static final Problem NO_HOST =
            new Problem("no-portal-host", "Không có tên miền này", 404, "Tên miền này chưa được giao cho cổng nào.");
    private static final Problem TOO_LONG =
            new Problem("body-too-large", "Nội dung quá lớn", 413, "Nội dung về một mẫu địa chỉ không được quá 16 KB.");
    private static final Problem NOT_YOUR_HOST = new Problem(
            "not-your-host",
            "Không đủ quyền",
            403,
            "Tên miền của template chưa được giao cho tài khoản này. Hãy đề nghị người vận hành giao tên miền trước.");
    private static final Problem UNKNOWN_SUCCESSOR_HOST = new Problem(
            "unknown-successor-host",
            "Tên miền chưa đăng ký",
            409,
            "Cổng chỉ chuyển hướng đến tên miền đã đăng ký; tên miền của successor chưa được đăng ký.");
    private static final Problem TOO_MANY = new Problem(
            "too-many-url-patterns",
            "Quá nhiều mẫu địa chỉ",
            409,
            "Chủ của tên miền hoặc cổng đã có đủ số mẫu cho phép. Hãy xoá bớt rồi thử lại.");
    private static final Problem TAKEN =
            new Problem("url-pattern-exists", "Mẫu đã có", 409, "Mẫu địa chỉ này đã được đăng ký.");
    private static final Problem SUCCESSOR_IS_OLD = new Problem(
            "successor-is-old",
            "Địa chỉ mới trùng địa chỉ cũ",
            409,
            "Địa chỉ mới không được khớp với một mẫu địa chỉ cũ: cùng một mã nay là đơn vị khác, nên trang mới sẽ bị chuyển"
                    + " nhầm. Hãy đặt trang mới ở đường dẫn khác.");
    private static final Problem HOST_IN_USE = new Problem(
            "host-in-use", "Tên miền đang được dùng", 409, "Còn mẫu địa chỉ dùng tên miền này. Hãy xoá chúng trước.");
    private static final Problem TOO_MANY_HOSTS =
            new Problem("too-many-hosts", "Quá nhiều tên miền", 409, "Cổng đã có đủ số tên miền cho phép.");
    private static final Problem NO_OWNER = PatternForm.bad(
            "no-owner",
            "Tên miền viết thường như cong.example.vn, kèm cổng nếu khác 443; owner là mã tài khoản sở hữu tên miền.");
    private static final Problem NO_PAGE = PatternForm.bad(
            "no-page",
            "limit từ 1 đến 1.000; after lấy từ trang trước; from và to là ngày, from không sau to; client và pattern"
                    + " không chứa ký tự NUL.");
    private static final Problem NO_FORMAT = PatternForm.bad(
            "no-format", "format là nginx, apache-map hoặc apache-redirect (không dùng cho mã nằm sau dấu ?).");
    private static final Problem NO_VINTAGE = new Problem(
            "vintage-not-declared",
            "Không thể xuất bản đồ",
            409,
            "Mẫu địa chỉ này chưa khai ngày đọc mã (vintage), nên không biết mã nào là đơn vị nào.");

    private final Vertx vertx;
    private final PatternStore store;
    private final UseStore uses;
    private final PatternBook book;
    private final RedirectDesk redirects;
    private final GatewayConfig.OldUrls config;
    private final SecureRandom random = new SecureRandom();

    @Inject
    PatternDesk(
            Vertx vertx,
            PatternStore store,
            UseStore uses,
            PatternBook book,
            RedirectDesk redirects,
            GatewayConfig all) {
        this.vertx = vertx;
        this.store = store;
        this.uses = uses;
        this.book = book;
        this.redirects = redirects;
        this.config = all.oldUrls();
    }

    /** A call with what its path names. */
    private record Asked(
            PatternStore.Person who,
            @Nullable String id,
            @Nullable String host,
            MultiMap query,
            Buffer body) {

        String named(@Nullable String part) {
            if (part == null) {
                throw new IllegalStateException("The path names nothing");
            }
            return part;
        }
    }

    /** Answers who bears a token with one of the roles. */
    public void answer(RoutingContext context, Bearers.Holder caller) {
        HttpServerRequest request = context.request();
        Matcher path = PATH.matcher(request.path());
        String length = request.getHeader("Content-Length");
        if (!path.matches()) {
            request.resume();
            Problem.NO_SUCH_ADDRESS.send(context.response());
        } else if (length != null && Long.parseLong(length) > LONGEST_BODY) {
            context.response().putHeader("Connection", "close");
            TOO_LONG.send(context.response());
            request.resume();
        } else {
            PatternStore.Person who = new PatternStore.Person(
                    caller.owner(), caller.roles().stream().anyMatch(config.operatorRoles()::contains));
            request.resume().body().onSuccess(body -> answer(context, path, who, body));
        }
    }

    private void answer(RoutingContext context, Matcher path, PatternStore.Person who, Buffer body) {
        Asked asked = new Asked(who, path.group(2), path.group(4), context.queryParams(), body);
        boolean isMap = path.group(3) != null;
        String call = context.request().method().name() + " " + path.group(1)
                + (asked.id() == null && asked.host() == null ? "" : " one") + (isMap ? " map" : "");
        switch (call) {
            case "GET url-patterns" -> blocking(context, () -> list(asked));
            case "POST url-patterns" -> blocking(context, () -> create(asked));
            case "GET url-patterns one" -> blocking(context, () -> found(store.find(who, asked.named(asked.id()))));
            case "PUT url-patterns one" -> blocking(context, () -> replace(asked));
            case "DELETE url-patterns one" -> blocking(context, () -> delete(asked));
            case "GET url-patterns one map" -> blocking(context, () -> map(context, asked));
            case "GET portal-hosts" -> blocking(context, () -> hosts(asked));
            case "PUT portal-hosts one" -> byOperator(context, who, () -> give(asked));
            case "DELETE portal-hosts one" -> byOperator(context, who, () -> take(asked));
            case "GET old-codes" -> blocking(context, () -> report(asked));
            default -> {
                context.response().putHeader("Allow", allowed(path.group(1), asked, isMap));
                Problem.METHOD_NOT_ALLOWED.send(context.response());
            }
        }
    }

    private static String allowed(String kind, Asked asked, boolean isMap) {
        if (asked.host() != null) {
            return "DELETE, PUT";
        }
        if (asked.id() != null && !isMap) {
            return "DELETE, GET, PUT";
        }
        return kind.equals("url-patterns") && !isMap ? "GET, POST" : "GET";
    }

    /** Something that blocks; null if it answers itself. */
    private interface Step {
        @Nullable
        Reply take() throws SQLException;
    }

    private void byOperator(RoutingContext context, PatternStore.Person who, Step step) {
        if (who.seesAll()) {
            blocking(context, step);
        } else {
            Problem.FORBIDDEN.send(context.response());
        }
    }

    private void blocking(RoutingContext context, Step step) {
        vertx.<Reply>executeBlocking(step::take, false)
                .onSuccess(reply -> {
                    if (reply != null) {
                        reply.send(context.response());
                    }
                })
                .onFailure(failure -> Reply.of(told(failure)).send(context.response()));
    }

    private static Problem told(Throwable failure) {
        if (failure instanceof SQLException) {
            LOG.warnf("URL patterns can't be read or written now cause=%s", failure.toString());
            return UNAVAILABLE;
        }
        LOG.error("A request about URL patterns failed unexpectedly", failure);
        return Problem.INTERNAL;
    }

    private Reply list(Asked asked) throws SQLException {
        Optional<Integer> limit = limit(asked.query());
        String after = after(asked.query());
        if (limit.isEmpty() || !DoorDatabase.isText(after)) {
            return Reply.of(NO_PAGE);
        }
        List<UrlPattern> page = store.list(asked.who(), after, limit.get());
        return page("patterns", page, limit.get(), PatternForm::json, UrlPattern::id);
    }

    private Reply create(Asked asked) throws SQLException {
        return wished(asked, wish -> {
            byte[] bytes = new byte[8];
            random.nextBytes(bytes);
            String id = "url_" + HexFormat.of().formatHex(bytes);
            PatternStore.Limits limits = new PatternStore.Limits(config.mostOfOwner(), config.most());
            return outcome(
                    store.create(asked.who(), id, wish, limits),
                    made -> Reply.made(PatternForm.json(made), "/v1/url-patterns/" + made.id()));
        });
    }

    private Reply replace(Asked asked) throws SQLException {
        return wished(
                asked,
                wish -> outcome(
                        store.replace(asked.who(), asked.named(asked.id()), wish),
                        changed -> Reply.of(200, PatternForm.json(changed))));
    }

    /** What is done with a form that has no problem. */
    private interface Change {
        Reply with(PatternStore.Wish wish) throws SQLException;
    }

    private Reply wished(Asked asked, Change change) throws SQLException {
        Optional<JsonObject> form = PatternForm.object(asked.body());
        Optional<Resolver> resolver = redirects.resolver();
        if (form.isEmpty()) {
            return Reply.of(PatternForm.NOT_READABLE);
        }
        if (resolver.isEmpty()) {
            return Reply.of(UNAVAILABLE);
        }
        LocalDate first = firstDay(resolver.get().timeline());
        Optional<Problem> problem =
                PatternForm.problem(form.get(), first, resolver.get().today());
        if (problem.isPresent()) {
            return Reply.of(problem.get());
        }
        return change.with(PatternForm.wish(form.get()));
    }

    private static LocalDate firstDay(Timeline timeline) {
        return timeline.histories()
                .map(history -> history.id().born())
                .min(LocalDate::compareTo)
                .orElseThrow();
    }

    private Reply outcome(PatternStore.Outcome outcome, Function<UrlPattern, Reply> told) throws SQLException {
        UrlPattern pattern = outcome.pattern();
        PatternStore.Refusal refusal = outcome.refusal();
        if (pattern == null || refusal != null) {
            return Reply.of(problem(Objects.requireNonNull(refusal)));
        }
        book.read();
        return told.apply(pattern);
    }

    private static Problem problem(PatternStore.Refusal refusal) {
        return switch (refusal) {
            case NOT_YOUR_HOST -> NOT_YOUR_HOST;
            case UNKNOWN_SUCCESSOR_HOST -> UNKNOWN_SUCCESSOR_HOST;
            case TOO_MANY -> TOO_MANY;
            case TAKEN -> TAKEN;
            case SUCCESSOR_IS_OLD -> SUCCESSOR_IS_OLD;
            case NO_PATTERN -> NO_PATTERN;
        };
    }

    private Reply delete(Asked asked) throws SQLException {
        boolean gone = store.delete(asked.who(), asked.named(asked.id()));
        book.read();
        return gone ? Reply.of(204, null) : Reply.of(NO_PATTERN);
    }

    private static Reply found(Optional<UrlPattern> pattern) {
        return pattern.map(one -> Reply.of(200, PatternForm.json(one))).orElse(Reply.of(NO_PATTERN));
    }

    private Reply hosts(Asked asked) throws SQLException {
        Optional<Integer> limit = limit(asked.query());
        String after = after(asked.query());
        if (limit.isEmpty() || !DoorDatabase.isText(after)) {
            return Reply.of(NO_PAGE);
        }
        List<PatternStore.Host> page = store.hosts(asked.who(), after, limit.get());
        return page("hosts", page, limit.get(), PatternForm::json, PatternStore.Host::host);
    }

    private Reply give(Asked asked) throws SQLException {
        String host = asked.named(asked.host());
        Object owner = PatternForm.object(asked.body())
                .map(form -> form.getValue("owner"))
                .orElse(null);
        if (!UrlTemplate.isHost(host)
                || !(owner instanceof String client && CLIENT.matcher(client).matches())) {
            return Reply.of(NO_OWNER);
        }
        Optional<PatternStore.Host> given = store.give(asked.who(), host, (String) owner, config.mostHosts());
        book.read();
        return given.map(one -> Reply.of(200, PatternForm.json(one))).orElse(Reply.of(TOO_MANY_HOSTS));
    }

    private Reply take(Asked asked) throws SQLException {
        Optional<Boolean> taken = store.take(asked.who(), asked.named(asked.host()));
        return taken.map(gone -> gone ? Reply.of(204, null) : Reply.of(NO_HOST)).orElse(Reply.of(HOST_IN_USE));
    }

    private Reply report(Asked asked) throws SQLException {
        MultiMap query = asked.query();
        Optional<Integer> limit = limit(query);
        LocalDate today = redirects.today();
        Optional<LocalDate> to = query.contains("to") ? PatternForm.date(query.get("to")) : Optional.of(today);
        Optional<LocalDate> from = query.contains("from")
                ? PatternForm.date(query.get("from"))
                : to.map(last -> last.minusDays(DAYS_TOLD - 1));
        Optional<Uses.Key> after = query.contains("after") ? key(query.get("after")) : Optional.empty();
        boolean isReadable = limit.isPresent()
                && to.isPresent()
                && from.isPresent()
                && !from.get().isAfter(to.get())
                && Stream.of("client", "pattern")
                        .flatMap(name -> query.getAll(name).stream())
                        .allMatch(DoorDatabase::isText)
                && (after.isPresent() || !query.contains("after"));
        if (!isReadable) {
            return Reply.of(NO_PAGE);
        }
        List<Uses.Use> page = uses.list(new UseStore.Question(
                asked.who().owner(),
                from.get(),
                to.get(),
                query.get("client"),
                query.get("pattern"),
                after.orElse(null),
                limit.get()));
        return page("uses", page, limit.get(), PatternForm::json, use -> cursor(use.key()));
    }

    private static String cursor(Uses.Key key) {
        String text = String.join("\n", key.day().toString(), key.client(), key.pattern(), key.code());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<Uses.Key> key(String cursor) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            String[] parts = text.split("\n", -1);
            return parts.length == 4 && DoorDatabase.isText(text)
                    ? PatternForm.date(parts[0]).map(day -> new Uses.Key(day, parts[1], parts[2], parts[3]))
                    : Optional.empty();
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static <T> Reply page(
            String name, List<T> page, int limit, Function<T, JsonObject> json, Function<T, String> cursor) {
        JsonArray all = new JsonArray();
        page.forEach(one -> all.add(json.apply(one)));
        String next = page.size() < limit ? null : cursor.apply(page.get(page.size() - 1));
        return Reply.of(200, new JsonObject().put(name, all).put("next", next));
    }

    private @Nullable Reply map(RoutingContext context, Asked asked) throws SQLException {
        Optional<UrlPattern> pattern = store.find(asked.who(), asked.named(asked.id()));
        Optional<RedirectMap.Format> format =
                Optional.ofNullable(asked.query().get("format")).flatMap(RedirectMap.Format::ofLabel);
        Optional<Resolver> resolver = redirects.resolver();
        if (pattern.isEmpty()) {
            return Reply.of(NO_PATTERN);
        }
        boolean isBlind = pattern.get().template().isInQuery()
                && format.filter(RedirectMap.Format.APACHE_REDIRECT::equals).isPresent();
        if (format.isEmpty() || isBlind) {
            return Reply.of(NO_FORMAT);
        }
        if (pattern.get().vintage() == null) {
            return Reply.of(NO_VINTAGE);
        }
        Optional<String> door = door(context.request());
        if (resolver.isEmpty() || door.isEmpty()) {
            return Reply.of(UNAVAILABLE);
        }
        String ours = door.get() + "/v1/redirects/" + pattern.get().id() + "/";
        RedirectMap map = new RedirectMap(pattern.get(), format.get(), resolver.get(), ours);
        List<UnitCode> codes = map.codes();
        vertx.getOrCreateContext().runOnContext(start -> {
            HttpServerResponse response = context.response()
                    .setChunked(true)
                    .putHeader("Content-Type", "text/plain; charset=us-ascii")
                    .putHeader("Cache-Control", "no-store");
            response.write(map.head()).onSuccess(written -> write(response, map, codes, 0));
        });
        return null;
    }

    /** Each part is made when the one before has been taken: a slow reader holds one part in memory. */
    private void write(HttpServerResponse response, RedirectMap map, List<UnitCode> codes, int from) {
        int to = Math.min(codes.size(), from + UNITS_AT_A_TIME);
        if (from == to) {
            response.end();
            return;
        }
        vertx.executeBlocking(() -> map.lines(codes.subList(from, to)), false)
                .compose(response::write)
                .onSuccess(written -> write(response, map, codes, to))
                .onFailure(failure -> {
                    LOG.debugf("A map was not taken to its end cause=%s", failure.toString());
                    response.reset();
                });
    }

    /** The door's address as callers know it; empty if the request names none. */
    private Optional<String> door(HttpServerRequest request) {
        if (config.publicUrl().isPresent()) {
            return config.publicUrl().map(url -> url.toString().replaceAll("/$", ""));
        }
        return Optional.ofNullable(request.authority())
                .map(Object::toString)
                .filter(authority -> AUTHORITY.matcher(authority).matches())
                .map(authority -> request.scheme() + "://" + authority);
    }

    private static String after(MultiMap query) {
        return Optional.ofNullable(query.get("after")).orElse("");
    }

    private static Optional<Integer> limit(MultiMap query) {
        String limit = query.get("limit");
        if (limit == null) {
            return Optional.of(PAGE);
        }
        return limit.matches("\\d{1,4}")
                ? Optional.of(Integer.parseInt(limit)).filter(many -> many >= 1 && many <= LONGEST_PAGE)
                : Optional.empty();
    }
}
