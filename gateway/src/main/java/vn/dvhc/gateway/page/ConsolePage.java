package vn.dvhc.gateway.page;

import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import vn.dvhc.gateway.GatewayConfig;

/**
 * The operators' console at {@code /console/}. The page itself is open to everybody and holds nothing: whoever signs in there asks the
 * door's addresses with a token of their own, like any other client.
 */
@Singleton
public class ConsolePage {

    private static final String HOME = "/console/";

    private static final List<String> FILES = Stream.concat(
                    Stream.of("dom.js", "icon.svg", "page.css").map(name -> "/page/" + name),
                    Stream.of(
                                    "api.js",
                                    "conflicts.js",
                                    "console.css",
                                    "country.js",
                                    "decisions.js",
                                    "dialog.js",
                                    "handovers.js",
                                    "letters.js",
                                    "live.js",
                                    "main.js",
                                    "manifests.js",
                                    "parts.js",
                                    "queue.js",
                                    "rights.js",
                                    "session.js",
                                    "sources.js",
                                    "subscriptions.js",
                                    "tiles.js",
                                    "words-en.js",
                                    "words-vi.js",
                                    "words.js")
                            .map(name -> "/console/" + name))
            .toList();

    private final PageFolder folder;

    ConsolePage(GatewayConfig config) {
        URI issuer = config.console().issuer();
        this.folder = new PageFolder(
                HOME,
                "/console/index.html",
                FILES,
                ContentPolicy.askingAlso(origin(issuer)),
                Map.of("issuer", issuer.toString(), "client", config.console().client()));
    }

    void open(@Observes Router router) {
        folder.open(router);
        PageFolder.reading(router.route("/console"))
                .handler(context -> context.response()
                        .setStatusCode(308)
                        .putHeader("Location", HOME)
                        .end());
    }

    /** @throws IllegalArgumentException if it is no address of HTTP */
    private static String origin(URI issuer) {
        if (issuer.getHost() == null
                || issuer.getScheme() == null
                || !issuer.getScheme().startsWith("http")) {
            throw new IllegalArgumentException("dvhc.gateway.console.issuer must be an http(s) address, was " + issuer);
        }
        return issuer.getScheme() + "://" + issuer.getRawAuthority();
    }
}
