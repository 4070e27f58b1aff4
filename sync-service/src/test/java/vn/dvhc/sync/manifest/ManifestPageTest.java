package vn.dvhc.sync.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManifestPageTest {

    private static final LocalDate DAY = LocalDate.of(2025, 7, 1);

    @Test
    void page_bearsWhatSuchADocumentHas_withItsFigures() {
        String page = ManifestPage.of(sealed("Xã Thanh Tân", 12_345, 1, List.of(signature("Nguyễn Văn An"))));
        assertThat(page)
                .contains(
                        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                        "Độc lập - Tự do - Hạnh phúc",
                        "BIÊN BẢN BÀN GIAO",
                        "@page { size: A4",
                        "12.345",
                        "987654321",
                        "1656/NQ-UBTVQH15, khoản 3",
                        "hiệu lực từ 01/07/2025",
                        "00:05:00 ngày 01/07/2025",
                        "Nguyễn Văn An",
                        "(chưa ký)",
                        "f".repeat(64))
                .doesNotContain("phụ lục");
    }

    @Test
    void page_saysThatItIsAnAppendix_whenItIsALaterVersion() {
        assertThat(ManifestPage.of(sealed("Xã A", 1, 2, List.of()))).contains("phiên bản 2 (phụ lục");
    }

    @Test
    void page_escapesEveryValue() {
        String page = ManifestPage.of(
                sealed("<script>alert('x')</script>", 1, 1, List.of(signature("<img src=x onerror=\"y\">"))));
        assertThat(page)
                .doesNotContain("<script", "<img")
                .contains("&lt;script&gt;alert(&#39;x&#39;)", "&lt;img src=x onerror=&quot;y&quot;&gt;");
    }

    @Test
    void csv_quotesWhatHoldsACommaOrQuote() {
        String line = ManifestTable.csv(sealed("Xã \"A\", B", 1, 1, List.of()));
        assertThat(line).contains(",\"Xã \"\"A\"\", B\",").endsWith("\r\n");
        assertThat(ManifestTable.HEADER.split(",")).hasSize(23);
    }

    static Manifests.Sealed sealed(String name, long count, int version, List<Signature> signatures) {
        Manifest manifest = new Manifest(
                "case_file.10507@2004-08-31.10525@2025-07-01",
                DAY,
                version,
                "case_file",
                new Manifest.Party("10507@2004-08-31", "10507", name, "Tỉnh Hải Dương"),
                new Manifest.Party("10525@2025-07-01", "10525", "Phường Mới", "Thành phố Hải Phòng"),
                List.of("commune_30"),
                List.of("commune_31"),
                new Manifest.Records(count, "987654321", count, "987654321", true, 2, 3),
                new Manifest.Exceptions(1, 0, List.of("1 hồ sơ: chưa rõ.")),
                List.of(new Manifest.Clause(
                        DAY,
                        "10507@2004-08-31",
                        "10525@2025-07-01",
                        "full",
                        "toàn bộ",
                        List.of("1656/NQ-UBTVQH15"),
                        "3",
                        "d-1")),
                "2025-06-30T17:00:01Z",
                "2025-06-30T17:00:02Z",
                "2025-06-30T17:05:00Z");
        return new Manifests.Sealed(manifest, 7, "f".repeat(64), version, "unsigned", signatures);
    }

    private static Signature signature(String signer) {
        return new Signature(
                "from", 1, "f".repeat(64), signer, "p", "10507@2004-08-31", "Xã Thanh Tân", "2025-06-30T18:00:00Z");
    }
}
