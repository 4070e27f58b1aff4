package vn.dvhc.history.api;

import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.time.LocalDate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import vn.dvhc.history.timeline.Snapshot;

/**
 * Tells caches how long an answer holds. Every answer is a function of its address, the snapshot and, where no date was
 * given, the business date: the entity tag is made of just these.
 */
final class Answers {

    /** Changes with the published form of the answers. */
    private static final String FORM = "2-";

    private static final String FOR_EVER = "public, max-age=31536000, immutable";
    private static final String A_MINUTE = "public, max-age=60";
    private static final String ASK_AGAIN = "no-cache";

    private final Request request;
    private final Snapshot snapshot;
    private final LocalDate today;

    Answers(Request request, Snapshot snapshot, LocalDate today) {
        this.request = request;
        this.snapshot = snapshot;
        this.today = today;
    }

    /**
     * An answer about a date.
     *
     * @param at the date of the question; null if it came without one
     * @param closed whether no later enactment can change it
     */
    Response ok(Object body, @Nullable LocalDate at, boolean closed) {
        return tagged(Response.ok(body), at, closed);
    }

    Response tagged(Response.ResponseBuilder answer, @Nullable LocalDate at, boolean closed) {
        return unlessKnown(at, closed, null, () -> answer).build();
    }

    /**
     * An answer that is only made if the caller does not have it.
     *
     * @param variant tells forms of the same answer apart; null if there is one only
     */
    Response.ResponseBuilder unlessKnown(
            @Nullable LocalDate at,
            boolean closed,
            @Nullable String variant,
            Supplier<Response.ResponseBuilder> answer) {
        EntityTag tag = tag(at, variant);
        Response.ResponseBuilder notModified = request.evaluatePreconditions(tag);
        return (notModified == null ? answer.get() : notModified)
                .tag(tag)
                .header(HttpHeaders.CACHE_CONTROL, cacheControl(at, closed));
    }

    private String cacheControl(@Nullable LocalDate at, boolean closed) {
        if (at == null || !at.isBefore(today)) {
            return ASK_AGAIN;
        }
        return closed ? FOR_EVER : A_MINUTE;
    }

    private EntityTag tag(@Nullable LocalDate at, @Nullable String variant) {
        // Replicas with the same sequence hold the same: no need to hash all units on the event loop.
        String shown = FORM + snapshot.sequence() + (variant == null ? "" : "-" + variant);
        return new EntityTag(at == null ? shown + "-" + today : shown, true);
    }
}
