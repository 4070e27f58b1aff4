package vn.dvhc.gateway.subscribe;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import vn.dvhc.gateway.GatewayConfig;
import vn.dvhc.gateway.change.ChangeFilter;
import vn.dvhc.gateway.change.Feed;
import vn.dvhc.gateway.change.Feeds;
import vn.dvhc.gateway.change.StreamName;
import vn.dvhc.gateway.identity.Bearers;
import vn.dvhc.gateway.route.Problem;
import vn.dvhc.gateway.store.DoorDatabase;

/** Answers {@code /v1/subscriptions}: each caller handles their own, operators all. */
@ApplicationScoped
public class SubscriptionDesk {

    private static final Logger LOG = Logger.getLogger(SubscriptionDesk.class);

    private static final Pattern PATH =
            Pattern.compile("/v1/subscriptions(?:/(sub_[0-9a-f]{32})(?:/(secret|replay|test|deliveries))?)?");

    private static final long LONGEST_BODY = 16 * 1024;
    private static final int PAGE = 100;
    private static final int LONGEST_PAGE = 1_000;

    private static final Problem UNAVAILABLE = new Problem(
            "subscriptions-unavailable",
            "Chưa phục vụ đăng ký",
            503,
            "Kho lưu đăng ký hoặc dòng thay đổi chưa sẵn sàng. Tra cứu vẫn hoạt động; vui lòng thử lại sau ít giây.");
    private static final Problem NO_SUBSCRIPTION =
            new Problem("no-subscription", "Không có đăng ký này", 404, "Không có đăng ký nào mang mã này.");
    private static final Problem TOO_LONG =
            new Problem("body-too-large", "Nội dung quá lớn", 413, "Nội dung về một đăng ký không được quá 16 KB.");
    private static final Problem TOO_MANY = new Problem(
            "too-many-subscriptions",
            "Quá nhiều đăng ký",
            409,
            "Tài khoản này hoặc cổng đã có đủ số đăng ký cho phép. Hãy xoá bớt rồi thử lại.");
    private static final Problem TEST_UNDER_WAY =
            new Problem("test-under-way", "Đang gửi thử", 409, "Lần gửi thử trước của đăng ký này chưa xong.");
    private static final Problem NOT_READABLE = bad("no-json", "Nội dung phải là một đối tượng JSON.");
    private static final Problem NO_URL = bad(
            "no-url",
            "Cần trường url là địa chỉ https công khai, dài tối đa 2.000 ký tự, không kèm tài khoản hay dấu #.");
    private static final Problem NO_DESCRIPTION =
            bad("no-description", "Trường description là một chuỗi dài tối đa 200 ký tự, không có ký tự NUL.");
    private static final Problem NO_FILTER = bad(
            "no-filter",
            "filter gồm units, provinces (mã định danh như 00004@2025-07-01, mỗi loại tối đa 20; provinces phải là cấp tỉnh)"
                    + " và kinds (created, ended, renamed, reclassified, reparented, recoded, succeeded, retracted, scheduled,"
                    + " withdrawn); với stream là handovers thì kinds là sealed, signed, completed và có thêm datasets (tên tập"
                    + " dữ liệu, tối đa 20).");
    private static final Problem NO_STREAM = bad("no-stream", "stream là units (mặc định) hoặc handovers.");
    private static final Problem NO_DATASET =
            bad("no-dataset", "Chỉ bàn giao có tập dữ liệu: filter.datasets cần stream là handovers.");
    private static final Problem OTHER_STREAM = new Problem(
            "other-stream",
            "Không đổi được dòng tin",
            409,
            "Một đăng ký theo một dòng tin từ đầu đến cuối: mỗi dòng có số thứ tự riêng. Hãy tạo đăng ký khác.");
    private static final Problem NO_UNIT = bad("unknown-unit", "Bộ lọc nêu một đơn vị chưa từng có.");
    private static final Problem NO_STATE = bad("no-state", "state là active hoặc paused.");
    private static final Problem NO_FROM = bad("no-sequence", "from phải là số thứ tự từ 1 trở lên.");
    private static final Problem NO_PAGE = bad("no-page", "limit từ 1 đến 1.000; after lấy từ trang trước.");

    private final Vertx vertx;
    private final SubscriptionStore store;
    private final PostOffice office;
    private final Feeds feeds;
    private final GatewayConfig.Webhooks config;
    private final Set<String> operators;
    private final SecureRandom random = new SecureRandom();
    private final Set<String> tested = ConcurrentHashMap.newKeySet();

    @Inject
    SubscriptionDesk(Vertx vertx, SubscriptionStore store, PostOffice office, Feeds feeds, GatewayConfig all) {
        this.vertx = vertx;
        this.store = store;
        this.office = office;
        this.feeds = feeds;
        this.config = all.webhooks();
        this.operators = config.operatorRoles();
    }

    /** An answer: a problem, or a status with a body that may be null. */
    private record Reply(
            @Nullable Problem problem, int status, @Nullable JsonObject body) {

        static Reply of(Problem problem) {
            return new Reply(problem, problem.status(), null);
        }

        static Reply of(int status, @Nullable JsonObject body) {
            return new Reply(null, status, body);
        }
    }

    /** Something that blocks. */
    private interface Step {
        Reply take() throws SQLException;
    }

    private static Problem bad(String slug, String detail) {
        return new Problem(slug, "Yêu cầu không hợp lệ", 400, detail);
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
        } else if (office.box().isEmpty()) {
            request.resume();
            send(context.response(), Reply.of(UNAVAILABLE));
        } else {
            SubscriptionStore.Person who = new SubscriptionStore.Person(
                    caller.owner(), caller.roles().stream().anyMatch(operators::contains));
            request.resume().body().onSuccess(body -> answer(context, who, path.group(1), path.group(2), body));
        }
    }

    private void answer(
            RoutingContext context,
            SubscriptionStore.Person who,
            @Nullable String id,
            @Nullable String part,
            Buffer body) {
        String method = context.request().method().name();
        String call = method + (id == null ? "" : " id") + (part == null ? "" : " " + part);
        Future<Reply> reply = switch (call) {
            case "GET" -> blocking(() -> list(context, who));
            case "POST" -> blocking(() -> create(who, body));
            case "GET id" -> blocking(() -> found(store.find(who, named(id))));
            case "PUT id" -> blocking(() -> change(who, named(id), body));
            case "DELETE id" -> blocking(() -> delete(who, named(id)));
            case "POST id secret" -> blocking(() -> rotate(who, named(id)));
            case "POST id replay" -> blocking(() -> replay(who, named(id), body));
            case "POST id test" -> test(who, named(id));
            case "GET id deliveries" -> blocking(() -> deliveries(context, who, named(id)));
            default -> {
                context.response().putHeader("Allow", allowed(id, part));
                yield Future.succeededFuture(Reply.of(Problem.METHOD_NOT_ALLOWED));
            }
        };
        reply.onSuccess(answer -> send(context.response(), answer))
                .onFailure(failure -> send(context.response(), Reply.of(told(failure))));
    }

    private static String named(@Nullable String id) {
        if (id == null) {
            throw new IllegalStateException("The path names no subscription");
        }
        return id;
    }

    private static String allowed(@Nullable String id, @Nullable String part) {
        if (id == null) {
            return "GET, POST";
        }
        return part == null ? "DELETE, GET, PUT" : part.equals("deliveries") ? "GET" : "POST";
    }

    private Future<Reply> blocking(Step step) {
        return vertx.executeBlocking(step::take, false);
    }

    private static Problem told(Throwable failure) {
        if (failure instanceof SQLException) {
            LOG.warnf("Subscriptions can't be read or written now cause=%s", failure.toString());
            return UNAVAILABLE;
        }
        LOG.error("A request about subscriptions failed unexpectedly", failure);
        return Problem.INTERNAL;
    }

    private Reply list(RoutingContext context, SubscriptionStore.Person who) throws SQLException {
        Optional<Integer> limit = limit(context);
        String after = Optional.ofNullable(context.queryParams().get("after")).orElse("");
        if (limit.isEmpty() || !DoorDatabase.isText(after)) {
            return Reply.of(NO_PAGE);
        }
        List<Subscription> page = store.list(who, after, limit.get());
        String next =
                page.size() < limit.get() ? null : page.get(page.size() - 1).id();
        JsonArray all = new JsonArray();
        page.forEach(one -> all.add(SubscriptionForm.json(one)));
        return Reply.of(200, new JsonObject().put("subscriptions", all).put("next", next));
    }

    private Reply create(SubscriptionStore.Person who, Buffer body) throws SQLException {
        Optional<JsonObject> form = SubscriptionForm.object(body);
        Optional<Problem> problem = form.flatMap(one -> problem(one, StreamName.UNITS));
        if (form.isEmpty() || problem.isPresent()) {
            return Reply.of(problem.orElse(NOT_READABLE));
        }
        SubscriptionStore.Wish wish = wish(form.get(), StreamName.UNITS);
        Feed feed = feeds.of(wish.filter().stream());
        if (!feed.isCaughtUp()) {
            return Reply.of(UNAVAILABLE);
        }
        boolean fromHere = !form.get().containsKey("from");
        Optional<Long> from = SubscriptionForm.from(form.get());
        if (!fromHere && from.isEmpty()) {
            return Reply.of(NO_FROM);
        }
        long position = fromHere ? feed.last() : from.orElseThrow() - 1;
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        String id = "sub_" + HexFormat.of().formatHex(bytes);
        SecretBox box = office.box().orElseThrow();
        byte[] secret = box.secret();
        SubscriptionStore.Limits limits = new SubscriptionStore.Limits(config.mostOfOwner(), config.most());
        Optional<Subscription> made = store.create(who, id, wish, box.seal(id, secret), position, limits);
        office.look();
        return made.map(one -> Reply.of(201, SubscriptionForm.json(one).put("secret", SecretBox.shown(secret))))
                .orElse(Reply.of(TOO_MANY));
    }

    private Reply change(SubscriptionStore.Person who, String id, Buffer body) throws SQLException {
        Optional<JsonObject> form = SubscriptionForm.object(body);
        Optional<Subscription> present = store.find(who, id);
        if (form.isPresent() && present.isEmpty()) {
            return Reply.of(NO_SUBSCRIPTION);
        }
        StreamName own = present.map(one -> one.filter().stream()).orElse(StreamName.UNITS);
        Optional<Problem> problem = form.flatMap(one -> problem(one, own));
        if (form.isEmpty() || problem.isPresent()) {
            return Reply.of(problem.orElse(NOT_READABLE));
        }
        SubscriptionStore.Wish wish = wish(form.get(), own);
        if (wish.filter().stream() != own) {
            return Reply.of(OTHER_STREAM);
        }
        Optional<Subscription.State> state = SubscriptionForm.state(form.get());
        if (state.isEmpty()) {
            return Reply.of(NO_STATE);
        }
        return changed(store.change(who, id, wish, state.get()));
    }

    private Reply delete(SubscriptionStore.Person who, String id) throws SQLException {
        boolean gone = store.delete(who, id);
        office.look();
        return gone ? Reply.of(204, null) : Reply.of(NO_SUBSCRIPTION);
    }

    private Reply rotate(SubscriptionStore.Person who, String id) throws SQLException {
        SecretBox box = office.box().orElseThrow();
        byte[] secret = box.secret();
        Optional<Subscription> rotated = store.rotate(who, id, box.seal(id, secret), config.overlap());
        if (rotated.isEmpty()) {
            return Reply.of(NO_SUBSCRIPTION);
        }
        office.look();
        JsonObject answer = new JsonObject()
                .put("secret", SecretBox.shown(secret))
                .put(
                        "formerValidUntil",
                        rotated.get().changedAt().plus(config.overlap()).toString());
        return Reply.of(200, answer);
    }

    private Reply replay(SubscriptionStore.Person who, String id, Buffer body) throws SQLException {
        Optional<Long> from = SubscriptionForm.object(body).flatMap(SubscriptionForm::from);
        if (from.isEmpty()) {
            return Reply.of(NO_FROM);
        }
        return changed(store.replay(who, id, from.get()));
    }

    private Future<Reply> test(SubscriptionStore.Person who, String id) {
        if (!tested.add(id)) {
            return Future.succeededFuture(Reply.of(TEST_UNDER_WAY));
        }
        return vertx.<Optional<Future<Outcome>>>executeBlocking(
                        () -> {
                            Optional<Subscription> subscription = store.find(who, id);
                            Optional<SubscriptionStore.Secrets> secrets =
                                    subscription.isEmpty() ? Optional.empty() : store.secrets(id);
                            return secrets.map(locked -> office.test(subscription.orElseThrow(), locked));
                        },
                        false)
                .compose(sent -> sent.map(
                                outcome -> outcome.compose(of -> noted(id, of)).map(json -> Reply.of(200, json)))
                        .orElse(Future.succeededFuture(Reply.of(NO_SUBSCRIPTION))))
                .onComplete(done -> tested.remove(id));
    }

    private Future<JsonObject> noted(String id, Outcome outcome) {
        if (!outcome.isDelivered()) {
            return Future.succeededFuture(SubscriptionForm.json(outcome));
        }
        return vertx.executeBlocking(
                () -> {
                    store.proven(id);
                    office.look();
                    return SubscriptionForm.json(outcome);
                },
                false);
    }

    private Reply deliveries(RoutingContext context, SubscriptionStore.Person who, String id) throws SQLException {
        Optional<Integer> limit = limit(context);
        String after = Optional.ofNullable(context.queryParams().get("after")).orElse("0");
        if (limit.isEmpty() || !after.matches("\\d{1,15}")) {
            return Reply.of(NO_PAGE);
        }
        if (store.find(who, id).isEmpty()) {
            return Reply.of(NO_SUBSCRIPTION);
        }
        List<SubscriptionStore.Kept> page = store.deliveries(id, Long.parseLong(after), limit.get());
        Long next = page.size() < limit.get() ? null : page.get(page.size() - 1).sequence();
        JsonArray all = new JsonArray();
        page.forEach(one -> all.add(SubscriptionForm.json(one)));
        return Reply.of(200, new JsonObject().put("deliveries", all).put("next", next));
    }

    private Reply changed(Optional<Subscription> subscription) {
        office.look();
        return found(subscription);
    }

    private static Reply found(Optional<Subscription> subscription) {
        return subscription
                .map(one -> Reply.of(200, SubscriptionForm.json(one)))
                .orElse(Reply.of(NO_SUBSCRIPTION));
    }

    /** @param otherwise the stream if the form tells none */
    private Optional<Problem> problem(JsonObject form, StreamName otherwise) {
        Optional<StreamName> stream = SubscriptionForm.stream(form, otherwise);
        Optional<ChangeFilter> filter = stream.flatMap(name -> SubscriptionForm.filter(form, name));
        if (SubscriptionForm.url(form, office.destination()).isEmpty()) {
            return Optional.of(NO_URL);
        }
        if (!SubscriptionForm.isDescribed(form)) {
            return Optional.of(NO_DESCRIPTION);
        }
        if (stream.isEmpty()) {
            return Optional.of(NO_STREAM);
        }
        if (stream.get() == StreamName.UNITS && SubscriptionForm.namesDatasets(form)) {
            return Optional.of(NO_DATASET);
        }
        if (filter.isEmpty()) {
            return Optional.of(NO_FILTER);
        }
        return feeds.of(StreamName.UNITS).isCaughtUp() && !feeds.knowsUnitsOf(filter.get())
                ? Optional.of(NO_UNIT)
                : Optional.empty();
    }

    /** Of a form without problem. */
    private SubscriptionStore.Wish wish(JsonObject form, StreamName otherwise) {
        URI url = SubscriptionForm.url(form, office.destination()).orElseThrow();
        return new SubscriptionStore.Wish(
                url,
                SubscriptionForm.description(form),
                SubscriptionForm.stream(form, otherwise)
                        .flatMap(stream -> SubscriptionForm.filter(form, stream))
                        .orElseThrow());
    }

    private static Optional<Integer> limit(RoutingContext context) {
        String limit = context.queryParams().get("limit");
        if (limit == null) {
            return Optional.of(PAGE);
        }
        return limit.matches("\\d{1,4}")
                ? Optional.of(Integer.parseInt(limit)).filter(many -> many >= 1 && many <= LONGEST_PAGE)
                : Optional.empty();
    }

    private static void send(HttpServerResponse response, Reply reply) {
        if (response.closed() || response.ended()) {
            return;
        }
        Problem problem = reply.problem();
        JsonObject body = reply.body();
        if (problem != null) {
            if (problem.status() == 503) {
                response.putHeader("Retry-After", "5");
            }
            problem.send(response);
            return;
        }
        response.setStatusCode(reply.status()).putHeader("Cache-Control", "no-store");
        if (body == null) {
            response.end();
        } else {
            if (reply.status() == 201) {
                response.putHeader("Location", "/v1/subscriptions/" + body.getString("id"));
            }
            response.putHeader("Content-Type", "application/json").end(body.toBuffer());
        }
    }
}
