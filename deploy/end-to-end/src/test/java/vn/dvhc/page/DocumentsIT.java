package vn.dvhc.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import vn.dvhc.local.ProjectRoot;

/** Programmers read what the door offers, at a desk and on a phone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocumentsIT {

    private LookUpHouse house;
    private Chromium chromium;

    @BeforeAll
    void start() throws Exception {
        Path browser = Chromium.installed();
        house = LookUpHouse.openDoorOnly(ProjectRoot.find().resolve("deploy/end-to-end/target/documents-it"));
        chromium = Chromium.launch(browser);
    }

    @AfterAll
    void stop() {
        if (chromium != null) {
            chromium.close();
        }
        if (house != null) {
            house.close();
        }
    }

    @Test
    void call_isFoundByItsWords_andTellsWhoMayAndHow() {
        try (Visit desk = Visit.atADesk(chromium.browser(), house.address())) {
            desk.open("/docs/");
            assertThat(desk.part("Tra cứu (mở cho mọi người)")).isVisible();
            desk.assertAccessible();

            desk.page().locator("#filter").fill("redrive");

            Locator call = desk.page().locator("details.call:not([hidden])");
            assertThat(call).hasCount(1);
            call.locator("summary").press("Enter");
            assertThat(call).containsText("operator");
            assertThat(call).containsText("LetterSelection");
            assertThat(desk.part("Tra cứu (mở cho mọi người)")).isHidden();
            desk.assertAccessible();
            desk.picture("docs-call");
            assertThat(desk.complaints()).isEmpty();
        }
    }

    @Test
    void topics_areToldWithFieldsAndExamples() {
        try (Visit desk = Visit.atADesk(chromium.browser(), house.address())) {
            desk.open("/docs/#topics");
            Locator topic = desk.part("unit-changes.v1");
            assertThat(topic).containsText("One partition, kept for ever");

            topic.locator("summary").first().click();

            assertThat(topic).containsText("Ví dụ: unit-created");
            assertThat(topic.locator("pre").first()).containsText("\"specversion\"");
            desk.assertAccessible();
            desk.link("English").click();
            assertThat(desk.heading("Kafka topics")).isVisible();
            assertThat(desk.complaints()).isEmpty();
        }
    }

    @Test
    void phoneAndDarkScreen_showAllAsWell() {
        for (Visit visit : List.of(
                Visit.onAPhone(chromium.browser(), house.address()),
                Visit.inTheDark(chromium.browser(), house.address()))) {
            try (visit) {
                for (String part : List.of("/docs/", "/docs/#topics")) {
                    visit.open(part);
                    assertThat(visit.page().locator("#view section").first()).isVisible();
                    visit.page()
                            .locator("details.call")
                            .first()
                            .locator("summary")
                            .first()
                            .click();
                    visit.assertFitsTheScreen();
                    visit.assertAccessible();
                }
                assertThat(visit.complaints()).isEmpty();
            }
        }
    }
}
