package vn.dvhc.history.api;

import jakarta.ws.rs.core.HttpHeaders;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import vn.dvhc.history.query.UnitQueries;
import vn.dvhc.history.timeline.Snapshot;

/**
 * One snapshot and one business date for a whole answer.
 *
 * @param today the business date; for a question about an earlier moment the date of that moment, so that the answer is the
 *     one that was given then
 * @param knownAt the moment as of which the register is asked; null for now
 */
record Asked(
        Snapshot snapshot,
        UnitQueries queries,
        Answers answers,
        LocalDate today,
        @Nullable Instant knownAt) {

    static Asked now(HttpHeaders headers, Snapshot snapshot, LocalDate today) {
        return new Asked(
                snapshot, new UnitQueries(snapshot, today), Answers.now(headers, snapshot, today), today, null);
    }

    static Asked before(HttpHeaders headers, Snapshot snapshot, LocalDate today, Instant knownAt, boolean settled) {
        return new Asked(
                snapshot,
                new UnitQueries(snapshot, today),
                Answers.before(headers, snapshot, today, settled),
                today,
                knownAt);
    }
}
