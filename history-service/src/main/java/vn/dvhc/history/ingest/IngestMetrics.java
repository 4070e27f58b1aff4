package vn.dvhc.history.ingest;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import vn.dvhc.history.timeline.TimelineFeed;

/** What an operator watches: how far the log was read, and whether it is still followed. */
@ApplicationScoped
public class IngestMetrics {

    void register(
            @Observes StartupEvent started,
            MeterRegistry meters,
            TimelineFeed feed,
            @Identifier("catch-up") CatchUp catchUp) {
        Gauge.builder(
                        "dvhc.history.sequence",
                        feed,
                        current -> current.current().sequence())
                .description("Last message of the log in the published snapshot")
                .register(meters);
        Gauge.builder("dvhc.history.halted", feed, current -> current.halt().isPresent() ? 1 : 0)
                .description("1 if the log can't be followed any further")
                .register(meters);
        Gauge.builder(
                        "dvhc.history.catch.up.seconds",
                        catchUp,
                        current -> current.took().map(Duration::toMillis).orElse(0L) / 1000.0)
                .description("How long reading the log at start took; 0 while it lasts")
                .register(meters);
    }
}
