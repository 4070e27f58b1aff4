package vn.dvhc.gateway.page;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Answers {@code /} and {@code /assets/DIGEST/FILE}. The digest is that of all files together: a new version of any of them has
 * new addresses for all, so that a browser may keep them for ever and modules that belong together come together.
 */
@Singleton
public class LookupPage {

    static final String ASSETS = "/assets/";

    private static final List<String> FILES = List.of(
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
            "words.js");

    /** As the door's own addresses. */
    private static final int BEFORE_DEFAULTS = -100;

    private static final int DIGEST_LETTERS = 16;
    private static final String ASK_AGAIN = "no-cache";
    private static final String FOR_EVER = "public, max-age=31536000, immutable";

    private final Map<String, PageFile> assets = new HashMap<>();
    private final String digest;
    private final PageFile index;

    LookupPage() {
        MessageDigest all = sha256();
        Map<String, byte[]> contents = new HashMap<>();
        for (String name : FILES) {
            byte[] content = read(name);
            contents.put(name, content);
            all.update(content);
        }
        digest = letters(all.digest());
        contents.forEach((name, content) -> assets.put(name, new PageFile(name, content, digest)));
        byte[] page = new String(read("index.html"), StandardCharsets.UTF_8)
                .replace("{assets}/", ASSETS + digest + "/")
                .getBytes(StandardCharsets.UTF_8);
        index = new PageFile("index.html", page, letters(sha256().digest(page)));
    }

    void open(@Observes Router router) {
        reading(router.route("/")).handler(context -> index.send(context.request(), ASK_AGAIN));
        reading(router.route(ASSETS + ":digest/:file")).handler(this::asset);
    }

    /** Other methods go on to the door, which refuses them. */
    private static Route reading(Route route) {
        return route.method(HttpMethod.GET).method(HttpMethod.HEAD).order(BEFORE_DEFAULTS);
    }

    /** While replicas are renewed one after the other, a page may ask one of them for the files of another. */
    private void asset(RoutingContext context) {
        PageFile file = assets.get(context.pathParam("file"));
        if (file == null) {
            context.next();
        } else {
            file.send(context.request(), digest.equals(context.pathParam("digest")) ? FOR_EVER : ASK_AGAIN);
        }
    }

    private static byte[] read(String name) {
        try (InputStream in = LookupPage.class.getResourceAsStream("/page/" + name)) {
            if (in == null) {
                throw new IllegalStateException("The page's file " + name + " is missing");
            }
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String letters(byte[] hash) {
        return HexFormat.of().formatHex(hash).substring(0, DIGEST_LETTERS);
    }
}
