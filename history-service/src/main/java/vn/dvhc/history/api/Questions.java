package vn.dvhc.history.api;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vn.dvhc.history.timeline.PastSnapshots;
import vn.dvhc.history.timeline.Snapshot;
import vn.dvhc.history.timeline.TimelineFeed;
import vn.dvhc.time.BusinessClock;

/** Finds the state of the register that a question is about: as it stands, or as it stood at an earlier moment. */
@Singleton
class Questions {

    /** Describes the parameter in the contract. */
    static final String KNOWN_AT =
            "Moment (RFC 3339): answers as the register stood then, later corrections left aside; a date left out is then"
                    + " read as that moment's";

    /** What was recorded longer ago has arrived here, or the feed is halted. */
    private static final Duration ON_THE_WAY = Duration.ofHours(1);

    private final TimelineFeed feed;
    private final PastSnapshots past;
    private final BusinessClock clock;

    Questions(TimelineFeed feed, PastSnapshots past, BusinessClock clock) {
        this.feed = feed;
        this.past = past;
        this.clock = clock;
    }

    /**
     * Reads {@code knownAt} and finds the state, computing an earlier one on this thread: not for the event loop.
     *
     * @param knownAt as the caller wrote it; null for the register as it stands
     * @throws BadParameterException if it is malformed or to come
     * @throws NothingRecordedException if nothing was recorded by then
     */
    Asked ask(HttpHeaders headers, @Nullable String knownAt) {
        Snapshot current = feed.current();
        if (knownAt == null) {
            return Asked.now(headers, current, clock.today());
        }
        Instant moment = moment(current, knownAt);
        return before(headers, current, moment, past.compute(current, moment));
    }

    /** Like {@link #ask}, but an earlier state that has to be computed is left to a worker thread. */
    Uni<Asked> askOnLoop(HttpHeaders headers, @Nullable String knownAt) {
        Snapshot current = feed.current();
        if (knownAt == null) {
            return Uni.createFrom().item(Asked.now(headers, current, clock.today()));
        }
        Instant moment = moment(current, knownAt);
        Optional<Snapshot> known = past.known(current, moment);
        return known.isPresent()
                ? Uni.createFrom().item(before(headers, current, moment, known.get()))
                : Uni.createFrom()
                        .item(() -> before(headers, current, moment, past.compute(current, moment)))
                        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private Instant moment(Snapshot current, String knownAt) {
        Instant moment = Parameters.moment("knownAt", knownAt);
        if (moment.isAfter(clock.instant())) {
            throw new BadParameterException("knownAt", Texts.KNOWN_AT_TO_COME);
        }
        Optional<Instant> first = current.chronicle().firstRecordedAt();
        if (first.isEmpty() || moment.isBefore(first.get())) {
            throw new NothingRecordedException(first.orElse(null));
        }
        return moment;
    }

    private Asked before(HttpHeaders headers, Snapshot current, Instant moment, Snapshot known) {
        LocalDate day = LocalDate.ofInstant(moment, BusinessClock.ZONE);
        return Asked.before(headers, known, day, moment, isSettled(current, moment, known));
    }

    /** Whether no group recorded by the moment can still arrive: one that was recorded later has, or it was long ago. */
    private boolean isSettled(Snapshot current, Instant moment, Snapshot known) {
        return known.sequence() < current.sequence()
                || (feed.halt().isEmpty() && moment.isBefore(clock.instant().minus(ON_THE_WAY)));
    }
}
