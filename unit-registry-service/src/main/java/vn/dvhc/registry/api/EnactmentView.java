package vn.dvhc.registry.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.registry.unit.GroupRecord;

/**
 * A day that took effect, or a correction of one.
 *
 * @param kind {@code day} or {@code correction}
 * @param decision the correction; absent for a day
 * @param lastSequence one less than {@code firstSequence} if the day published nothing
 * @param digest of the register afterwards; absent where a day was enacted while a later one was due already
 * @param decisions only where a single day was asked for
 * @param corrections what has mended the day since, in order; only where a single day was asked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EnactmentView(
        String date,
        String kind,
        @Nullable String decision,
        long firstSequence,
        long lastSequence,
        @Nullable String digest,
        String enactedAt,
        @Nullable List<String> decisions,
        @Nullable List<String> corrections) {

    static EnactmentView of(GroupRecord group) {
        return of(group, null, null);
    }

    static EnactmentView of(
            GroupRecord group, @Nullable List<DecisionId> decisions, @Nullable List<DecisionId> corrections) {
        DecisionId correction = group.decision();
        return new EnactmentView(
                group.date().toString(),
                group.kind().label(),
                correction == null ? null : correction.value(),
                group.firstSequence(),
                group.lastSequence(),
                group.digest(),
                group.recordedAt().toString(),
                values(decisions),
                values(corrections));
    }

    private static @Nullable List<String> values(@Nullable List<DecisionId> ids) {
        return ids == null ? null : ids.stream().map(DecisionId::value).toList();
    }

    /** The latest first. */
    public record Page(List<EnactmentView> enactments) {}

    /**
     * The register as it stands.
     *
     * @param sequence of the last message published; 0 before the first
     * @param lastDay absent before the first enactment
     * @param digest SHA-256 over all units and edges: equal exactly if two registers are
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Digest(long sequence, @Nullable String lastDay, String digest) {}
}
