package vn.dvhc.history.api;

import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import vn.dvhc.history.timeline.Snapshot;

/**
 * Tells caches how long an answer holds. Every answer is a function of its address, the snapshot and, where no date was
 * given, the business date: the entity tag is made of just these.
 */
final class Answers {

    private static final String FOR_EVER = "public, max-age=31536000, immutable";
    private static final String A_MINUTE = "public, max-age=60";
    private static final String ASK_AGAIN = "no-cache";

    /** How long an answer about the register at an earlier moment holds. */
    private enum Past {
        NOT_ASKED,
        OPEN,
        SETTLED
    }

    private final Request request;
    private final Snapshot snapshot;
    private final LocalDate today;
    private final Past past;

    private Answers(Request request, Snapshot snapshot, LocalDate today, Past past) {
        this.request = request;
        this.snapshot = snapshot;
        this.today = today;
        this.past = past;
    }

    /** Answers from the register as it stands. */
    static Answers now(Request request, Snapshot snapshot, LocalDate today) {
        return new Answers(request, snapshot, today, Past.NOT_ASKED);
    }

    /**
     * Answers from the register as it stood at an earlier moment.
     *
     * @param settled whether nothing recorded by then can still arrive
     */
    static Answers before(Request request, Snapshot snapshot, LocalDate today, boolean settled) {
        return new Answers(request, snapshot, today, settled ? Past.SETTLED : Past.OPEN);
    }

    /**
     * An answer about a date.
     *
     * @param at the date of the question; null if it came without one
     */
    Response ok(Object body, @Nullable LocalDate at) {
        return tagged(Response.ok(body), at);
    }

    Response tagged(Response.ResponseBuilder answer, @Nullable LocalDate at) {
        EntityTag tag = tag(at);
        Response.ResponseBuilder notModified = request.evaluatePreconditions(tag);
        return (notModified == null ? answer : notModified)
                .tag(tag)
                .header(HttpHeaders.CACHE_CONTROL, cacheControl(at))
                .build();
    }

    private String cacheControl(@Nullable LocalDate at) {
        if (past != Past.NOT_ASKED) {
            return past == Past.SETTLED ? FOR_EVER : ASK_AGAIN;
        }
        // A correction may mend any date: only what was known at a moment never changes.
        return at == null || !at.isBefore(today) ? ASK_AGAIN : A_MINUTE;
    }

    private EntityTag tag(@Nullable LocalDate at) {
        // Replicas with the same sequence hold the same: no need to hash all units on the event loop.
        String shown = Long.toString(snapshot.sequence());
        return new EntityTag(at == null ? shown + "-" + today : shown, true);
    }
}
