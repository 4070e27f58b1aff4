package vn.dvhc.sync.plan;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jboss.logging.Logger;
import vn.dvhc.sync.SyncConfig;

/** Reads the plan once, at start. */
@Singleton
class PlanProducer {

    private static final Logger LOG = Logger.getLogger(PlanProducer.class);

    /** Without a file there is nothing to move: the service follows the units and waits to be given a plan. */
    @Produces
    @Singleton
    Optional<Plan> plan(SyncConfig config) {
        return config.plan().map(PlanProducer::read);
    }

    private static Plan read(Path file) {
        try {
            Plan plan = PlanReader.read(file, System.getenv());
            LOG.infof(
                    "Plan read: sources=%s datasets=%s",
                    plan.sources().stream().map(Source::name).toList(),
                    plan.datasets().stream().map(Dataset::name).toList());
            return plan;
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Không đọc được tệp khai báo nguồn dữ liệu " + file, unreadable);
        }
    }
}
