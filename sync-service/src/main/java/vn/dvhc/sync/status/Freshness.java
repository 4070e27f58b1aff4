package vn.dvhc.sync.status;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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

/** How fresh and how complete the copies are, by source, province and dataset. Blocks: call it from a worker. */
@Singleton
class Freshness {

    private final Plans plans;
    private final Letters letters;
    private final LagMeter lag;
    private final ConnectorSupervisor connectors;
    private final SlotGuardian guardian;

    @Inject
    Freshness(Plans plans, Letters letters, LagMeter lag, ConnectorSupervisor connectors, SlotGuardian guardian) {
        this.plans = plans;
        this.letters = letters;
        this.lag = lag;
        this.connectors = connectors;
        this.guardian = guardian;
    }

    /**
     * One dataset of one source.
     *
     * @param backlog messages in Kafka that some database has yet to apply
     * @param behindMillis age of the latest change that the nation holds, if more are waiting; 0 if none is; null if unknown
     * @param lastCommittedAt when its owner committed the latest change that the nation holds; null since this service started
     * @param lastVisibleAt when that change was visible in the nation
     * @param deadLetters messages that could not be applied: what the copies lack
     */
    @Schema(name = "DatasetStatus")
    record DatasetStatus(
            String dataset,
            long backlog,
            @Nullable Long behindMillis,
            @Nullable String lastCommittedAt,
            @Nullable String lastVisibleAt,
            long deadLetters) {}

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
                open.getOrDefault(topic, 0L));
    }
}
