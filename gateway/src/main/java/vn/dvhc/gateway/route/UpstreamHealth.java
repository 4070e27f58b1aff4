package vn.dvhc.gateway.route;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Tells the state of each upstream. The door itself stays ready: taking it out of service because one service is down would
 * take the look-ups with it.
 */
@Readiness
@ApplicationScoped
public class UpstreamHealth implements AsyncHealthCheck {

    private static final String PATH = "/q/health/ready";
    private static final long PATIENCE_MILLIS = 1000;

    private final Upstreams upstreams;

    UpstreamHealth(Upstreams upstreams) {
        this.upstreams = upstreams;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        Map<String, String> states = new TreeMap<>();
        List<Future<String>> asked = new ArrayList<>();
        for (String name : upstreams.names()) {
            asked.add(upstreams
                    .status(name, PATH)
                    .timeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                    .map(status -> status == 200 ? "ready" : "not ready")
                    .otherwise("down")
                    .onSuccess(state -> {
                        synchronized (states) {
                            states.put(name, state);
                        }
                    }));
        }
        return Uni.createFrom()
                .completionStage(
                        () -> Future.join(asked).map(all -> response(states)).toCompletionStage());
    }

    private static HealthCheckResponse response(Map<String, String> states) {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("upstreams");
        synchronized (states) {
            states.forEach(response::withData);
        }
        return response.up().build();
    }
}
