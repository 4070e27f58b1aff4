package vn.dvhc.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
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

/** Strangers look units up on the page, at a desk and on a phone, with the mouse, a finger or the keyboard alone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LookupPageIT {

    private static final String BINH_HAN = "/?u=10510@2004-08-31";
    private static final String NGOC_HA = "/?u=00016@2004-08-31";
    private static final String NOW_ONE = "Nay là";
    private static final String NOW_TWO = "Nay thuộc về 2 đơn vị";
    private static final String ENDED = "Đã kết thúc, không có đơn vị kế thừa";
    private static final String PICTURE = "Sơ đồ nguồn gốc và kế thừa";
    private static final String AWAY = "Dịch vụ tra cứu tạm thời không trả lời";

    private LookUpHouse house;
    private Chromium chromium;
    private Visit desk;
    private Visit phone;

    @BeforeAll
    void start() throws IOException {
        Path browser = Chromium.installed();
        house = LookUpHouse.open(ProjectRoot.find().resolve("deploy/end-to-end/target/lookup-page-it"));
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
        phone = Visit.onAPhone(chromium.browser(), house.address());
    }

    @AfterEach
    void leave() {
        List<String> complaints = List.of();
        if (desk != null) {
            complaints = desk.complaints();
            desk.close();
        }
        if (phone != null) {
            assertThat(phone.complaints()).isEmpty();
            phone.close();
        }
        assertThat(complaints).as("errors and warnings of the browser").isEmpty();
    }

    @Test
    void stranger_findsWhatTheirOldCommuneIsNow_andByWhichAct() {
        // Given
        desk.open("/");
        desk.assertAccessible();
        desk.picture("lookup-start");

        // When
        desk.box().pressSequentially("phuong binh han");
        Locator option = desk.options().filter(new Locator.FilterOptions().setHasText("Phường Bình Hàn"));
        assertThat(option.first()).containsText("Thành phố Hải Dương, Tỉnh Hải Dương");
        assertThat(option.first()).containsText("nay là Phường Thành Đông");
        desk.assertAccessible();
        desk.picture("lookup-suggestions");
        option.first().click();

        // Then
        assertThat(desk.heading("Phường Bình Hàn")).isFocused();
        Locator was = desk.part("Phường Bình Hàn");
        assertThat(was).containsText("Đã kết thúc");
        assertThat(was).containsText("10510");
        assertThat(was).containsText("cấp xã");
        assertThat(was).containsText("Thành phố Hải Dương, Tỉnh Hải Dương");
        assertThat(was).containsText("từ 31/08/2004 hoặc trước đó (ngày đầu của danh mục) đến hết 30/06/2025");
        Locator now = desk.part(NOW_ONE);
        assertThat(now).containsText("Phường Thành Đông");
        assertThat(now).containsText("Thành phố Hải Phòng");
        assertThat(now).containsText("Nhận toàn bộ");
        assertThat(now).containsText("Từ 01/07/2025, theo 1669/NQ-UBTVQH15, khoản 28: toàn bộ");
        assertThat(desk.search()).isEqualTo(BINH_HAN);
        assertThat(desk.page().title()).startsWith("Phường Bình Hàn");
        desk.assertAccessible();
        desk.picture("lookup-unit");
    }

    @Test
    void code_ofOneUnitIsAnsweredAtOnce_andOfSeveralUnitsIsAskedBack() {
        desk.open("/?q=10510");
        assertThat(desk.heading("Phường Bình Hàn")).isVisible();
        assertThat(desk.search()).isEqualTo(BINH_HAN);

        desk.open("/?q=10507");

        assertThat(desk.heading("2 đơn vị phù hợp. Bạn muốn tra đơn vị nào?")).isVisible();
        assertThat(desk.page().locator(".choices li"))
                .containsText(new String[] {"Phường Thành Đông", "Phường Cẩm Thượng"});
        desk.assertAccessible();
        desk.page().locator(".choices a").nth(1).click();
        assertThat(desk.heading("Phường Cẩm Thượng")).isFocused();
    }

    @Test
    void address_isReadWithItsHamlet() {
        desk.open("/");

        desk.box().fill("thôn 3, xã Quảng Lưu, huyện Quảng Xương, Thanh Hoá");
        desk.button("Tra cứu").click();

        assertThat(desk.heading("Xã Quảng Lưu")).isVisible();
        assertThat(desk.part("Xã Quảng Lưu")).containsText("Huyện Quảng Xương, Tỉnh Thanh Hóa");
        assertThat(desk.part(NOW_ONE)).containsText("Tỉnh Thanh Hóa");
    }

    @Test
    void splitCommune_showsItsChoicesInTheWordsOfTheAct() {
        desk.open(NGOC_HA);

        Locator now = desk.part(NOW_TWO);
        assertThat(now).containsText("cần biết thôn, tổ dân phố hoặc đường");
        assertThat(now.getByRole(AriaRole.LISTITEM)).containsText(new String[] {"Phường Ba Đình", "Phường Ngọc Hà"});
        assertThat(now).containsText("theo 1656/NQ-UBTVQH15, khoản 3: một phần");
        assertThat(now).containsText("theo 1656/NQ-UBTVQH15, khoản 4: phần còn lại");
        desk.assertAccessible();
        desk.picture("lookup-split");
    }

    @Test
    void endedUnit_isToldWithItsAct_whenNothingSucceededIt() {
        desk.open("/?q=14183");

        assertThat(desk.part("Xã Giao Hưng")).containsText("33/2006/NĐ-CP");
        assertThat(desk.part(ENDED)).containsText("Xã Giao Hưng kết thúc từ 15/04/2006");
        assertThat(desk.part(PICTURE)).containsText("không ghi đơn vị nào trước hay sau");
        desk.assertAccessible();
    }

    @Test
    void district_leadsToItsCommunes() {
        desk.open("/?q=Qu%E1%BA%ADn+1");

        assertThat(desk.heading("Quận 1")).isVisible();
        assertThat(desk.part(ENDED)).containsText("Các xã, phường, thị trấn của đơn vị này tiếp tục như sau");
        desk.link("Phường Bến Nghé").click();
        assertThat(desk.heading("Phường Bến Nghé")).isFocused();
        assertThat(desk.part("Phường Bến Nghé")).containsText("Quận 1, Thành phố Hồ Chí Minh");
    }

    @Test
    void newUnit_tellsWhatItWasMadeFrom() {
        desk.open("/?u=10507@2025-07-01");

        assertThat(desk.part("Nay vẫn là đơn vị này")).containsText("Phường Thành Đông");
        Locator from = desk.part("Được thành lập từ");
        assertThat(from).containsText("Phường Bình Hàn");
        assertThat(from).containsText("Phường Cẩm Thượng");
        desk.assertAccessible();
        desk.picture("lookup-made-from");
    }

    @Test
    void picture_canBeReadAndWalked() {
        desk.open(BINH_HAN);
        Locator picture = desk.part(PICTURE);

        assertThat(picture.locator("svg a")).hasCount(2);
        picture.getByText("Sơ đồ bằng chữ").click();
        assertThat(picture).containsText("Phường Bình Hàn (10510) → Phường Thành Đông (10507)");
        picture.locator("svg a[data-unit='10507@2025-07-01']").press("Enter");

        assertThat(desk.heading("Phường Thành Đông")).isFocused();
        assertThat(desk.search()).isEqualTo("/?u=10507@2025-07-01");
        desk.page().goBack();
        assertThat(desk.heading("Phường Bình Hàn")).isVisible();
    }

    @Test
    void crosswalkOfTheProvince_isDownloaded() throws IOException {
        desk.open(BINH_HAN);

        Download download = desk.page()
                .waitForDownload(() -> desk.part("Chia sẻ và tải về")
                        .getByText("Tải bảng chuyển đổi của Tỉnh Hải Dương")
                        .click());

        assertThat(download.suggestedFilename()).isEqualTo("30_2025-06-30_2026-05-04.csv");
        assertThat(Files.readString(download.path())).contains("10510", "Thành Đông", "1669/NQ-UBTVQH15");
    }

    @Test
    void nothingFound_isToldWithAdvice() {
        desk.open("/");

        desk.box().fill("Xyzw Kkkjq");
        desk.box().press("Enter");

        assertThat(desk.heading("Không tìm thấy “Xyzw Kkkjq”")).isFocused();
        assertThat(desk.page().locator("#answer")).containsText("Kiểm tra lại chính tả");
        desk.assertAccessible();
        desk.open("/?u=99999@2020-01-01");
        assertThat(desk.heading("Không có đơn vị này trong danh mục")).isVisible();
        assertThat(desk.complaints()).allMatch(line -> line.contains("404"));
    }

    @Test
    void manyMatches_areShownInParts() {
        desk.open("/?q=T%C3%A2n");
        Locator choices = desk.page().locator(".choices li");

        assertThat(choices).hasCount(20);
        assertThat(desk.page().locator("#answer")).containsText(Pattern.compile("Đang xem 20 trong \\d{3,4} kết quả"));
        desk.button("Xem thêm").click();

        assertThat(choices).hasCount(40);
        assertThat(desk.page().locator(".choices a").nth(20)).isFocused();
    }

    @Test
    void keyboardAloneIsEnough() {
        desk.open("/");
        for (int i = 0; i < 3; i++) {
            desk.page().keyboard().press("Tab");
        }
        assertThat(desk.box()).isFocused();

        desk.page().keyboard().type("ngoc ha ba dinh");
        assertThat(desk.box()).hasAttribute("aria-expanded", "true");
        desk.page().keyboard().press("Escape");
        assertThat(desk.box()).hasAttribute("aria-expanded", "false");
        assertThat(desk.box()).hasValue("ngoc ha ba dinh");
        desk.page().keyboard().press("ArrowDown");
        assertThat(desk.options().first()).isVisible();
        desk.page().keyboard().press("ArrowDown");
        assertThat(desk.options().first()).hasAttribute("aria-selected", "true");
        assertThat(desk.box()).hasAttribute("aria-activedescendant", "option-0");
        assertThat((String) desk.page().evaluate("getComputedStyle(document.activeElement).outlineStyle"))
                .isEqualTo("solid");
        desk.page().keyboard().press("Enter");

        assertThat(desk.page().locator("h2#result")).isFocused();
        assertThat(desk.page().locator("h2#result")).hasText("Phường Ngọc Hà");
        assertThat(desk.box()).hasAttribute("aria-expanded", "false");
    }

    @Test
    void englishIsASwitchAway_andNamesStayVietnamese() {
        desk.open(BINH_HAN);

        desk.link("English").click();

        assertThat(desk.heading("What is an old commune, district or province now?"))
                .isVisible();
        assertThat(desk.page().locator("html")).hasAttribute("lang", "en");
        assertThat(desk.page().locator("#result")).hasAttribute("lang", "vi");
        assertThat(desk.part("Now")).containsText("Since 1 July 2025, by 1669/NQ-UBTVQH15, clause 28: toàn bộ");
        assertThat(desk.search()).isEqualTo(BINH_HAN + "&lang=en");
        desk.assertAccessible();
        desk.link("Tiếng Việt").click();
        assertThat(desk.part(NOW_ONE)).isVisible();
        assertThat(desk.search()).isEqualTo(BINH_HAN);
    }

    @Test
    void darkScreen_isAsReadable() {
        try (Visit dark = Visit.inTheDark(chromium.browser(), house.address())) {
            dark.open(NGOC_HA);
            assertThat(dark.part(NOW_TWO)).isVisible();
            dark.assertAccessible();
            dark.picture("lookup-dark");
        }
    }

    @Test
    void phone_showsAllWithoutScrollingSideways() {
        phone.open("/");
        phone.assertFitsTheScreen();
        phone.box().tap();
        phone.box().pressSequentially("Ngọc Hà");
        assertThat(phone.options().first()).isVisible();
        phone.assertFitsTheScreen();
        phone.assertAccessible();
        phone.picture("lookup-phone-suggestions");

        phone.open(NGOC_HA);

        assertThat(phone.part(NOW_TWO)).isVisible();
        phone.assertFitsTheScreen();
        phone.assertAccessible();
        phone.picture("lookup-phone");
        phone.open("/?u=79@2025-07-01");
        assertThat(phone.part(PICTURE)).isVisible();
        phone.assertFitsTheScreen();
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void awayService_isTold_andAskedAgain() {
        desk.open("/");
        house.stopHistory();

        desk.box().fill("Cẩm Thượng");
        desk.box().press("Enter");

        assertThat(desk.heading(AWAY)).isVisible(patiently());
        assertThat(desk.page().locator("#answer")).containsText("Xin thử lại sau ít phút");
        desk.assertAccessible();
        assertThat(desk.complaints()).allMatch(line -> line.contains("503") || line.contains("502"));
        house.startHistory();
        desk.button("Thử lại").click();
        assertThat(desk.heading(AWAY)).isHidden();
        assertThat(desk.page().locator("#answer")).containsText("Cẩm Thượng");
    }

    private static LocatorAssertions.IsVisibleOptions patiently() {
        return new LocatorAssertions.IsVisibleOptions().setTimeout(30_000);
    }
}
