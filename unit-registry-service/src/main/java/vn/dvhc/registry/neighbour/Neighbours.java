package vn.dvhc.registry.neighbour;

import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.WebApplicationException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jboss.logging.Logger;
import vn.dvhc.registry.impact.Answer;

/** How other services are called and what becomes of their silence. */
final class Neighbours {

    private static final Logger LOG = Logger.getLogger(Neighbours.class);

    private Neighbours() {}

    static <A> A client(Class<A> api, URI url, Duration timeout) {
        return QuarkusRestClientBuilder.newBuilder()
                .baseUri(url)
                .connectTimeout(Math.min(timeout.toMillis(), 3_000), TimeUnit.MILLISECONDS)
                .readTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .build(api);
    }

    /** Turns any failure into words. */
    static <T> Uni<Answer<T>> inWords(Uni<Answer<T>> asking, String service, String what) {
        return asking.onFailure().recoverWithItem(failure -> {
            LOG.warnf("%s did not answer a report: %s", service, failure.toString());
            return Answer.lacking(words(failure, service, what));
        });
    }

    private static String words(Throwable failure, String service, String what) {
        if (failure instanceof WebApplicationException refused) {
            int status = refused.getResponse().getStatus();
            if (status == 401 || status == 403) {
                return service + " không cho phép tài khoản này xem " + what + ".";
            }
        }
        return service + " hiện không trả lời được nên báo cáo thiếu " + what + ". Hãy thử lại sau.";
    }

    /** Asks for long lists piece by piece, one after the other, and puts the answers together. */
    static <Q, T> Uni<Answer<T>> inPieces(
            List<Q> items,
            int size,
            Function<List<Q>, Uni<Answer<T>>> ask,
            BiFunction<Answer<T>, Answer<T>, Answer<T>> join) {
        Uni<Answer<T>> all = Uni.createFrom().item(Answer.of(List.of()));
        for (int from = 0; from < items.size(); from += size) {
            List<Q> piece = items.subList(from, Math.min(items.size(), from + size));
            all = all.chain(known -> ask.apply(piece).map(more -> join.apply(known, more)));
        }
        return all;
    }

    static <T> List<T> concat(List<T> head, List<T> tail) {
        List<T> all = new ArrayList<>(head);
        all.addAll(tail);
        return all;
    }
}
