package vn.dvhc.registry.decision;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.DecisionId;

/** A {@link RecordedDecision} without its changes, which may be thousands. */
public record DecisionSummary(
        DecisionId id,
        LocalDate effectiveDate,
        String title,
        int changeCount,
        State state,
        Origin origin,
        @Nullable Integer position,
        Step recorded,
        @Nullable Step approved,
        @Nullable Instant inForceAt,
        int version) {}
