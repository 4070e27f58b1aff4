package vn.dvhc.gateway.revocation;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import vn.dvhc.gateway.audit.DoorAudit;
import vn.dvhc.gateway.identity.Bearers;
import vn.dvhc.gateway.identity.Revocation;
import vn.dvhc.gateway.right.Verdict;
import vn.dvhc.gateway.route.Problem;
import vn.dvhc.right.Call;

/** Answers {@code /v1/revocations}: administrators call back the tokens of a subject or a client, and let them count again. */
@ApplicationScoped
public class RevocationDesk {

    private static final Logger LOG = Logger.getLogger(RevocationDesk.class);

    private static final String ALL = "/v1/revocations";
    private static final Pattern ONE = Pattern.compile(ALL + "/(rev_[0-9a-f]{16})");
    private static final int LONGEST_BODY = 16 * 1024;
    private static final int PAGE = 100;
    private static final int LONGEST_PAGE = 1_000;

    private static final Problem UNAVAILABLE = new Problem(
            "revocations-unavailable",
            "Chưa thu hồi được",
            503,
            "Kho lưu việc thu hồi chưa sẵn sàng. Vui lòng thử lại sau ít giây.");
    private static final Problem NO_REVOCATION = new Problem(
            "no-revocation",
            "Không có lệnh thu hồi này",
            404,
            "Không có lệnh thu hồi nào của tài khoản hay phần mềm mang mã này còn hiệu lực.");
    private static final Problem NOT_READABLE = new Problem(
            "no-revocation-form",
            "Yêu cầu không hợp lệ",
            400,
            "Cần đúng một trong hai trường subject và client, trường why (lý do, tối đa 500 ký tự), và nếu muốn chặn tiếp thì until"
                    + " là thời điểm sắp tới trong vòng một năm, như 2026-12-01T00:00:00Z.");
    private static final Problem NO_PAGE =
            new Problem("no-page", "Yêu cầu không hợp lệ", 400, "limit từ 1 đến 1.000; cursor lấy từ trang trước.");
    private static final Problem YOURSELF = new Problem(
            "revokes-yourself",
            "Không thể tự chặn mình",
            409,
            "Lệnh này chặn chính tài khoản hay phần mềm đang gửi yêu cầu. Bỏ until thì chỉ thu hồi các mã đã cấp đến lúc này.");

    private final Vertx vertx;
    private final RevocationBook book;
    private final DoorAudit audit;
    private final Clock clock = Clock.systemUTC();

    RevocationDesk(Vertx vertx, RevocationBook book, DoorAudit audit) {
        this.vertx = vertx;
        this.book = book;
        this.audit = audit;
    }

    /** Answers a request of somebody who may. */
    public void answer(RoutingContext context) {
        HttpServerRequest request = context.request();
        Matcher one = ONE.matcher(request.path());
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length != null && Long.parseLong(length) > LONGEST_BODY) {
            context.response().putHeader("Connection", "close");
            refuse(context, NOT_READABLE);
        } else if (one.matches()) {
            answerOne(context, one.group(1));
        } else if (request.path().equals(ALL)) {
            answerAll(context);
        } else {
            refuse(context, Problem.NO_SUCH_ADDRESS);
        }
    }

    private void answerAll(RoutingContext context) {
        switch (context.request().method().name()) {
            case "GET" -> list(context);
            case "POST" -> context.request().resume().body().onSuccess(body -> revoke(context, body));
            default -> {
                context.response().putHeader("Allow", "GET, POST");
                refuse(context, Problem.METHOD_NOT_ALLOWED);
            }
        }
    }

    private void answerOne(RoutingContext context, String id) {
        if (context.request().method().name().equals("DELETE")) {
            context.request().resume();
            blocking(context, () -> book.lift(id), lifted -> lifted(context, lifted));
        } else {
            context.response().putHeader("Allow", "DELETE");
            refuse(context, Problem.METHOD_NOT_ALLOWED);
        }
    }

    private void list(RoutingContext context) {
        context.request().resume();
        Optional<Long> limit = number(context, "limit", PAGE).filter(many -> many >= 1 && many <= LONGEST_PAGE);
        Optional<Long> before = number(context, "cursor", Long.MAX_VALUE);
        if (limit.isEmpty() || before.isEmpty()) {
            refuse(context, NO_PAGE);
            return;
        }
        int many = limit.get().intValue();
        blocking(context, () -> book.list(before.get(), many), page -> {
            JsonArray all = new JsonArray();
            page.forEach(kept -> all.add(RevocationForm.json(kept)));
            Long next = page.size() < many ? null : page.get(page.size() - 1).change();
            Answer.send(
                    context.response(),
                    200,
                    new JsonObject().put("revocations", all).put("next", next));
        });
    }

    private void revoke(RoutingContext context, Buffer body) {
        Instant now = clock.instant();
        Optional<RevocationForm> form = RevocationForm.read(body, now);
        Optional<Bearers.Bearer> caller = Bearers.bearer(context);
        if (form.isEmpty() || caller.isEmpty()) {
            refuse(context, NOT_READABLE);
            return;
        }
        RevocationForm asked = form.get();
        if (asked.until().isPresent() && isOf(caller.get(), asked)) {
            refuse(context, YOURSELF);
            return;
        }
        Revocation revocation =
                book.revocation(asked.whose(), asked.name(), asked.until().orElse(now));
        String by = caller.get().subject();
        blocking(context, () -> book.revoke(revocation, asked.why(), by), kept -> {
            judged(context, kept);
            if (!context.response().headWritten()) {
                context.response().putHeader("Location", ALL + "/" + kept.id());
            }
            Answer.send(context.response(), 201, RevocationForm.json(kept));
        });
    }

    private void lifted(RoutingContext context, Optional<KeptRevocation> lifted) {
        if (lifted.isPresent()) {
            judged(context, lifted.get());
            Answer.send(context.response(), 204, null);
        } else {
            refuse(context, NO_REVOCATION);
        }
    }

    private static boolean isOf(Bearers.Bearer caller, RevocationForm asked) {
        return asked.name().equals(asked.whose() == Revocation.Kind.SUBJECT ? caller.subject() : caller.client());
    }

    /** Whose tokens it was goes into the audit with the change; why in words stays with the revocation. */
    private void judged(RoutingContext context, KeptRevocation kept) {
        audit.judged(
                context,
                new Verdict(
                        Verdict.Kind.GRANTED,
                        Call.REVOKE_TOKENS.label(),
                        Words.concerning(kept.revocation()),
                        "country"));
    }

    private <T> void blocking(RoutingContext context, Callable<T> step, Consumer<T> told) {
        vertx.executeBlocking(step, false).onSuccess(told::accept).onFailure(failure -> {
            if (failure instanceof SQLException) {
                LOG.warnf("Revocations can't be read or written now cause=%s", failure.toString());
                Answer.send(context.response(), UNAVAILABLE);
            } else {
                LOG.error("A request about revocations failed unexpectedly", failure);
                Answer.send(context.response(), Problem.INTERNAL);
            }
        });
    }

    private static Optional<Long> number(RoutingContext context, String name, long otherwise) {
        String value = context.request().getParam(name);
        if (value == null) {
            return Optional.of(otherwise);
        }
        return value.matches("\\d{1,18}") ? Optional.of(Long.parseLong(value)) : Optional.empty();
    }

    private static void refuse(RoutingContext context, Problem problem) {
        Answer.send(context.response(), problem);
        context.request().resume();
    }
}
