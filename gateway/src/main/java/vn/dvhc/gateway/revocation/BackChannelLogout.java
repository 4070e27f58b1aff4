package vn.dvhc.gateway.revocation;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import vn.dvhc.gateway.audit.DoorAudit;
import vn.dvhc.gateway.identity.LogoutTokens;
import vn.dvhc.gateway.identity.Revocation;
import vn.dvhc.gateway.right.Verdict;
import vn.dvhc.gateway.route.Problem;

/**
 * Answers {@code POST /v1/backchannel-logout} (OpenID Connect Back-Channel Logout 1.0): the issuer tells that somebody has signed out.
 * The logout token is the issuer's credential, no other is wanted. Telling the same again changes nothing.
 */
@ApplicationScoped
public class BackChannelLogout {

    private static final Logger LOG = Logger.getLogger(BackChannelLogout.class);

    private static final String PATH = "/v1/backchannel-logout";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String FIELD = "logout_token";
    private static final int LONGEST_BODY = 16 * 1024;
    private static final int LONGEST_NAME = 255;
    private static final String SIGN_OUT = "sign-out";

    private static final Problem NO_LOGOUT_TOKEN = new Problem(
            "no-logout-token",
            "Yêu cầu không hợp lệ",
            400,
            "Cần trường logout_token chứa mã đăng xuất (logout token) do hệ thống đăng nhập ký, gửi dưới dạng biểu mẫu.");
    private static final Problem NOT_KEPT = new Problem(
            "sign-out-not-kept",
            "Chưa ghi được việc đăng xuất",
            503,
            "Phiên đã bị thu hồi tại máy chủ này của cổng nhưng chưa ghi được cho các máy chủ khác; cổng sẽ tự ghi lại.");

    private final Vertx vertx;
    private final LogoutTokens tokens;
    private final RevocationBook book;
    private final DoorAudit audit;

    BackChannelLogout(Vertx vertx, LogoutTokens tokens, RevocationBook book, DoorAudit audit) {
        this.vertx = vertx;
        this.tokens = tokens;
        this.book = book;
        this.audit = audit;
    }

    /** Answers whoever asks. */
    public void answer(RoutingContext context) {
        HttpServerRequest request = context.request();
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        if (!request.path().equals(PATH)) {
            refuse(context, Problem.NO_SUCH_ADDRESS);
        } else if (!request.method().equals(HttpMethod.POST)) {
            context.response().putHeader("Allow", "POST");
            refuse(context, Problem.METHOD_NOT_ALLOWED);
        } else if (length == null || Long.parseLong(length) > LONGEST_BODY || !isForm(type)) {
            context.response().putHeader("Connection", "close");
            refuse(context, NO_LOGOUT_TOKEN);
        } else {
            request.resume()
                    .body()
                    .onSuccess(body -> field(body)
                            .ifPresentOrElse(token -> check(context, token), () -> refuse(context, NO_LOGOUT_TOKEN)));
        }
    }

    private static boolean isForm(@Nullable String type) {
        return type != null && type.regionMatches(true, 0, FORM, 0, FORM.length());
    }

    /** Sent once; a form that says it twice can be read in two ways. */
    private static Optional<String> field(Buffer body) {
        QueryStringDecoder form = new QueryStringDecoder(body.toString(), StandardCharsets.UTF_8, false);
        try {
            List<String> values = form.parameters().getOrDefault(FIELD, List.of());
            return values.size() == 1 && !values.get(0).isEmpty() ? Optional.of(values.get(0)) : Optional.empty();
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private void check(RoutingContext context, String token) {
        tokens.read(token).subscribe().with(reading -> {
            switch (reading.access()) {
                case GRANTED ->
                    reading.signedOut()
                            .flatMap(this::revocation)
                            .ifPresentOrElse(
                                    revocation -> keep(context, revocation), () -> refuse(context, NO_LOGOUT_TOKEN));
                case UNDECIDABLE -> refuse(context, Problem.IDENTITY_UNAVAILABLE);
                case UNAUTHENTICATED, REVOKED, TOO_LONG_LIVED, FORBIDDEN -> refuse(context, NO_LOGOUT_TOKEN);
            }
        });
    }

    private Optional<Revocation> revocation(LogoutTokens.SignedOut told) {
        return told.session()
                .map(session -> book.ofSession(session, told.at()))
                .or(() -> told.subject().map(subject -> book.revocation(Revocation.Kind.SUBJECT, subject, told.at())))
                .filter(revocation -> revocation.name().length() <= LONGEST_NAME);
    }

    private void keep(RoutingContext context, Revocation revocation) {
        audit.judged(context, new Verdict(Verdict.Kind.GRANTED, SIGN_OUT, Words.concerning(revocation), SIGN_OUT));
        audit.watch(context);
        vertx.executeBlocking(
                        () -> {
                            book.signedOut(revocation);
                            return true;
                        },
                        false)
                .onSuccess(kept -> Answer.send(context.response(), 200, null))
                .onFailure(failure -> {
                    if (failure instanceof SQLException) {
                        LOG.warnf("A sign-out can't be written now cause=%s", failure.toString());
                        Answer.send(context.response(), NOT_KEPT);
                    } else {
                        LOG.error("A sign-out failed unexpectedly", failure);
                        Answer.send(context.response(), Problem.INTERNAL);
                    }
                });
    }

    private void refuse(RoutingContext context, Problem problem) {
        audit.refused(context, problem.status(), problem.slug());
        Answer.send(context.response(), problem);
        context.request().resume();
    }
}
