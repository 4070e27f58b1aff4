package vn.dvhc.sync.letter;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import org.jboss.logging.Logger;
import vn.dvhc.sync.SyncConfig;
import vn.dvhc.sync.periodic.PeriodicTasks;
import vn.dvhc.sync.units.Gate;

/** Publishes how many letters are open, by cause and source. */
@Singleton
class LetterMeter {

    private static final Logger LOG = Logger.getLogger(LetterMeter.class);

    private final Letters letters;
    private final Gate gate;
    private final SyncConfig config;
    private final MultiGauge open;

    @Inject
    LetterMeter(Letters letters, Gate gate, SyncConfig config, MeterRegistry meters) {
        this.letters = letters;
        this.gate = gate;
        this.config = config;
        this.open = MultiGauge.builder("dvhc.dead.letters")
                .description("Messages that could not be applied and wait for somebody")
                .register(meters);
    }

    void start(@Observes StartupEvent event, PeriodicTasks tasks) {
        tasks.start("letters", this::round);
    }

    private Duration round() {
        if (gate.hasOpened()) {
            publish();
        }
        return config.letters().measure();
    }

    private void publish() {
        try {
            open.register(
                    letters.openByKind().entrySet().stream()
                            .map(kind -> MultiGauge.Row.of(
                                    Tags.of(
                                            "cause",
                                            kind.getKey().cause(),
                                            "source",
                                            kind.getKey().source()),
                                    kind.getValue()))
                            .toList(),
                    true);
        } catch (SQLException away) {
            LOG.debug("Open letters not counted", away);
        }
    }
}
