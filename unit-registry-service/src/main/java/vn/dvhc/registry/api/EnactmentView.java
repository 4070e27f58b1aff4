package vn.dvhc.registry.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.registry.unit.EnactmentRecord;

/**
 * A day that took effect.
 *
 * @param lastSequence one less than {@code firstSequence} if the day published nothing
 * @param digest of the register after the day; absent where the day was enacted while a later one was due already
 * @param decisions only where a single day was asked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EnactmentView(
        String date,
        long firstSequence,
        long lastSequence,
        @Nullable String digest,
        String enactedAt,
        @Nullable List<String> decisions) {

    static EnactmentView of(EnactmentRecord enactment) {
        return of(enactment, null);
    }

    static EnactmentView of(EnactmentRecord enactment, @Nullable List<DecisionId> decisions) {
        return new EnactmentView(
                enactment.date().toString(),
                enactment.firstSequence(),
                enactment.lastSequence(),
                enactment.digest(),
                enactment.enactedAt().toString(),
                decisions == null
                        ? null
                        : decisions.stream().map(DecisionId::value).toList());
    }

    /** The latest days first. */
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
