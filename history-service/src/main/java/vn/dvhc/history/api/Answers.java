package vn.dvhc.history.api;

import jakarta.ws.rs.core.HttpHeaders;
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

    /** A day at most, since a correction may yet change the past; within it nobody need ask again. */
    private static final String CLOSED = "public, max-age=86400, immutable";

    private static final String FOR_EVER = "public, max-age=31536000, immutable";
    private static final String A_MINUTE = "public, max-age=60";
    private static final String ASK_AGAIN = "no-cache";

    /** How long an answer about the register at an earlier moment holds. */
    private enum Past {
        NOT_ASKED,
        OPEN,
        SETTLED
    }

    private final HttpHeaders headers;
    private final Snapshot snapshot;
    private final LocalDate today;
    private final Past past;

    private Answers(HttpHeaders headers, Snapshot snapshot, LocalDate today, Past past) {
        this.headers = headers;
        this.snapshot = snapshot;
        this.today = today;
        this.past = past;
    }

    /** Answers from the register as it stands. */
    static Answers now(HttpHeaders headers, Snapshot snapshot, LocalDate today) {
        return new Answers(headers, snapshot, today, Past.NOT_ASKED);
    }

    /**
     * Answers from the register as it stood at an earlier moment.
     *
     * @param settled whether nothing recorded by then can still arrive
     */
    static Answers before(HttpHeaders headers, Snapshot snapshot, LocalDate today, boolean settled) {
        return new Answers(headers, snapshot, today, settled ? Past.SETTLED : Past.OPEN);
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
        String tag = tag(snapshot, at == null ? today : null, variant);
        boolean known = EntityTags.match(headers.getHeaderString(HttpHeaders.IF_NONE_MATCH), tag);
        return (known ? Response.notModified() : answer.get())
                .header(HttpHeaders.ETAG, EntityTags.weak(tag))
                .header(HttpHeaders.CACHE_CONTROL, cacheControl(at, closed));
    }

    private String cacheControl(@Nullable LocalDate at, boolean closed) {
        return switch (past) {
            case NOT_ASKED -> cacheControl(at, today, closed);
            case OPEN -> ASK_AGAIN;
            case SETTLED -> FOR_EVER;
        };
    }

    /** How long an answer from the register as it stands may be kept. */
    static String cacheControl(@Nullable LocalDate at, LocalDate today, boolean closed) {
        if (at == null || !at.isBefore(today)) {
            return ASK_AGAIN;
        }
        return closed ? CLOSED : A_MINUTE;
    }

    /**
     * The tag of an answer, without {@code W/} and quotes. The gateway reads the sequence out of it.
     *
     * @param asOf the business date if the question came without a date
     */
    static String tag(Snapshot snapshot, @Nullable LocalDate asOf, @Nullable String variant) {
        // Replicas with the same sequence hold the same: no need to hash all units on the event loop.
        return FORM + snapshot.sequence() + (variant == null ? "" : "-" + variant) + (asOf == null ? "" : "-" + asOf);
    }
}
