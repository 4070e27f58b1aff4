package vn.dvhc.gateway.page;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
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
 * A page with its files, at {@code HOME} and {@code HOMEassets/DIGEST/FILE}. The digest is that of all files together: a new version of
 * any of them has new addresses for all, so that a browser may keep them for ever and modules that belong together come together.
 */
final class PageFolder {

    /** As the door's own addresses. */
    private static final int BEFORE_DEFAULTS = -100;

    private static final int DIGEST_LETTERS = 16;
    private static final String ASK_AGAIN = "no-cache";
    private static final String FOR_EVER = "public, max-age=31536000, immutable";

    private final Map<String, PageFile> assets = new HashMap<>();
    private final String home;
    private final String digest;
    private final PageFile index;

    /**
     * A page in the class path.
     *
     * @param home the page's address, with a slash at its end
     * @param index the page itself; {@code {assets}} in it becomes the folder of the files
     * @param files what else belongs to it, by their places in the class path; they are served by their last names
     * @param words what else stands for what in the page, as text of an attribute
     */
    PageFolder(String home, String index, List<String> files, ContentPolicy policy, Map<String, String> words) {
        MessageDigest all = sha256();
        Map<String, byte[]> contents = new HashMap<>();
        for (String file : files) {
            byte[] content = read(file);
            contents.put(file.substring(file.lastIndexOf('/') + 1), content);
            all.update(content);
        }
        this.home = home;
        this.digest = letters(all.digest());
        contents.forEach((name, content) -> assets.put(name, new PageFile(name, content, digest, policy)));
        String text =
                new String(read(index), StandardCharsets.UTF_8).replace("{assets}/", home + "assets/" + digest + "/");
        for (Map.Entry<String, String> word : words.entrySet()) {
            text = text.replace("{" + word.getKey() + "}", attribute(word.getValue()));
        }
        byte[] page = text.getBytes(StandardCharsets.UTF_8);
        this.index = new PageFile("index.html", page, letters(sha256().digest(page)), policy);
    }

    void open(Router router) {
        reading(router.route(home)).handler(context -> index.send(context.request(), ASK_AGAIN));
        reading(router.route(home + "assets/:digest/:file")).handler(this::asset);
    }

    /** Other methods go on to the door, which refuses them. */
    static Route reading(Route route) {
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

    private static String attribute(String text) {
        return text.replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;");
    }

    static byte[] read(String name) {
        try (InputStream in = PageFolder.class.getResourceAsStream(name)) {
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
