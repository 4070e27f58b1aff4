package vn.dvhc.benchmark.gateway;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import vn.dvhc.benchmark.LookUpHouse;
import vn.dvhc.benchmark.Progress;
import vn.dvhc.local.Fleet;
import vn.dvhc.local.Service;

/**
 * The house, its door, a second door where a look-up wants a role, so that no request passes whose token was not checked, and a proxy
 * that does nothing else.
 */
final class Doors implements AutoCloseable {

    /** Who asks and who subscribes: a client of the local realm. */
    static final String CLIENT = "national-subscriber";

    /** Without the first, callers on this machine have no limits in the local environment, and nobody asks whose a token is. */
    private static final Map<String, String> LARGE_LIMITS = Map.of(
            "DVHC_GATEWAY_LIMITS_THIS_MACHINE", "true",
            "DVHC_GATEWAY_LIMITS_ANONYMOUS_REQUESTS", "100000000",
            "DVHC_GATEWAY_LIMITS_CLIENT_REQUESTS", "100000000",
            "DVHC_GATEWAY_LIMITS_CLIENT_DAILY", "100000000000",
            "DVHC_GATEWAY_WEBHOOKS_MOST_OF_OWNER", "100");

    private final LookUpHouse house;
    private final Fleet guarded;
    private final BareProxy proxy;

    private Doors(LookUpHouse house, Fleet guarded, BareProxy proxy) {
        this.house = house;
        this.guarded = guarded;
        this.proxy = proxy;
    }

    static Doors open(Path dir, Progress progress) throws IOException {
        LookUpHouse house = LookUpHouse.openWithKeycloak(dir, progress, LARGE_LIMITS);
        BareProxy proxy = null;
        try {
            proxy = BareProxy.start(house.port(Service.HISTORY), dir.resolve("bare-proxy.log"));
            Map<String, String> settings = new HashMap<>(LARGE_LIMITS);
            settings.put("DVHC_GATEWAY_ROUTES_UNITS_ROLES", "subscriber");
            return new Doors(house, house.openAnotherDoor(dir.resolve("guarded"), settings), proxy);
        } catch (IOException | RuntimeException | Error failure) {
            if (proxy != null) {
                proxy.close();
            }
            house.close();
            throw failure;
        }
    }

    LookUpHouse house() {
        return house;
    }

    int direct() {
        return house.port(Service.HISTORY);
    }

    int door() {
        return house.port(Service.GATEWAY);
    }

    int guarded() {
        return URI.create(guarded.url(Service.GATEWAY)).getPort();
    }

    int bareProxy() {
        return proxy.port();
    }

    /** The second door is a replica like any other, and would take its share of the webhooks. */
    void closeGuarded() {
        guarded.close();
        proxy.close();
    }

    @Override
    public void close() {
        guarded.close();
        proxy.close();
        house.close();
    }
}
