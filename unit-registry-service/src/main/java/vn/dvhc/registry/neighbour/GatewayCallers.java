package vn.dvhc.registry.neighbour;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vn.dvhc.registry.RegistryConfig;
import vn.dvhc.registry.impact.Answer;
import vn.dvhc.registry.impact.Caller;
import vn.dvhc.registry.impact.CallerSource;
import vn.dvhc.unit.UnitCode;

/** Callers that the gateway has seen. */
@Singleton
class GatewayCallers implements CallerSource {

    private static final int CODES_AT_ONCE = 1_000;
    private static final int MOST_EXAMPLES = 5;

    private final GatewayApi gateway;

    GatewayCallers(RegistryConfig config) {
        this.gateway = Neighbours.client(GatewayApi.class, config.gatewayUrl(), config.neighbourTimeout());
    }

    @Override
    public CompletionStage<Answer<Caller>> callers(List<UnitCode> codes, String authorization) {
        Uni<Answer<Caller>> asking =
                Neighbours.inPieces(codes, CODES_AT_ONCE, piece -> ask(piece, authorization), GatewayCallers::join);
        return Neighbours.inWords(asking, "Cổng dịch vụ", "danh sách người dùng mã cũ")
                .subscribeAsCompletionStage();
    }

    private Uni<Answer<Caller>> ask(List<UnitCode> codes, String authorization) {
        List<String> asked = codes.stream().map(UnitCode::value).toList();
        return gateway.callers(authorization, new GatewayApi.Question(asked))
                .map(seen -> Answer.of(
                        seen.callers().stream().map(GatewayCallers::toCaller).toList()));
    }

    private static Caller toCaller(GatewayApi.Seen seen) {
        return new Caller(
                seen.caller(),
                Objects.requireNonNullElse(seen.codes(), List.of()),
                seen.requests(),
                seen.lastSeen() == null ? null : Instant.parse(seen.lastSeen()),
                Objects.requireNonNullElse(seen.examples(), List.of()));
    }

    /** Somebody seen in several pieces is one caller. */
    static Answer<Caller> join(Answer<Caller> one, Answer<Caller> other) {
        Map<String, Caller> callers = new LinkedHashMap<>();
        Stream.concat(one.items().stream(), other.items().stream())
                .forEach(caller -> callers.merge(caller.caller(), caller, GatewayCallers::join));
        return Answer.of(List.copyOf(callers.values()));
    }

    private static Caller join(Caller one, Caller other) {
        return new Caller(
                one.caller(),
                Neighbours.concat(one.codes(), other.codes()),
                one.requests() + other.requests(),
                latest(one.lastSeen(), other.lastSeen()),
                Stream.concat(one.examples().stream(), other.examples().stream())
                        .distinct()
                        .limit(MOST_EXAMPLES)
                        .toList());
    }

    private static @Nullable Instant latest(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isAfter(other) ? one : other;
    }
}
