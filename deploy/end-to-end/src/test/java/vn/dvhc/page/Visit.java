package vn.dvhc.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import vn.dvhc.local.ProjectRoot;

/** Somebody who has the page open in a browser of their own. */
final class Visit implements AutoCloseable {

    /** Pictures in the documents are renewed only when asked for. */
    private static final String PICTURES = "dvhc.pictures";

    private static final List<String> RULES =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");
    private static final String AXE = axe();

    private final BrowserContext context;
    private final Page page;
    private final String address;
    private final List<String> complaints = new ArrayList<>();

    private Visit(BrowserContext context, String address) {
        this.context = context;
        this.address = address;
        this.page = context.newPage();
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(message.text());
            }
        });
    }

    static Visit atADesk(Browser browser, String address) {
        return new Visit(browser.newContext(options(1200, 900, ColorScheme.LIGHT)), address);
    }

    static Visit inTheDark(Browser browser, String address) {
        return new Visit(browser.newContext(options(1200, 900, ColorScheme.DARK)), address);
    }

    static Visit onAPhone(Browser browser, String address) {
        return new Visit(
                browser.newContext(
                        options(360, 740, ColorScheme.LIGHT).setHasTouch(true).setIsMobile(true)),
                address);
    }

    private static String axe() {
        try (InputStream in = Visit.class.getResourceAsStream("/axe.min.js")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Browser.NewContextOptions options(int width, int height, ColorScheme scheme) {
        return new Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setColorScheme(scheme)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setLocale("vi-VN");
    }

    Visit open(String path) {
        page.navigate(address + path);
        return this;
    }

    /** Opens the console and signs in there as people do, on the issuer's page; the passwords are those of the realm file. */
    Visit signIn(String user) {
        open("/console/");
        button("Đăng nhập").click();
        page.locator("#username").fill(user);
        page.locator("#password").fill("local-development-" + user);
        page.locator("#kc-login").click();
        page.waitForURL(url -> url.startsWith(address) && url.contains("#/"));
        // What the issuer's own page complains of is not this page's fault.
        complaints.clear();
        return this;
    }

    /** Goes to a part of the console without leaving the page: what was signed in stays so. */
    Visit go(String hash) {
        page.evaluate("hash => { location.hash = hash; }", hash);
        return this;
    }

    Page page() {
        return page;
    }

    Locator box() {
        return page.getByRole(AriaRole.COMBOBOX);
    }

    Locator options() {
        return page.getByRole(AriaRole.OPTION);
    }

    Locator heading(String name) {
        return page.getByRole(
                AriaRole.HEADING, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /** The part of the page under a heading. */
    Locator part(String name) {
        return page.getByRole(
                AriaRole.REGION, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    Locator link(String name) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    String search() {
        String url = page.url();
        return url.substring(url.indexOf('/', "http://".length()));
    }

    /** By axe: the rules of WCAG 2.2 A and AA, and what is good practice besides. */
    void assertAccessible() {
        page.evaluate("() => {" + AXE + "}");
        Object violations = page.evaluate("""
                async (tags) => {
                  const told = await axe.run({ runOnly: { type: "tag", values: tags } });
                  return told.violations.map((rule) =>
                    `${rule.id}: ${rule.help}: ${rule.nodes.map((node) => `${node.target} ${node.failureSummary}`).join("; ")}`);
                }""", RULES);
        assertThat((List<?>) violations).isEmpty();
    }

    /** The page itself never scrolls sideways; a wide picture scrolls in its frame. */
    void assertFitsTheScreen() {
        assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .as("nothing sticks out of the screen")
                .isTrue();
    }

    /** Since the last time it was asked: errors and warnings of scripts and of the content policy. */
    List<String> complaints() {
        List<String> since = List.copyOf(complaints);
        complaints.clear();
        return since;
    }

    /** Keeps a picture for the documents with {@code -Ddvhc.pictures=true}. */
    void picture(String name) {
        if (Boolean.getBoolean(PICTURES)) {
            Path file = ProjectRoot.find().resolve("docs/images/" + name + ".png");
            page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
