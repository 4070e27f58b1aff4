package vn.dvhc.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import vn.dvhc.local.ProjectRoot;

/**
 * Operators, clerks and those who decide at the console, on the morning after a reform, with the real services and Keycloak's own sign-in
 * page. The tests tell one story and run in order.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ConsoleIT {

    private static final String OPERATOR = "ops";
    private static final String GIVER = "clerk-binh-han";

    private ConsoleHouse house;
    private Chromium chromium;
    private Visit desk;

    @BeforeAll
    void start() throws Exception {
        Path browser = Chromium.installed();
        house = ConsoleHouse.open(ProjectRoot.find().resolve("deploy/end-to-end/target/console-it"));
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

    @BeforeEach
    void arrive() {
        desk = Visit.atADesk(chromium.browser(), house.address());
    }

    @AfterEach
    void leave() {
        List<String> complaints = desk.complaints();
        desk.close();
        assertThat(complaints).as("errors and warnings of the browser").isEmpty();
    }

    @Test
    @Order(1)
    void stranger_seesNothingButTheWayIn() {
        desk.open("/console/#/letters");

        assertThat(desk.button("Đăng nhập")).isVisible();
        assertThat(desk.page().locator("#views")).isHidden();
        desk.assertAccessible();
        desk.picture("console-sign-in");
    }

    @Test
    @Order(2)
    void operator_seesTheCountry_andASourceThatIsDownAsDown() throws Exception {
        // Given
        house.lockOut("commune_33");

        // When
        desk.signIn(OPERATOR);

        // Then
        assertThat(desk.heading("Toàn quốc")).isVisible();
        assertThat(desk.part("Cả nước")).containsText("Nguồn đã ngừng: commune_33", within(60));
        assertThat(tile("Hưng Yên")).hasAttribute("aria-label", "Hưng Yên: nguồn đã ngừng");
        assertThat(tile("Hải Phòng")).not().hasAttribute("aria-label", Pattern.compile("ngừng"));
        assertThat(tile("Cà Mau")).hasAttribute("aria-label", "Cà Mau: chưa có nguồn nào được nối");
        assertThat(row("Theo nguồn", "commune_33")).containsText("ngừng");
        assertThat(row("Theo nguồn", "commune_31")).containsText("đang chạy");
        desk.assertAccessible();
        desk.picture("console-country");
        desk.link("Nguồn dữ liệu").click();
        assertThat(desk.part("commune_33")).containsText("ngừng");
        assertThat(desk.part("commune_31")).containsText("đang được đọc");
        desk.assertAccessible();
        desk.picture("console-sources");

        // And it is shown as running when it does again.
        house.letIn("commune_33");
        desk.link("Toàn quốc").click();
        assertThat(row("Theo nguồn", "commune_33")).containsText("đang chạy", within(120));
    }

    @Test
    @Order(3)
    void operator_looksAtADeadLetter_mendsIt_redrivesIt_andSeesItGone() throws Exception {
        // Given
        house.sendCutMessage();
        desk.signIn(OPERATOR).go("#/letters");
        Locator group = desk.page().locator("article.case");
        assertThat(group).containsText("Không đọc được", within(60));
        desk.assertAccessible();
        desk.picture("console-letters");

        // When
        group.getByText("Xem một bản tin").click();
        assertThat(desk.part("Bản tin như đã đến").first()).containsText("\"case_number\":\"31-C\"");
        desk.button("Áp dụng lại").click();
        dialog().getByText("Áp dụng lại", exactly()).last().click();
        assertThat(dialog()).containsText("Vẫn bị từ chối");
        dialog().getByText("Đóng").click();
        desk.button("Sửa bản tin").click();
        dialog().getByRole(AriaRole.TEXTBOX).fill("không phải JSON");
        dialog().getByText("Giữ bản sửa").click();
        assertThat(dialog().getByRole(AriaRole.ALERT)).not().isEmpty();
        dialog().getByRole(AriaRole.TEXTBOX).fill(ConsoleHouse.wholeMessage());
        desk.assertAccessible();
        desk.picture("console-amend");
        dialog().getByText("Giữ bản sửa").click();
        assertThat(desk.part("Bản tin đã sửa").first()).containsText("khai sinh");
        desk.button("Áp dụng lại").click();
        dialog().getByText("Áp dụng lại", exactly()).last().click();
        assertThat(dialog()).containsText("Được áp dụng");
        dialog().getByText("Đóng").click();

        // Then
        assertThat(desk.part("Không đọc được")).containsText("đã áp dụng");
        assertThat(desk.part("Đã làm gì với bản tin này").first()).containsText(OPERATOR);
        desk.assertAccessible();
        desk.picture("console-letter");
        desk.link("Mọi bản tin lỗi").click();
        assertThat(desk.part("Nhóm theo nguyên nhân")).containsText("không có bản tin lỗi nào đang mở");
        assertThat(house.count("SELECT count(*) FROM replica.case_file WHERE case_number = '31-C'"))
                .isEqualTo(1);
        assertThat(desk.complaints()).allMatch(line -> line.contains("400") || line.contains("422"));
    }

    private static Locator.GetByTextOptions exactly() {
        return new Locator.GetByTextOptions().setExact(true);
    }

    private Locator dialog() {
        return desk.page().locator("dialog[open]");
    }

    private Locator tile(String name) {
        return desk.page().locator(".tile", new Page.LocatorOptions().setHasText(name));
    }

    private Locator row(String table, String name) {
        return desk.part(table)
                .first()
                .getByRole(AriaRole.ROW)
                .filter(new Locator.FilterOptions().setHasText(name))
                .first();
    }

    private static LocatorAssertions.ContainsTextOptions within(int seconds) {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(seconds * 1_000.0);
    }
}
