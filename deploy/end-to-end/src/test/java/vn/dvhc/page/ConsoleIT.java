package vn.dvhc.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.time.LocalDate;
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
import vn.dvhc.demo.Await;
import vn.dvhc.local.Fleet;
import vn.dvhc.local.ProjectRoot;
import vn.dvhc.local.Service;

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
        // While a database does not answer, the services behind take some seconds for theirs.
        setDefaultAssertionTimeout(15_000);
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
        assertThat(desk.part("commune_33")).containsText("ngừng", within(60));
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
        assertThat(desk.part("Bản tin như đã đến")).containsText("\"case_number\":\"31-C\"");
        press("Áp dụng lại");
        confirm("Áp dụng lại");
        assertThat(dialog()).containsText("Vẫn bị từ chối1");
        confirm("Đóng");
        press("Sửa bản tin");
        field("Bản tin (JSON)").fill("không phải JSON");
        confirm("Giữ bản sửa");
        assertThat(dialog().getByRole(AriaRole.ALERT)).containsText("Không phải JSON hợp lệ");
        field("Bản tin (JSON)").fill(ConsoleHouse.wholeMessage());
        desk.assertAccessible();
        desk.picture("console-amend");
        confirm("Giữ bản sửa");
        assertThat(desk.part("Bản tin đã sửa")).containsText("khai sinh");
        press("Áp dụng lại");
        confirm("Áp dụng lại");
        assertThat(dialog()).containsText("Được áp dụng1");
        confirm("Đóng");

        // Then
        assertThat(desk.part("Không đọc được")).containsText("đã áp dụng");
        assertThat(desk.part("Đã làm gì với bản tin này")).containsText(OPERATOR);
        desk.assertAccessible();
        desk.picture("console-letter");
        desk.link("Mọi bản tin lỗi").click();
        assertThat(desk.part("Nhóm theo nguyên nhân")).containsText("không có bản tin lỗi nào đang mở");
        assertThat(house.count("SELECT count(*) FROM replica.case_file WHERE case_number = '31-C'"))
                .isEqualTo(1);
    }

    @Test
    @Order(4)
    void group_isCorrectedTriedAndRedriven() throws Exception {
        // Given
        house.writeUnknownCodes();
        desk.signIn(OPERATOR).go("#/letters");
        Locator group = desk.page().locator("article.case");
        assertThat(group).containsText("Mã đơn vị không được nhận", within(60));

        // When
        press("Sửa mã hoặc ngày");
        field("Giá trị sai").fill("99997");
        field("Giá trị đúng").fill("10507");
        confirm("Sửa cả nhóm");
        assertThat(dialog()).containsText("Đã sửa 3 bản tin");
        confirm("Đóng");
        press("Chạy thử");
        confirm("Chạy thử");
        assertThat(dialog()).containsText("Nếu áp dụng bây giờ");
        confirm("Đóng");
        assertThat(group).hasCount(1);
        press("Áp dụng lại cả nhóm");
        confirm("Áp dụng lại");
        confirm("Đóng");

        // Then
        assertThat(desk.part("Nhóm theo nguyên nhân")).containsText("không có bản tin lỗi nào đang mở");
        assertThat(desk.page().locator("#status")).containsText("nhật ký kiểm toán");
        assertThat(house.count("SELECT count(*) FROM replica.case_file WHERE case_number ~ '^31-[123]$'"))
                .isEqualTo(3);
    }

    @Test
    @Order(5)
    void handOver_isSeenWithItsFiguresPartsAndManifests() {
        desk.signIn(OPERATOR).go("#/handovers/" + ConsoleHouse.DAY);

        assertThat(desk.part("Số liệu chung")).containsText("đã xong", within(30));
        assertThat(desk.part("Số liệu chung")).containsText("đủ số");
        assertThat(row("Từng phần", "commune_30")).containsText("19");
        desk.assertAccessible();
        desk.picture("console-hand-over");
        desk.link("Biên bản của ngày này").click();
        desk.link("Phường Bình Hàn → Phường Thành Đông").click();
        assertThat(desk.part("Phường Bình Hàn → Phường Thành Đông")).containsText("chưa ký");
        assertThat(desk.part("Căn cứ")).containsText("1669/NQ-UBTVQH15");
        assertThat(desk.button("Ký bên giao")).hasCount(0);
        assertThat(desk.button("Thu hồi bàn giao")).isVisible();
        desk.assertAccessible();
    }

    @Test
    @Order(6)
    void waitingHamlet_isAssignedAtOnce_withAReason() throws Exception {
        desk.signIn(OPERATOR).go("#/queue");
        Locator group = desk.page()
                .locator("article.case")
                .filter(new Locator.FilterOptions().setHasText("Phường Trần Phú · khu 9"));
        assertThat(group).containsText("Phường Lê Thanh Nghị");
        desk.assertAccessible();
        desk.picture("console-queue");

        group.getByText("Xếp cả nhóm").click();
        field("Lý do").fill("Khu 9 thuộc phần nhập vào Lê Thanh Nghị");
        confirm("Xếp");

        assertThat(dialog()).containsText("Đã xếp 5 hồ sơ, không được 0");
        confirm("Đóng");
        assertThat(group).hasCount(0);
        Await.until(
                "the copies to follow",
                () -> house.count("SELECT count(*) FROM replica.case_file WHERE unit_code = '10532'") == 5);
    }

    @Test
    @Order(7)
    void conflict_isDecidedBetweenTwoVersionsSideBySide() throws Exception {
        // Given
        house.writeInBothHomes("30-2");
        desk.signIn(OPERATOR).go("#/conflicts");
        Locator record = desk.link("case_file · 30-2");
        assertThat(record).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(60_000));

        // When
        record.click();
        Locator versions = desk.part("Hai bản cạnh nhau");
        assertThat(versions).containsText("nhà mới sửa");
        assertThat(versions).containsText("nhà cũ sửa");
        desk.assertAccessible();
        desk.picture("console-conflict");
        press("Giữ bản của nơi làm chủ");
        assertThat(dialog()).containsText("Bản kia bị bỏ");
        field("Lý do").fill("Bản của Thành Đông mới hơn");
        confirm("Giữ bản của nơi làm chủ");

        // Then
        assertThat(desk.part("case_file · 30-2")).containsText("giữ bản chủ");
        assertThat(desk.part("case_file · 30-2")).containsText(OPERATOR);
    }

    @Test
    @Order(8)
    void clerk_seesNoOperatorsWork_andSignsForTheirUnitOnly() {
        // Given
        desk.signIn(GIVER);
        assertThat(desk.page().locator("#views a")).hasText(new String[] {"Biên bản", "Hàng chờ"});

        // When a clerk goes where only operators may.
        desk.go("#/letters");

        // Then
        assertThat(desk.heading("Bạn không có quyền này")).isVisible();
        assertThat(desk.page().locator("#view")).containsText("người vận hành (operator)");
        assertThat(desk.page().locator("#view button")).hasCount(0);
        desk.assertAccessible();

        // And when the clerk signs for the other side.
        desk.link("Biên bản").click();
        desk.link("01/07/2025").click();
        desk.link("Phường Bình Hàn → Phường Thành Đông").click();
        assertThat(desk.button("Thu hồi bàn giao")).hasCount(0);
        press("Ký bên nhận");
        confirm("Ký");
        assertThat(dialog().getByRole(AriaRole.ALERT)).containsText("Bạn không có quyền này");
        desk.assertAccessible();
        confirm("Thôi");
        press("Ký bên giao");
        confirm("Ký");
        assertThat(desk.part("Phường Bình Hàn → Phường Thành Đông")).containsText("bên giao đã ký");
        assertThat(row("Chữ ký", GIVER)).containsText("bên giao");
        desk.picture("console-manifest");
        assertThat(desk.complaints()).allMatch(line -> line.contains("403"));
    }

    @Test
    @Order(9)
    void decision_goesFromItsDrafterToItsApprover_byTheStepsTheRegisterOffers() throws Exception {
        // Given
        String title = house.draftDecision(LocalDate.parse("2025-08-01"));
        desk.signIn("drafter").go("#/decisions");
        desk.link(title).click();
        assertThat(desk.button("Duyệt")).hasCount(0);
        assertThat(desk.part("Kết quả kiểm tra")).containsText("không có gì vướng");

        // When
        press("Trình duyệt");
        confirm("Trình duyệt");
        assertThat(desk.part(title)).containsText("chờ duyệt");
        desk.assertAccessible();

        // Then
        try (Visit approver = Visit.atADesk(chromium.browser(), house.address())) {
            approver.signIn("approver").go("#/decisions");
            approver.link(title).click();
            assertThat(approver.button("Trình duyệt")).hasCount(0);
            approver.button("Lập phương án").click();
            approver.page().locator("dialog[open] button[type=submit]").click();
            assertThat(approver.part("Phương án bàn giao")).containsText("Mã băm");
            approver.button("Duyệt").click();
            assertThat(approver.page().locator("dialog[open]")).containsText("được duyệt cùng quyết định");
            approver.assertAccessible();
            approver.page().locator("dialog[open] button[type=submit]").click();
            assertThat(approver.part(title)).containsText("đã lên lịch");
            assertThat(approver.part("Đã qua các bước")).containsText("approver");
            assertThat(approver.part("Phương án bàn giao")).containsText("approver,");
            approver.picture("console-decision");
        }
    }

    @Test
    @Order(10)
    void subscription_isTestedAndGetsANewSecret() throws Exception {
        house.subscribe("http://127.0.0.1:9/nobody-listens");
        desk.signIn(OPERATOR).go("#/subscriptions");
        desk.link("Cổng thử").click();

        press("Gửi thử");
        confirm("Gửi thử");
        assertThat(dialog()).containsText("không nhận được");
        confirm("Đóng");
        press("Đổi khoá ký");
        confirm("Đổi khoá ký");

        assertThat(dialog().locator("pre")).containsText("whsec_");
        desk.assertAccessible();
        confirm("Đóng");
        assertThat(desk.page().locator("body")).not().containsText("whsec_");
    }

    @Test
    @Order(11)
    void longList_isReadPageByPage() {
        desk.signIn("approver").go("#/decisions?state=all");
        Locator list = desk.part("Quyết định về đơn vị");
        assertThat(list).containsText("ngày 31-8-2004");
        assertThat(list.locator("tbody tr")).hasCount(50);

        desk.link("Trang sau").click();

        assertThat(list).not().containsText("ngày 31-8-2004");
        assertThat(list.locator("tbody tr")).hasCount(50);
        desk.link("Về trang đầu").click();
        assertThat(list).containsText("ngày 31-8-2004");
    }

    @Test
    @Order(12)
    void phoneAndDarkScreen_showAllAsWell() {
        try (Visit phone = Visit.onAPhone(chromium.browser(), house.address());
                Visit dark = Visit.inTheDark(chromium.browser(), house.address())) {
            phone.signIn(OPERATOR);
            dark.signIn(OPERATOR);
            for (String part : List.of(
                    "country",
                    "handovers",
                    "manifests/" + ConsoleHouse.DAY,
                    "queue",
                    "letters",
                    "conflicts",
                    "sources",
                    "decisions?state=all",
                    "subscriptions")) {
                for (Visit visit : List.of(phone, dark)) {
                    visit.go("#/" + part);
                    assertThat(visit.page().locator("#fresh")).containsText("Số liệu lúc", within(30));
                    visit.assertFitsTheScreen();
                    visit.assertAccessible();
                }
            }
            phone.go("#/country");
            assertThat(phone.part("Cả nước")).isVisible();
            phone.picture("console-phone");
            dark.go("#/country");
            assertThat(dark.part("Cả nước")).isVisible();
            dark.picture("console-dark");
            assertThat(phone.complaints()).isEmpty();
            assertThat(dark.complaints()).isEmpty();
        }
    }

    @Test
    @Order(13)
    void englishSaysAllThatVietnameseSays_andKeyboardIsEnough() {
        desk.signIn(OPERATOR);
        desk.page().keyboard().press("Tab");
        assertThat(desk.page().locator("#skip")).isFocused();
        desk.button("English").press("Enter");

        assertThat(desk.heading("The country")).isVisible();
        assertThat(desk.page().locator("html")).hasAttribute("lang", "en");
        desk.assertAccessible();
        desk.link("Dead letters").press("Enter");
        assertThat(desk.page().locator("h1")).isFocused();
        assertThat(desk.page().locator("h1")).hasText("Dead letters");
        Object missing = desk.page().evaluate("""
                async () => {
                  const folder = document.querySelector("script[type=module]").src.replace(/[^/]*$/, "");
                  const { VI } = await import(folder + "words-vi.js");
                  const { EN } = await import(folder + "words-en.js");
                  const names = (words, before) => Object.entries(words).flatMap(([name, value]) =>
                    typeof value === "object" ? names(value, `${before}${name}.`) : `${before}${name}: ${typeof value}`);
                  const english = new Set(names(EN, ""));
                  const vietnamese = names(VI, "");
                  return vietnamese.filter((name) => !english.has(name)).concat(english.size === vietnamese.length ? [] : ["size"]);
                }""");
        assertThat((List<?>) missing).isEmpty();
        desk.button("Tiếng Việt").click();
        assertThat(desk.heading("Bản tin lỗi")).isVisible();
    }

    @Test
    @Order(14)
    void serviceThatDoesNotAnswer_leavesEverythingUnknown_andNothingGreen() {
        // Given
        desk.signIn(OPERATOR);
        assertThat(desk.part("Cả nước")).isVisible();

        // When
        house.stopSync();

        // Then
        assertThat(desk.heading("Không rõ tình trạng"))
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(60_000));
        assertThat(tile("Hải Phòng")).hasAttribute("aria-label", "Hải Phòng: không rõ");
        assertThat(desk.page().locator(".tile.good")).hasCount(0);
        desk.assertAccessible();
        desk.picture("console-unknown");
        house.startSync();
        desk.button("Hỏi lại ngay").click();
        assertThat(desk.part("Cả nước")).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(60_000));
        assertThat(desk.complaints()).allMatch(line -> line.contains("503") || line.contains("502"));
    }

    @Test
    @Order(15)
    void whoeverSignsOut_isOutAtTheIssuerAndAtTheDoorToo() throws Exception {
        desk.signIn(OPERATOR);
        assertThat(desk.part("Cả nước")).isVisible();
        String sources = house.address() + "/v1/sources";
        String authorization = authorization(desk, sources);
        assertThat(ConsoleHouse.status(sources, authorization)).isEqualTo(200);

        desk.button("Đăng xuất").click();

        desk.page().waitForURL(url -> url.equals(house.address() + "/console/"));
        assertThat(desk.button("Đăng nhập")).isVisible();
        desk.complaints();
        desk.button("Đăng nhập").click();
        assertThat(desk.page().locator("#password")).isVisible();
        desk.complaints();
        Await.until("the token to end", () -> ConsoleHouse.status(sources, authorization) == 401);
    }

    @Test
    @Order(16)
    void manifest_isSignedByTheOtherSideToo_andAnotherIsTakenBack() {
        desk.signIn("clerk-thanh-dong").go("#/manifests/" + ConsoleHouse.DAY);
        desk.link("Phường Bình Hàn → Phường Thành Đông").click();
        press("Ký bên nhận");
        confirm("Ký");
        assertThat(desk.part("Phường Bình Hàn → Phường Thành Đông")).containsText("hai bên đã ký");

        try (Visit operator = Visit.atADesk(chromium.browser(), house.address())) {
            operator.signIn(OPERATOR).go("#/manifests/" + ConsoleHouse.DAY);
            operator.link("Phường Bình Hàn → Phường Thành Đông").click();
            assertThat(operator.part("Phường Bình Hàn → Phường Thành Đông")).containsText("hai bên đã ký");
            assertThat(operator.button("Thu hồi bàn giao")).hasCount(0);
            operator.link("Danh sách biên bản").click();
            operator.link("Phường Trần Phú → Phường Lê Thanh Nghị").click();
            operator.button("Thu hồi bàn giao").click();
            Locator dialog = operator.page().locator("dialog[open]");
            dialog.locator("textarea").fill("Giao nhầm khu");
            dialog.locator("button[type=submit]").click();
            assertThat(dialog).containsText("Đã thu hồi 5 hồ sơ");
            assertThat(operator.complaints()).isEmpty();
        }
    }

    @Test
    @Order(17)
    void subscription_isPaused_andGoesOn() {
        desk.signIn(OPERATOR).go("#/subscriptions");
        desk.link("Cổng thử").click();

        press("Tạm dừng");
        confirm("Tạm dừng");
        assertThat(desk.part("Cổng thử")).containsText("tạm dừng");
        assertThat(desk.button("Tạm dừng")).hasCount(0);
        press("Gửi tiếp");
        assertThat(dialog()).containsText("từ chỗ đã dừng");
        confirm("Gửi tiếp");

        assertThat(desk.button("Tạm dừng")).isVisible();
        assertThat(desk.part("Cổng thử")).not().containsText("tạm dừng");
    }

    @Test
    @Order(18)
    void oneWaitingRecord_isTried_assigned_andTakenBack() {
        desk.signIn(OPERATOR).go("#/queue");
        desk.link("case_file · 30-S6").click();
        Locator record = desk.part("case_file · 30-S6");
        assertThat(record).containsText("đang chờ");

        press("Xếp hồ sơ này");
        field("Lý do").fill("Theo sổ hộ khẩu");
        field("Chỉ thử, chưa làm").check();
        desk.assertAccessible();
        confirm("Xếp");
        assertThat(dialog()).containsText("Nếu làm: xếp được 1 hồ sơ, không được 0");
        confirm("Đóng");
        assertThat(record).containsText("đang chờ");
        press("Xếp hồ sơ này");
        field("Lý do").fill("Theo sổ hộ khẩu");
        confirm("Xếp");
        assertThat(dialog()).containsText("Đã xếp 1 hồ sơ, không được 0");
        confirm("Đóng");
        assertThat(record).containsText("đã xếp");
        assertThat(row("Đã quyết định", "Theo sổ hộ khẩu")).containsText(OPERATOR);

        press("Rút lại quyết định");
        field("Lý do").fill("Nhầm hộ");
        confirm("Rút lại quyết định");
        assertThat(dialog()).containsText("Đã rút lại 1 hồ sơ, không được 0");
        confirm("Đóng");
        assertThat(record).containsText("đang chờ");
        assertThat(row("Đã quyết định", "Theo sổ hộ khẩu")).containsText("Nhầm hộ");
    }

    @Test
    @Order(19)
    void deadLetter_isAmended_restored_tried_andDiscarded() throws Exception {
        house.sendCutMessage();
        desk.signIn(OPERATOR).go("#/letters");
        Locator group = desk.page().locator("article.case");
        assertThat(group).containsText("Không đọc được", within(60));
        group.getByText("Xem một bản tin").click();
        press("Sửa bản tin");
        field("Bản tin (JSON)").fill(ConsoleHouse.wholeMessage());
        confirm("Giữ bản sửa");
        assertThat(desk.part("Bản tin đã sửa")).isVisible();

        press("Bỏ bản sửa");
        confirm("Bỏ bản sửa");
        assertThat(desk.part("Bản tin đã sửa")).hasCount(0);
        press("Chạy thử");
        confirm("Chạy thử");
        assertThat(dialog()).containsText("Vẫn bị từ chối1");
        confirm("Đóng");
        press("Bỏ bản tin");
        field("Lý do").fill("Chương trình cũ gửi thừa");
        desk.assertAccessible();
        confirm("Bỏ bản tin");

        assertThat(desk.part("Không đọc được")).containsText("đã bỏ");
        assertThat(row("Đã làm gì với bản tin này", "Chương trình cũ gửi thừa")).containsText(OPERATOR);
        assertThat(desk.button("Áp dụng lại")).hasCount(0);
    }

    @Test
    @Order(20)
    void conflict_isDecidedForTheOtherVersion() throws Exception {
        house.writeInBothHomes("30-3");
        desk.signIn(OPERATOR).go("#/conflicts");
        Locator record = desk.link("case_file · 30-3");
        assertThat(record).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(60_000));
        record.click();

        press("Nhận bản kia");
        field("Lý do").fill("Bản cũ mới đúng");
        confirm("Nhận bản kia");

        assertThat(desk.part("case_file · 30-3")).containsText("nhận bản kia");
        Await.until("the copy to follow", () -> house.withStatus("30-3", "nhà cũ sửa") == 1);
    }

    @Test
    @Order(21)
    void source_sendsAllItsRowsAgain() throws Exception {
        house.loseInTheCopy("30-4");
        desk.signIn(OPERATOR).go("#/sources");
        assertThat(desk.part("commune_31")).containsText("đang chạy", within(60));

        desk.part("commune_31").getByText("Gửi lại mọi dòng").click();
        assertThat(dialog()).containsText("Gửi lại mọi dòng của commune_31");
        confirm("Gửi lại mọi dòng");

        assertThat(desk.page().locator("#status")).containsText("nhật ký kiểm toán");
        Await.until(
                "the row to come back",
                () -> house.count("SELECT count(*) FROM replica.case_file WHERE case_number = '30-4'") == 1);
    }

    @Test
    @Order(22)
    void decision_isSentBackWithAReason_andAnotherIsWithdrawn() throws Exception {
        String sentBack = house.draftDecision(LocalDate.parse("2025-09-01"));
        String withdrawn = house.draftDecision(LocalDate.parse("2025-10-01"));
        desk.signIn("drafter").go("#/decisions");
        desk.link(sentBack).click();
        press("Trình duyệt");
        confirm("Trình duyệt");
        assertThat(desk.part(sentBack)).containsText("chờ duyệt");
        try (Visit approver = Visit.atADesk(chromium.browser(), house.address())) {
            approver.signIn("approver").go("#/decisions");
            approver.link(sentBack).click();
            approver.button("Trả lại").click();
            Locator dialog = approver.page().locator("dialog[open]");
            dialog.locator("button[type=submit]").click();
            assertThat(dialog.locator("textarea:invalid")).hasCount(1);
            dialog.locator("textarea").fill("Thiếu hồ sơ");
            dialog.locator("button[type=submit]").click();
            assertThat(approver.part(sentBack)).containsText("bị trả lại");
            assertThat(approver.part("Đã qua các bước")).containsText("Thiếu hồ sơ");
        }

        desk.go("#/decisions");
        desk.link(withdrawn).click();
        press("Rút quyết định");
        confirm("Rút quyết định");

        assertThat(desk.part(withdrawn)).containsText("đã rút");
        assertThat(desk.button("Trình duyệt")).hasCount(0);
    }

    @Test
    @Order(23)
    void whoeverAsksTooMuch_isToldHowLongToWait_alsoInADialog() throws Exception {
        Fleet strict =
                house.openStrictDoor(ProjectRoot.find().resolve("deploy/end-to-end/target/console-it-strict"), 60);
        String sources = strict.url(Service.GATEWAY) + "/v1/sources";
        try (Visit hurried = Visit.atADesk(chromium.browser(), strict.url(Service.GATEWAY))) {
            hurried.signIn(OPERATOR);
            String authorization = authorization(hurried, sources);
            hurried.part("commune_31").getByText("Gửi lại mọi dòng").click();
            Await.until("the limit", () -> ConsoleHouse.status(sources, authorization) == 429);

            Locator dialog = hurried.page().locator("dialog[open]");
            dialog.locator("button[type=submit]").click();
            assertThat(dialog.getByRole(AriaRole.ALERT)).containsText("Bạn đã gửi quá nhiều yêu cầu");
            assertThat(dialog.getByRole(AriaRole.ALERT)).containsText(Pattern.compile("Thử lại được sau \\d+ giây"));
            hurried.assertAccessible();
            dialog.locator("button.plain").click();
            Await.until("the limit again", () -> ConsoleHouse.status(sources, authorization) == 429);
            hurried.go("#/queue");
            assertThat(hurried.heading("Bạn đã gửi quá nhiều yêu cầu")).isVisible();
            hurried.assertAccessible();
            assertThat(hurried.complaints()).allMatch(line -> line.contains("429"));
        } finally {
            strict.close();
        }
    }

    @Test
    @Order(24)
    void partOfAHandOverThatDoesNotAddUp_isReleasedWithAReason() throws Exception {
        // Given
        house.loseInTheLedger("30-5");
        desk.signIn(OPERATOR).go("#/handovers/" + ConsoleHouse.DAY);
        Locator stopped = desk.part("Chỗ số không khớp");
        assertThat(stopped).containsText("Đơn vị 10510@2004-08-31", within(60));
        assertThat(stopped).containsText("case_file: commune_30 → commune_31");
        assertThat(row("Từng phần", "commune_30")).containsText("dừng: số không khớp");
        assertThat(desk.part("Số liệu chung")).containsText("số chưa khớp");
        desk.assertAccessible();

        // When nothing is said, nothing is done.
        press("Cho làm tiếp");
        assertThat(dialog()).containsText("Chỉ làm khi đã xử lý nguyên nhân");
        confirm("Cho làm tiếp");
        assertThat(dialog().locator("textarea:invalid")).hasCount(1);

        // When
        field("Lý do").fill("Đã đối chiếu với sổ giấy");
        field("Chấp nhận mất những gì sổ còn thiếu; tổng kết của ngày sẽ mãi ghi là không đủ số")
                .check();
        desk.assertAccessible();
        confirm("Cho làm tiếp");

        // Then
        assertThat(desk.page().locator("#status")).containsText("nhật ký kiểm toán");
        assertThat(stopped).hasCount(0);
        assertThat(row("Từng phần", "commune_30")).containsText("đã xong");
        assertThat(house.count("SELECT count(*) FROM sync.audit WHERE action = 'handover-release'"
                        + " AND outcome = 'accepted' AND reason = 'Đã đối chiếu với sổ giấy'"))
                .isEqualTo(1);
    }

    @Test
    @Order(25)
    void decision_isApprovedFirst_andScheduledLater() throws Exception {
        // Given
        String title = house.draftDecision(LocalDate.parse("2025-11-01"));
        desk.signIn("drafter").go("#/decisions");
        desk.link(title).click();
        press("Trình duyệt");
        confirm("Trình duyệt");
        assertThat(desk.part(title)).containsText("chờ duyệt");

        try (Visit approver = Visit.atADesk(chromium.browser(), house.address())) {
            Locator dialog = approver.page().locator("dialog[open]");
            approver.signIn("approver").go("#/decisions");
            approver.link(title).click();
            approver.button("Duyệt").click();
            dialog.getByLabel("Chỉ duyệt, chưa lên lịch").check();
            approver.assertAccessible();
            dialog.locator("button[type=submit]").click();
            assertThat(approver.part(title)).containsText("đã duyệt");
            assertThat(approver.button("Duyệt")).hasCount(0);

            // When
            approver.button("Lên lịch").click();
            assertThat(dialog).containsText("có hiệu lực lúc 0 giờ ngày đã ghi");
            approver.assertAccessible();
            dialog.locator("button[type=submit]").click();

            // Then
            assertThat(approver.part(title)).containsText("đã lên lịch");
            assertThat(approver.button("Lên lịch")).hasCount(0);
            assertThat(approver.part("Đã qua các bước")).containsText("lên lịch");
            assertThat(approver.complaints()).isEmpty();
        }
        assertThat(desk.part(title)).containsText("đã lên lịch", within(60));
        assertThat(desk.button("Lên lịch")).hasCount(0);
    }

    /** With what the page asks for sources. */
    private static String authorization(Visit visit, String sources) {
        Request asked = visit.page()
                .waitForRequest(
                        request -> request.url().equals(sources),
                        () -> visit.link("Nguồn dữ liệu").click());
        return asked.allHeaders().get("authorization");
    }

    private void press(String button) {
        desk.button(button).click();
    }

    /** A button of the open dialog. */
    private void confirm(String button) {
        dialog().getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(button).setExact(true))
                .click();
    }

    private Locator field(String label) {
        return dialog().getByLabel(label, new Locator.GetByLabelOptions().setExact(true));
    }

    private Locator dialog() {
        return desk.page().locator("dialog[open]");
    }

    private Locator tile(String name) {
        return desk.page().locator(".tile", new Page.LocatorOptions().setHasText(name));
    }

    private Locator row(String table, String name) {
        return desk.part(table)
                .getByRole(AriaRole.ROW)
                .filter(new Locator.FilterOptions().setHasText(name))
                .first();
    }

    private static LocatorAssertions.ContainsTextOptions within(int seconds) {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(seconds * 1_000.0);
    }
}
