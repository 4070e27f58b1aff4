package vn.dvhc.gateway.page;

import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/** What the door offers programs, to be read at {@code /docs/}: its addresses and the topics. */
@Singleton
public class DocumentsPage {

    private static final String HOME = "/docs/";

    private static final List<String> FILES = List.of(
            "/page/dom.js",
            "/page/icon.svg",
            "/page/page.css",
            "/docs/docs.css",
            "/docs/docs.js",
            "/docs/operations.js",
            "/docs/schema.js",
            "/docs/topics.js",
            "/docs/words.js");

    private final PageFolder folder = new PageFolder(HOME, "/docs/index.html", FILES, ContentPolicy.OWN, Map.of());

    void open(@Observes Router router) {
        folder.open(router);
        PageFolder.reading(router.route("/docs"))
                .handler(context -> context.response()
                        .setStatusCode(308)
                        .putHeader("Location", HOME)
                        .end());
    }
}
