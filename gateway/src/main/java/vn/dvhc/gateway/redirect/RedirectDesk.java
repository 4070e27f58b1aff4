package vn.dvhc.gateway.redirect;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vn.dvhc.gateway.GatewayConfig;
import vn.dvhc.gateway.change.ChangeLog;
import vn.dvhc.gateway.route.Problem;
import vn.dvhc.time.BusinessClock;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.UnitCode;

/**
 * Answers everybody where the page behind an old address is now: {@code /v1/redirects?url=…} and
 * {@code /v1/redirects/{pattern}/{code}}. Never waits for anything.
 */
@ApplicationScoped
public class RedirectDesk {

    private static final Pattern BY_CODE =
            Pattern.compile("/v1/redirects/(" + PatternDesk.ID + ")/(\\d{2}|\\d{3}|\\d{5})");
    private static final String CODE = "\\d{2}|\\d{3}|\\d{5}";

    /** Addresses that read a code as of today where they name no date; a code's whole story is none of them. */
    private static final Pattern OF_UNIT =
            Pattern.compile("/v1/units/(" + CODE + ")(?:/(?:lineage|predecessors|successors))?");

    /** Parameters that hold such a code, by path. */
    private static final Map<String, String> PARAMETERS =
            Map.of("/v1/units", "parent", "/v1/sync/communes", "province");

    private static final Problem NOT_READY = new Problem(
            "redirects-not-ready",
            "Chưa sẵn sàng",
            503,
            "Cổng đang đọc danh mục đơn vị và các mẫu địa chỉ. Vui lòng thử lại sau ít giây.");
    private static final Problem BAD_URL = new Problem(
            "bad-url",
            "Yêu cầu không hợp lệ",
            400,
            "Cần đúng một tham số url là địa chỉ http hoặc https đầy đủ, dài tối đa 2.000 ký tự, không kèm tài khoản,"
                    + " dấu #, dấu chấm hay dấu gạch chéo mã hoá trong đường dẫn.");
    private static final Problem NO_PATTERN = new Problem(
            "no-url-pattern", "Không tìm thấy", 404, "Không có mẫu địa chỉ nào đã đăng ký khớp với địa chỉ này.");
    private static final Problem NO_VINTAGE = new Problem(
            "vintage-not-declared",
            "Không thể chuyển hướng",
            409,
            "Mẫu địa chỉ này chưa khai ngày đọc mã (vintage). Cùng một mã có thể là nhiều đơn vị khác nhau theo thời gian, nên"
                    + " cổng không đoán. Chủ cổng thông tin cần khai ngày mà các mã trong địa chỉ được hiểu theo.");

    private final PatternBook book;
    private final ChangeLog log;
    private final BusinessClock clock;
    private final Optional<LocalDate> sunset;

    RedirectDesk(PatternBook book, ChangeLog log, BusinessClock clock, GatewayConfig config) {
        this.book = book;
        this.log = log;
        this.clock = clock;
        this.sunset = config.oldUrls().sunset();
    }

    /** What a call of an address is counted as. */
    public record Call(String pattern, UnitCode code) {}

    /** Answers, and tells what to count. */
    public Optional<Call> answer(RoutingContext context) {
        HttpServerRequest request = context.request();
        request.resume();
        Matcher byCode = BY_CODE.matcher(request.path());
        boolean byUrl = request.path().equals("/v1/redirects");
        if (!byUrl && !byCode.matches()) {
            Problem.NO_SUCH_ADDRESS.send(request.response());
        } else if (request.method() != HttpMethod.GET && request.method() != HttpMethod.HEAD) {
            request.response().putHeader("Allow", "GET, HEAD");
            Problem.METHOD_NOT_ALLOWED.send(request.response());
        } else if (!book.isOpen() || log.units().timeline().isEmpty()) {
            request.response().putHeader("Retry-After", "5");
            NOT_READY.send(request.response());
        } else if (byUrl) {
            Optional<AskedUrl> url = url(context);
            if (url.isPresent()) {
                return resolve(request, url.flatMap(book::match));
            }
            BAD_URL.send(request.response());
        } else {
            UnitCode code = UnitCode.of(byCode.group(2));
            return resolve(
                    request,
                    book.find(byCode.group(1))
                            .filter(pattern -> pattern.takes(code))
                            .map(pattern -> new PatternBook.Match(pattern, code)));
        }
        return Optional.empty();
    }

    private static Optional<AskedUrl> url(RoutingContext context) {
        List<String> urls = context.queryParam("url");
        return urls.size() == 1 ? AskedUrl.read(urls.get(0)) : Optional.empty();
    }

    private Optional<Call> resolve(HttpServerRequest request, Optional<PatternBook.Match> found) {
        if (found.isEmpty()) {
            NO_PATTERN.send(request.response());
            return Optional.empty();
        }
        PatternBook.Match match = found.get();
        LocalDate vintage = match.pattern().vintage();
        if (vintage == null) {
            NO_VINTAGE.send(request.response());
        } else {
            new RedirectAnswer(request, match, vintage, resolver().orElseThrow()).send();
        }
        return Optional.of(new Call(match.pattern().id(), match.code())).filter(this::isRealCode);
    }

    /** Codes that nobody ever bore are not counted: there are too many of them, and they tell nothing. */
    private boolean isRealCode(Call call) {
        return log.units()
                .timeline()
                .filter(timeline -> !timeline.tenures(call.code()).isEmpty())
                .isPresent();
    }

    /**
     * Marks the answer to a request by a code that nobody bears today: {@code Deprecation} says since when, {@code Sunset} how long
     * such requests are answered, if the house has said so. What is answered is for the service behind to say.
     */
    public void markCode(HttpServerRequest request) {
        String code = codeAsOfToday(request);
        if (code != null) {
            resolver()
                    .ifPresent(resolver ->
                            RedirectAnswer.markOwn(request.response(), resolver, UnitCode.of(code), sunset));
        }
    }

    /** The code that the address holds and that is read as of today; null if there is none. */
    private static @Nullable String codeAsOfToday(HttpServerRequest request) {
        String path = request.path();
        String parameter = PARAMETERS.get(path);
        Matcher ofUnit = OF_UNIT.matcher(path);
        String code = parameter != null ? request.getParam(parameter) : ofUnit.matches() ? ofUnit.group(1) : null;
        return code != null && code.matches(CODE) && request.getParam("at") == null ? code : null;
    }

    /** The business date. */
    LocalDate today() {
        return clock.today();
    }

    /** Codes as they are read today; empty while the log has not been read. */
    Optional<Resolver> resolver() {
        Optional<Timeline> timeline = log.units().timeline();
        return timeline.map(known -> new Resolver(known, clock.today()));
    }
}
