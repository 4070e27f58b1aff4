package vn.dvhc.sync.status;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.apply.LagMeter;
import vn.dvhc.sync.connector.ConnectorState;
import vn.dvhc.sync.connector.ConnectorSupervisor;
import vn.dvhc.sync.connector.SlotGuardian;
import vn.dvhc.sync.database.Progress;
import vn.dvhc.sync.letter.Letters;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Plans;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.reconcile.Divergence;

/** How fresh and how complete the copies are, by source, province and dataset. Blocks: call it from a worker. */
@Singleton
class Freshness {

    private final Plans plans;
    private final Letters letters;
    private final LagMeter lag;
    private final ConnectorSupervisor connectors;
    private final SlotGuardian guardian;
    private final Divergence divergence;

    @Inject
    Freshness(
            Plans plans,
            Letters letters,
            LagMeter lag,
            ConnectorSupervisor connectors,
            SlotGuardian guardian,
            Divergence divergence) {
        this.plans = plans;
        this.letters = letters;
        this.lag = lag;
        this.connectors = connectors;
        this.guardian = guardian;
        this.divergence = divergence;
    }

    /**
     * One dataset of one source.
     *
     * @param backlog messages in Kafka that some database has yet to apply
     * @param behindMillis age of the latest change that the nation holds, if more are waiting; 0 if none is; null if unknown
     * @param lastCommittedAt when its owner committed the latest change that the nation holds; null since this service started
     * @param lastVisibleAt when that change was visible in the nation
     * @param deadLetters messages that could not be applied: what the copies lack
     * @param copies rows, completeness and open differences of each copy, as last compared; empty before the first reconciliation
     */
    @Schema(name = "DatasetStatus")
    record DatasetStatus(
            String dataset,
            long backlog,
            @Nullable Long behindMillis,
            @Nullable String lastCommittedAt,
            @Nullable String lastVisibleAt,
            long deadLetters,
            List<Divergence.CopyStatus> copies) {}

    /**
     * One source.
     *
     * @param slot null if there is none, or its database does not answer
     * @param current whether it is captured and nothing waits
     * @param complete whether none of its messages is among the dead letters
     */
    @Schema(name = "SourceStatus")
    record SourceStatus(
            String source,
            String tier,
            @Nullable String province,
            ConnectorState connector,
            SlotGuardian.@Nullable Slot slot,
            boolean current,
            boolean complete,
            List<DatasetStatus> datasets) {}

    /**
     * All sources of one province together.
     *
     * @param current whether all are captured and nothing waits
     * @param complete whether none of their messages is among the dead letters
     * @param behindMillis the oldest of its datasets; null if one is unknown
     * @param open records that differ in some copy, as last compared
     */
    @Schema(name = "ProvinceStatus")
    record ProvinceStatus(
            String province,
            boolean current,
            boolean complete,
            @Nullable Long behindMillis,
            long backlog,
            long open) {}

    /** What sources come to by province, in order of its code. */
    static List<ProvinceStatus> provinces(List<SourceStatus> sources) {
        Map<String, List<SourceStatus>> byProvince = new TreeMap<>();
        for (SourceStatus source : sources) {
            if (source.province() != null) {
                byProvince
                        .computeIfAbsent(source.province(), code -> new ArrayList<>())
                        .add(source);
            }
        }
        return byProvince.entrySet().stream()
                .map(province -> province(province.getKey(), province.getValue()))
                .toList();
    }

    private static ProvinceStatus province(String code, List<SourceStatus> sources) {
        List<DatasetStatus> datasets =
                sources.stream().flatMap(source -> source.datasets().stream()).toList();
        boolean known = datasets.stream().allMatch(dataset -> dataset.behindMillis() != null);
        return new ProvinceStatus(
                code,
                sources.stream().allMatch(SourceStatus::current),
                sources.stream().allMatch(SourceStatus::complete),
                known
                        ? datasets.stream()
                                .map(DatasetStatus::behindMillis)
                                .filter(Objects::nonNull)
                                .max(Long::compare)
                                .orElse(0L)
                        : null,
                datasets.stream().mapToLong(DatasetStatus::backlog).sum(),
                datasets.stream()
                        .flatMap(dataset -> dataset.copies().stream())
                        .mapToLong(Divergence.CopyStatus::open)
                        .sum());
    }

    /** All sources that own records. */
    List<SourceStatus> sources(Map<Progress.Place, Long> backlogs) throws SQLException {
        Plan plan = plans.current().orElse(null);
        if (plan == null) {
            return List.of();
        }
        Map<String, Long> open = letters.openByTopic();
        Instant now = Instant.now();
        return plan.sources().stream()
                .filter(source -> !plan.ownedBy(source).isEmpty())
                .map(source -> status(
                        source,
                        plan.ownedBy(source).stream()
                                .map(dataset -> status(source, dataset, backlogs, open, now))
                                .toList()))
                .toList();
    }

    private SourceStatus status(Source source, List<DatasetStatus> datasets) {
        ConnectorState connector = connectors.state(source);
        return new SourceStatus(
                source.name(),
                source.tier().label(),
                source.province(),
                connector,
                guardian.slot(source).orElse(null),
                List.of("running", "unmanaged").contains(connector.state())
                        && datasets.stream().allMatch(dataset -> dataset.backlog() == 0),
                datasets.stream().allMatch(dataset -> dataset.deadLetters() == 0),
                datasets);
    }

    private DatasetStatus status(
            Source source, Dataset dataset, Map<Progress.Place, Long> backlogs, Map<String, Long> open, Instant now) {
        String topic = source.topicPrefix() + "." + dataset.table();
        long backlog = backlogs.entrySet().stream()
                .filter(place -> place.getKey().topic().equals(topic))
                .mapToLong(Map.Entry::getValue)
                .sum();
        LagMeter.Latest latest = lag.latest(source, dataset).orElse(null);
        return new DatasetStatus(
                dataset.name(),
                backlog,
                backlog == 0
                        ? Long.valueOf(0)
                        : latest == null
                                ? null
                                : Long.valueOf(Duration.between(latest.committedAt(), now)
                                        .toMillis()),
                latest == null ? null : latest.committedAt().toString(),
                latest == null ? null : latest.visibleAt().toString(),
                open.getOrDefault(topic, 0L),
                divergence.of(source.name(), dataset.name()));
    }
}
