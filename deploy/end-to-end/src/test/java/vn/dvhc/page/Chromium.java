package vn.dvhc.page;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import vn.dvhc.local.ProjectRoot;

/**
 * The machine's own Chromium, or the one at {@code -Ddvhc.browser=PATH}. Where there is none, tests that need it are skipped and the end of the build says so; with
 * {@code -Ddvhc.browser.required=true} they fail.
 */
final class Chromium implements AutoCloseable {

    private static final String BROWSER = "dvhc.browser";
    private static final String REQUIRED = "dvhc.browser.required";
    private static final String SKIPPED = "deploy/end-to-end/target/skipped.txt";
    private static final String WHAT = "LookupPageIT, ConsoleIT and DocumentsIT (the pages in a browser)";
    private static final String INSTALL = "apt-get install -y chromium";
    private static final List<Path> PLACES = List.of(
            Path.of("/usr/bin/chromium"), Path.of("/usr/bin/chromium-browser"), Path.of("/usr/bin/google-chrome"));

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /** Skips the calling test, or fails it, if there is no browser; one line tells of all that are skipped. */
    static Path installed() throws IOException {
        Path skipped = ProjectRoot.find().resolve(SKIPPED);
        Files.deleteIfExists(skipped);
        String told = System.getProperty(BROWSER);
        Optional<Path> found = (told == null ? PLACES : List.of(Path.of(told)))
                .stream().filter(Files::isExecutable).findFirst();
        if (found.isEmpty()) {
            if (Boolean.getBoolean(REQUIRED)) {
                throw new IllegalStateException("No Chromium on this machine; install it with: " + INSTALL);
            }
            Files.createDirectories(skipped.getParent());
            Files.writeString(
                    skipped, "SKIPPED " + WHAT + ": no Chromium on this machine. To run it: " + INSTALL + "\n");
            Assumptions.abort("no Chromium on this machine");
        }
        return found.orElseThrow();
    }

    static Chromium launch(Path executable) {
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-dev-shm-usage",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync",
                                "--no-first-run")));
        return new Chromium(playwright, browser);
    }

    Browser browser() {
        return browser;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
