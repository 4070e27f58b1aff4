package vn.dvhc.gateway.right;

import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import vn.dvhc.gateway.change.ChangeLog;
import vn.dvhc.gateway.identity.Bearers;
import vn.dvhc.right.Relations;
import vn.dvhc.right.Standing;
import vn.dvhc.timeline.Timeline;

/** Decides requests as they come, by the units that the log tells now. */
@ApplicationScoped
public class DoorRights {

    private final ChangeLog log;
    private final AtomicReference<@Nullable Relations> latest = new AtomicReference<>();

    DoorRights(ChangeLog log) {
        this.log = log;
    }

    /** Whether who bears the token may make the request. */
    public Verdict judge(Bearers.Bearer bearer, HttpServerRequest request) {
        return Judge.decide(
                Standing.of(bearer.roles(), bearer.unit()),
                Asked.of(request.method().name(), request.path(), request::getParam),
                log.units().timeline().map(this::relations));
    }

    private Relations relations(Timeline timeline) {
        Relations known = latest.get();
        if (known == null || !known.isOf(timeline)) {
            known = new Relations(timeline);
            latest.set(known);
        }
        return known;
    }
}
