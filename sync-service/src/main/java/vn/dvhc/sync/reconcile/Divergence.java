package vn.dvhc.sync.reconcile;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.plan.Plan;

/** How complete the copies are and what differs in them, as last compared. One line a source, dataset and copy: never a unit. */
@Singleton
public class Divergence {

    private final ReconciliationStore store;
    private final MultiGauge differences;
    private final MultiGauge completeness;
    private volatile List<PairResult> latest = List.of();
    private OptionalLong seen = OptionalLong.of(-1);

    @Inject
    Divergence(ReconciliationStore store, MeterRegistry meters) {
        this.store = store;
        this.differences = MultiGauge.builder("dvhc.divergence")
                .description("Records that differ in a copy, as last compared")
                .register(meters);
        this.completeness = MultiGauge.builder("dvhc.completeness.ratio")
                .description("Part of its owner's records that a copy has, as last compared")
                .register(meters);
    }

    /**
     * A copy of one source's dataset, as last compared.
     *
     * @param comparedAt when its owner was read
     * @param open records that differ and were not repaired
     * @param completeness part of the owner's records that the copy has, 0 to 1
     */
    @Schema(name = "CopyStatus")
    public record CopyStatus(
            String copy,
            long reconciliation,
            @Nullable String comparedAt,
            long ownerRows,
            long copyRows,
            long open,
            double completeness) {}

    /** The copies of a source's dataset that were ever compared whole. */
    public List<CopyStatus> of(String source, String dataset) {
        return latest.stream()
                .filter(pair -> pair.source().equals(source) && pair.dataset().equals(dataset))
                .map(pair -> new CopyStatus(
                        pair.copy(),
                        pair.run(),
                        pair.ownerReadAt(),
                        pair.ownerRows(),
                        pair.copyRows(),
                        pair.open(),
                        pair.completeness()))
                .toList();
    }

    /** Reads what was compared since, and tells it of what is declared. Called by one thread. */
    void refresh(Plan plan) throws SQLException {
        OptionalLong finished = store.lastFinished();
        if (!finished.equals(seen)) {
            latest = store.latestPairs();
            seen = finished;
        }
        List<PairResult> declared = latest.stream()
                .filter(pair -> plan.source(pair.source()).isPresent()
                        && plan.source(pair.copy()).isPresent()
                        && plan.dataset(pair.dataset()).isPresent())
                .toList();
        publish(differences, declared, PairResult::open);
        publish(completeness, declared, PairResult::completeness);
    }

    private static void publish(MultiGauge gauge, List<PairResult> pairs, ToDoubleFunction<PairResult> figure) {
        gauge.register(
                pairs.stream()
                        .map(pair -> MultiGauge.Row.of(tags(pair), figure.applyAsDouble(pair)))
                        .toList(),
                true);
    }

    private static Tags tags(PairResult pair) {
        return Tags.of("source", pair.source(), "dataset", pair.dataset(), "copy", pair.copy());
    }
}
