package vn.dvhc.history.ingest;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import vn.dvhc.history.timeline.Snapshot;
import vn.dvhc.history.timeline.TimelineFeed;

/** Ready: caught up, holds at least one enactment, and not halted. A halt is told with its cause. */
@Readiness
@ApplicationScoped
public class FollowsTheLog implements HealthCheck {

    private final TimelineFeed feed;

    FollowsTheLog(TimelineFeed feed) {
        this.feed = feed;
    }

    @Override
    public HealthCheckResponse call() {
        Snapshot snapshot = feed.current();
        HealthCheckResponseBuilder response = HealthCheckResponse.named("follows-the-log")
                .withData("caughtUp", feed.isComplete())
                .withData("sequence", snapshot.sequence());
        snapshot.timeline().lastDay().ifPresent(day -> response.withData("lastDay", day.toString()));
        feed.halt().ifPresent(halt -> response.withData("haltedBy", halt.cause()));
        return response.status(feed.isComplete() && feed.halt().isEmpty()).build();
    }
}
