package vn.dvhc.sync.letter;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.SyncConfig;
import vn.dvhc.sync.units.Gate;

/** Publishes how many letters are open, by cause and source. */
@Singleton
class LetterMeter {

    private static final Logger LOG = Logger.getLogger(LetterMeter.class);

    private final Letters letters;
    private final Gate gate;
    private final SyncConfig config;
    private final MultiGauge open;
    private @Nullable Thread thread;

    @Inject
    LetterMeter(Letters letters, Gate gate, SyncConfig config, MeterRegistry meters) {
        this.letters = letters;
        this.gate = gate;
        this.config = config;
        this.open = MultiGauge.builder("dvhc.dead.letters")
                .description("Messages that could not be applied and wait for somebody")
                .register(meters);
    }

    void start(@Observes StartupEvent event) {
        Thread meter = new Thread(this::measure, "letters");
        meter.setDaemon(true);
        meter.start();
        thread = meter;
    }

    void stop(@Observes ShutdownEvent event) {
        if (thread != null) {
            thread.interrupt();
        }
    }

    private void measure() {
        try {
            while (true) {
                if (gate.hasOpened()) {
                    publish();
                }
                Thread.sleep(config.letters().measure().toMillis());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
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
