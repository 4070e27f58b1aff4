package vn.dvhc.history.ingest;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;
import vn.dvhc.history.timeline.TimelineFeed;

/**
 * Started: the log was read to the end seen at start. Unlike readiness it stays up when the feed halts later, so that a
 * load balancer that asks this keeps a replica whose answers are still true.
 */
@Startup
@ApplicationScoped
public class HasCaughtUp implements HealthCheck {

    private final TimelineFeed feed;

    HasCaughtUp(TimelineFeed feed) {
        this.feed = feed;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("has-caught-up")
                .status(feed.isComplete())
                .build();
    }
}
