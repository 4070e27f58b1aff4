package vn.dvhc.gateway.audit;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import vn.dvhc.gateway.route.Problem;
import vn.dvhc.gateway.store.DoorDatabase;

/** Answers {@code /v1/audit/door}: entries, latest first; and whether the chain holds. */
@ApplicationScoped
public class AuditDesk {

    private static final Logger LOG = Logger.getLogger(AuditDesk.class);

    private static final String LIST = "/v1/audit/door";
    private static final String VERIFICATION = LIST + "/verification";
    private static final int PAGE = 100;
    private static final int LONGEST_PAGE = 1_000;

    private static final Problem UNAVAILABLE = new Problem(
            "audit-unavailable",
            "Chưa đọc được nhật ký của cổng",
            503,
            "Kho lưu nhật ký của cổng chưa sẵn sàng. Vui lòng thử lại sau ít giây.");
    private static final Problem NO_PAGE = new Problem(
            "no-page",
            "Yêu cầu không hợp lệ",
            400,
            "limit từ 1 đến 1.000; cursor lấy từ trang trước; outcome là refused, done, uncertain hoặc lost;"
                    + " who không chứa ký tự NUL.");

    private final Vertx vertx;
    private final AuditStore store;

    @Inject
    AuditDesk(Vertx vertx, AuditStore store) {
        this.vertx = vertx;
        this.store = store;
    }

    /** Something that blocks. */
    private interface Step {
        JsonObject take() throws SQLException;
    }

    /** Answers a request of somebody who may. */
    public void answer(RoutingContext context) {
        context.request().resume();
        String path = context.request().path();
        if (!path.equals(LIST) && !path.equals(VERIFICATION)) {
            Problem.NO_SUCH_ADDRESS.send(context.response());
        } else if (!context.request().method().equals(HttpMethod.GET)) {
            context.response().putHeader("Allow", "GET");
            Problem.METHOD_NOT_ALLOWED.send(context.response());
        } else if (path.equals(VERIFICATION)) {
            answer(context.response(), this::verification);
        } else {
            question(context)
                    .ifPresentOrElse(
                            question -> answer(context.response(), () -> list(question)),
                            () -> NO_PAGE.send(context.response()));
        }
    }

    private void answer(HttpServerResponse response, Step step) {
        vertx.executeBlocking(step::take, false)
                .onSuccess(body -> response.putHeader("Content-Type", "application/json")
                        .putHeader("Cache-Control", "no-store")
                        .end(body.toBuffer()))
                .onFailure(failure -> told(failure).send(response));
    }

    private static Problem told(Throwable failure) {
        if (failure instanceof SQLException) {
            LOG.warnf("The door's audit can't be read now cause=%s", failure.toString());
            return UNAVAILABLE;
        }
        LOG.error("The door's audit can't be read", failure);
        return Problem.INTERNAL;
    }

    private JsonObject list(AuditStore.Question question) throws SQLException {
        List<Entry> page = store.list(question);
        JsonArray entries = new JsonArray();
        page.forEach(entry -> entries.add(json(entry)));
        Long next = page.size() < question.limit()
                ? null
                : page.get(page.size() - 1).place();
        return new JsonObject().put("entries", entries).put("next", next);
    }

    private JsonObject verification() throws SQLException {
        Verification chain = store.verify();
        JsonObject broken = chain.fault()
                .map(why -> new JsonObject().put("place", chain.faultAt()).put("why", why))
                .orElse(null);
        return new JsonObject()
                .put("entries", chain.entries())
                .put("head", chain.head())
                .put("intact", broken == null)
                .put("broken", broken);
    }

    private static JsonObject json(Entry entry) {
        DoorEvent event = entry.event();
        return new JsonObject()
                .put("place", entry.place())
                .put("at", event.at().toString())
                .put("outcome", event.outcome().label())
                .put("who", event.who())
                .put("client", event.client())
                .put("unit", event.unit())
                .put("method", event.method())
                .put("what", event.what())
                .put("concerning", event.concerning())
                .put("status", event.status())
                .put("why", event.why())
                .put("times", entry.times())
                .put("hash", entry.hash());
    }

    private static Optional<AuditStore.Question> question(RoutingContext context) {
        Optional<Long> limit = number(context, "limit", PAGE).filter(many -> many >= 1 && many <= LONGEST_PAGE);
        Optional<Long> before = number(context, "cursor", Long.MAX_VALUE);
        String outcome = context.request().getParam("outcome");
        String who = context.request().getParam("who");
        if (limit.isEmpty() || before.isEmpty() || !isOutcome(outcome) || (who != null && !DoorDatabase.isText(who))) {
            return Optional.empty();
        }
        return Optional.of(
                new AuditStore.Question(who, outcome, before.get(), limit.get().intValue()));
    }

    private static Optional<Long> number(RoutingContext context, String name, long otherwise) {
        String value = context.request().getParam(name);
        if (value == null) {
            return Optional.of(otherwise);
        }
        return value.matches("\\d{1,18}") ? Optional.of(Long.parseLong(value)) : Optional.empty();
    }

    private static boolean isOutcome(@Nullable String word) {
        if (word == null) {
            return true;
        }
        for (DoorEvent.Outcome outcome : DoorEvent.Outcome.values()) {
            if (outcome.label().equals(word)) {
                return true;
            }
        }
        return false;
    }
}
