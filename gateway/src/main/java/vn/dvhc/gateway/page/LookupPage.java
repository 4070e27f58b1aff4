package vn.dvhc.gateway.page;

import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The look-up page at {@code /}, for everybody. */
@Singleton
public class LookupPage {

    private static final List<String> FILES = Stream.of(
                    "answer.js",
                    "api.js",
                    "combobox.js",
                    "dom.js",
                    "find.js",
                    "icon.svg",
                    "lineage.js",
                    "page.css",
                    "page.js",
                    "story.js",
                    "words.js")
            .map(name -> "/page/" + name)
            .toList();

    private final PageFolder folder = new PageFolder("/", "/page/index.html", FILES, ContentPolicy.OWN, Map.of());

    void open(@Observes Router router) {
        folder.open(router);
    }
}
