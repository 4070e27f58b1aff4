package vn.dvhc.gateway.stream;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import vn.dvhc.gateway.GatewayConfig;
import vn.dvhc.gateway.change.ChangeFilter;
import vn.dvhc.gateway.change.Feed;
import vn.dvhc.gateway.change.Feeds;
import vn.dvhc.gateway.change.StreamName;
import vn.dvhc.gateway.identity.Bearers;
import vn.dvhc.gateway.route.Problem;

/** The open streams, so many a caller and so many in all. */
@ApplicationScoped
public class ChangeStreams {

    private static final Problem NOT_YET = new Problem(
            "changes-not-ready",
            "Chưa sẵn sàng",
            503,
            "Cổng đang đọc lại các thay đổi từ đầu. Vui lòng thử lại sau ít giây.");
    private static final Problem TOO_MANY = new Problem(
            "too-many-streams",
            "Quá nhiều luồng đang mở",
            429,
            "Tài khoản này hoặc cổng đã mở đủ số luồng cho phép. Hãy đóng bớt rồi thử lại.");
    private static final Problem NO_PLACE = new Problem(
            "no-sequence", "Yêu cầu không hợp lệ", 400, "Last-Event-ID và after phải là số thứ tự từ 0 trở lên.");
    private static final Problem NO_FILTER = new Problem(
            "no-filter",
            "Bộ lọc không hợp lệ",
            400,
            "unit và province là mã định danh như 00004@2025-07-01 (province phải là cấp tỉnh), mỗi loại tối đa 20;"
                    + " kind là created, ended, renamed, reclassified, reparented, recoded, succeeded, retracted, scheduled"
                    + " hoặc withdrawn; với stream=handovers là sealed, signed hoặc completed, và dataset là tên tập dữ"
                    + " liệu, tối đa 20.");
    private static final Problem NO_STREAM =
            new Problem("no-stream", "Yêu cầu không hợp lệ", 400, "stream là units (mặc định) hoặc handovers.");
    private static final Problem NO_DATASET = new Problem(
            "no-dataset",
            "Bộ lọc không hợp lệ",
            400,
            "Chỉ bàn giao có tập dữ liệu: lọc theo dataset cần stream=handovers.");
    private static final Problem NO_UNIT =
            new Problem("unknown-unit", "Không có đơn vị này", 400, "Bộ lọc nêu một đơn vị chưa từng có.");

    private final Feeds feeds;
    private final Bearers bearers;
    private final GatewayConfig.Streams config;
    private final Set<ChangeStream> open = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> ofCaller = new HashMap<>();
    private final MeterRegistry meters;
    private final Gauge count;

    @Inject
    ChangeStreams(Feeds feeds, Bearers bearers, GatewayConfig config, MeterRegistry meters) {
        this.feeds = feeds;
        this.bearers = bearers;
        this.config = config.streams();
        this.meters = meters;
        this.count = Gauge.builder("dvhc.gateway.streams", open, Set::size).register(meters);
        feeds.onGrowth(() -> open.forEach(ChangeStream::wake));
    }

    /** The registry outlives a door that starts again in the same process, and would go on counting the streams of the one before. */
    @PreDestroy
    void close() {
        meters.remove(count);
    }

    /** Answers with a stream for as long as the caller's token holds and is not called back, or with why there is none. */
    public void open(RoutingContext context, Bearers.Holder caller) {
        context.request().resume();
        HttpServerResponse response = context.response();
        MultiMap query = context.queryParams();
        Optional<StreamName> stream =
                StreamName.ofLabel(Optional.ofNullable(query.get("stream")).orElse(StreamName.UNITS.label()));
        Feed feed = feeds.of(stream.orElse(StreamName.UNITS));
        Optional<ChangeFilter> filter = stream.flatMap(name -> filter(name, query));
        OptionalLong after = after(context, feed);
        if (!context.request().method().equals(HttpMethod.GET)) {
            response.putHeader("Allow", "GET");
            Problem.METHOD_NOT_ALLOWED.send(response);
        } else if (stream.isEmpty()) {
            NO_STREAM.send(response);
        } else if (stream.get() == StreamName.UNITS && query.contains("dataset")) {
            NO_DATASET.send(response);
        } else if (!feed.isCaughtUp()) {
            response.putHeader("Retry-After", "5");
            NOT_YET.send(response);
        } else if (filter.isEmpty()) {
            NO_FILTER.send(response);
        } else if (after.isEmpty()) {
            NO_PLACE.send(response);
        } else if (!feeds.knowsUnitsOf(filter.get())) {
            NO_UNIT.send(response);
        } else if (!enter(caller.owner())) {
            response.putHeader("Retry-After", "30");
            TOO_MANY.send(response);
        } else {
            start(context, caller, filter.get(), after.getAsLong());
        }
    }

    private void start(RoutingContext context, Bearers.Holder caller, ChangeFilter filter, long after) {
        BooleanSupplier holds =
                () -> Bearers.bearer(context).filter(bearers::isRevoked).isEmpty();
        ChangeStream stream = new ChangeStream(
                context,
                feeds.of(filter.stream()),
                feeds.interest(filter),
                after,
                config,
                holds,
                ended -> leave(caller, ended));
        open.add(stream);
        stream.start(caller.until());
    }

    private void leave(Bearers.Holder caller, ChangeStream stream) {
        open.remove(stream);
        synchronized (ofCaller) {
            ofCaller.computeIfPresent(caller.owner(), (owner, count) -> count == 1 ? null : count - 1);
        }
    }

    private boolean enter(String owner) {
        synchronized (ofCaller) {
            int all = ofCaller.values().stream().mapToInt(Integer::intValue).sum();
            int own = ofCaller.getOrDefault(owner, 0);
            if (all >= config.most() || own >= config.mostOfCaller()) {
                return false;
            }
            ofCaller.put(owner, own + 1);
            return true;
        }
    }

    /** A reader that was cut off says so in the header; the address it was first given stays as it was. */
    private static OptionalLong after(RoutingContext context, Feed feed) {
        String seen = context.request().getHeader("Last-Event-ID");
        String asked = seen == null || seen.isBlank() ? context.queryParams().get("after") : seen;
        return asked == null ? OptionalLong.of(feed.last()) : number(asked.strip());
    }

    private static OptionalLong number(String text) {
        return text.matches("\\d{1,15}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    private static Optional<ChangeFilter> filter(StreamName stream, MultiMap query) {
        return ChangeFilter.read(
                stream,
                list(query.getAll("unit")),
                list(query.getAll("province")),
                list(query.getAll("kind")),
                list(query.getAll("dataset")));
    }

    private static List<String> list(@Nullable List<String> values) {
        return values == null
                ? List.of()
                : values.stream()
                        .flatMap(value -> Arrays.stream(value.split(",", -1)))
                        .map(String::strip)
                        .distinct()
                        .toList();
    }
}
