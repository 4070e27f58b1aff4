package vn.dvhc.gateway.redirect;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import vn.dvhc.gateway.GatewayConfig;
import vn.dvhc.unit.UnitCode;

/**
 * All patterns in memory, read anew every few seconds and after each change made here: resolving an address asks no database, and goes
 * on with what was read last while there is none.
 */
@ApplicationScoped
class PatternBook {

    private static final Logger LOG = Logger.getLogger(PatternBook.class);

    private final Vertx vertx;
    private final PatternStore store;
    private final long everyMillis;
    private volatile @Nullable Pages pages;
    private long timer = -1;

    PatternBook(Vertx vertx, PatternStore store, GatewayConfig config) {
        this.vertx = vertx;
        this.store = store;
        this.everyMillis = config.oldUrls().refresh().toMillis();
    }

    private record Pages(Map<String, UrlPattern> byId, Map<String, List<UrlPattern>> byHost) {}

    /** A pattern with the code that an address of it carries. */
    record Match(UrlPattern pattern, UnitCode code) {}

    void start(@Observes StartupEvent event) {
        look();
        timer = vertx.setPeriodic(everyMillis, tick -> look());
    }

    void stop(@Observes ShutdownEvent event) {
        vertx.cancelTimer(timer);
    }

    /** Whether the patterns have been read at least once. */
    boolean isOpen() {
        return pages != null;
    }

    Optional<UrlPattern> find(String id) {
        Pages now = pages;
        return now == null ? Optional.empty() : Optional.ofNullable(now.byId().get(id));
    }

    /** The pattern that says most about the address. */
    Optional<Match> match(AskedUrl url) {
        Pages now = pages;
        List<UrlPattern> ofHost = now == null ? List.of() : now.byHost().getOrDefault(url.host(), List.of());
        for (UrlPattern pattern : ofHost) {
            Optional<Match> match =
                    pattern.template().code(url).filter(pattern::takes).map(code -> new Match(pattern, code));
            if (match.isPresent()) {
                return match;
            }
        }
        return Optional.empty();
    }

    /** Reads anew, on a worker, in time. */
    void look() {
        vertx.executeBlocking(this::read, true)
                .onFailure(failure -> LOG.debugf("Patterns can't be read now cause=%s", failure.toString()));
    }

    /** Reads anew. Blocks. */
    boolean read() throws SQLException {
        Map<String, UrlPattern> byId = new HashMap<>();
        Map<String, List<UrlPattern>> byHost = new HashMap<>();
        for (UrlPattern pattern : store.all()) {
            byId.put(pattern.id(), pattern);
            byHost.computeIfAbsent(pattern.template().host(), host -> new ArrayList<>())
                    .add(pattern);
        }
        byHost.values()
                .forEach(ofHost -> ofHost.sort(Comparator.comparingInt((UrlPattern pattern) ->
                                pattern.template().toString().length())
                        .reversed()));
        pages = new Pages(byId, byHost);
        return true;
    }
}
