package vn.dvhc.sync.status;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.jboss.logging.Logger;
import vn.dvhc.sync.SyncConfig;
import vn.dvhc.sync.periodic.PeriodicTasks;
import vn.dvhc.sync.plan.Plans;
import vn.dvhc.sync.units.Gate;

/** Freshness and backlog as metrics: one line a source and dataset. Communes are thousands: they are in the API only. */
@Singleton
class FreshnessMeter {

    private static final Logger LOG = Logger.getLogger(FreshnessMeter.class);

    private final SyncConfig config;
    private final Plans plans;
    private final Gate gate;
    private final Books books;
    private final Freshness freshness;
    private final MultiGauge behind;
    private final MultiGauge backlog;

    @Inject
    FreshnessMeter(SyncConfig config, Plans plans, Gate gate, Books books, Freshness freshness, MeterRegistry meters) {
        this.config = config;
        this.plans = plans;
        this.gate = gate;
        this.books = books;
        this.freshness = freshness;
        this.behind = MultiGauge.builder("dvhc.freshness.seconds")
                .description("Age of the latest change that the nation holds, if more are waiting; 0 if none is")
                .register(meters);
        this.backlog = MultiGauge.builder("dvhc.backlog.messages")
                .description("Messages in Kafka that some database has yet to apply")
                .register(meters);
    }

    void start(@Observes StartupEvent event, PeriodicTasks tasks) {
        tasks.start("freshness", this::round);
    }

    private Duration round() throws InterruptedException {
        if (plans.current().isPresent() && gate.hasOpened()) {
            attempt();
        }
        return config.freshnessCheck();
    }

    private void attempt() throws InterruptedException {
        try {
            publish(freshness.sources(books.backlogs()));
        } catch (SQLException | ExecutionException | RuntimeException failed) {
            LOG.debug("Freshness not measured", failed);
        }
    }

    private void publish(List<Freshness.SourceStatus> sources) {
        List<MultiGauge.Row<?>> ages = new ArrayList<>();
        List<MultiGauge.Row<?>> waiting = new ArrayList<>();
        for (Freshness.SourceStatus source : sources) {
            for (Freshness.DatasetStatus dataset : source.datasets()) {
                Tags tags = Tags.of("source", source.source(), "dataset", dataset.dataset());
                waiting.add(MultiGauge.Row.of(tags, dataset.backlog()));
                Long behindMillis = dataset.behindMillis();
                if (behindMillis != null) {
                    ages.add(MultiGauge.Row.of(tags, behindMillis / 1000.0));
                }
            }
        }
        behind.register(ages, true);
        backlog.register(waiting, true);
    }
}
