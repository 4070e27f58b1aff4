package vn.dvhc.history.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.dvhc.history.CatalogueLog;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.UnitId;

/** On the whole catalogue. */
class SearchTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);
    private static final LocalDate BEFORE = LocalDate.of(2025, 6, 30);

    static final Gazetteer GAZETTEER = Gazetteer.of(CatalogueLog.whole().timeline());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Bến Nghé|26740@2004-08-31",
                "ben nghe|26740@2004-08-31",
                "BẾN NGHÉ|26740@2004-08-31",
                "P. Bến Nghé|26740@2004-08-31",
                "bến nghe|26740@2004-08-31",
                "tỉnh Hà Tây|28@2004-08-31",
                "TPHCM|79@2025-07-01",
                "tp hcm|79@2025-07-01",
                "hn|01@2004-08-31",
                "BR-VT|77@2004-08-31",
                "TT Huế|46@2004-08-31",
                "daklak|66@2025-07-01",
                "Q1|760@2004-08-31",
                "Quận I|760@2004-08-31",
                "Mĩ Tho|28261@2025-07-01",
                "Phường 4, Quận 4, HCM|27283@2004-08-31",
                "phuong iv quan 4|27283@2004-08-31",
                "P.04 Q.4 TP.HCM|27283@2004-08-31",
                "HCM, Quận 4, Phường 4|27283@2004-08-31",
                "ĐK Phú Quốc|31078@2025-07-01",
                "huyện Phú Quốc|911@2004-08-31",
                "xã Mê Linh, Vĩnh Phúc|09010@2004-08-31"
            })
    void isFirst_howeverItIsWritten(String text, String unit) {
        assertThat(ids(find(text, null, null, null))).startsWith(unit);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bến Ngé", "ben nhge", "Bến Nghéé", "Bến Mghé"})
    void isFound_whenALetterIsWrong(String text) {
        // When
        List<Hit> hits = find(text, null, null, null);

        // Then
        assertThat(ids(hits)).contains("26740@2004-08-31");
        assertThat(hits).allSatisfy(hit -> assertThat(hit.match()).isEqualTo(Hit.Match.MISSPELT));
    }

    @Test
    void ranksExactBeforeBeginningAndInForceBeforeOld() {
        // When
        List<Hit> hits = find("Hòa Bình", null, null, null);

        // Then
        List<Boolean> inForce =
                hits.stream().map(hit -> hit.place().isInForce(TODAY)).toList();
        assertThat(inForce.indexOf(true)).isZero();
        assertThat(hits.stream()
                        .filter(hit -> hit.match() == Hit.Match.EXACT)
                        .map(hit -> hit.place().isInForce(TODAY)))
                .isSortedAccordingTo((one, other) -> Boolean.compare(other, one));
        assertThat(hits).isSortedAccordingTo(Hit::compareTo);
        assertThat(hits.get(hits.size() - 1).match()).isNotEqualTo(Hit.Match.EXACT);
    }

    @Test
    void findsBeginningsOfAnyWord() {
        assertThat(find("nghé", Level.COMMUNE, null, null)).anySatisfy(hit -> {
            assertThat(hit.match()).isEqualTo(Hit.Match.WORD);
            assertThat(hit.place().state().name()).isEqualTo("Bến Nghé");
        });
        assertThat(find("bến ngh", null, null, null).get(0).match()).isEqualTo(Hit.Match.PREFIX);
    }

    @Test
    void keepsToTheDateTheLevelAndTheUnitAbove() {
        assertThat(find("Hòa Bình", Level.PROVINCE, null, null))
                .extracting(hit -> hit.place().level())
                .containsOnly(Level.PROVINCE);
        assertThat(find("Ba Đình", null, null, BEFORE))
                .isNotEmpty()
                .allSatisfy(hit -> assertThat(hit.place().isInForce(BEFORE)).isTrue());
        UnitId haNoi = UnitId.parse("01@2004-08-31");
        assertThat(find("Phúc", null, haNoi, null))
                .isNotEmpty()
                .allSatisfy(hit -> assertThat(hit.place().path()).endsWith("Thành phố Hà Nội"));
    }

    @Test
    void tellsHomonymsApartByTheUnitsAbove() {
        assertThat(ids(find("Phường 1", null, null, null)).size()).isGreaterThan(20);
        assertThat(ids(find("Phường 1, Đà Lạt", null, null, null))).startsWith("24784@2004-08-31");
        assertThat(ids(find("p1 vung tau", null, null, null))).startsWith("26506@2004-08-31");
    }

    @Test
    void leadsThroughAllHitsOnce_whenReadInPages() {
        // Given
        Query query = new Query("phước", null, null, null);
        List<UnitId> seen = new ArrayList<>();

        // When
        Search.Page page = Search.find(GAZETTEER, query, TODAY, null, 7);
        int total = page.total();
        page.hits().forEach(hit -> seen.add(hit.place().unit()));
        while (page.more()) {
            Hit last = page.hits().get(page.hits().size() - 1);
            page = Search.find(GAZETTEER, query, TODAY, last.position(), 7);
            page.hits().forEach(hit -> seen.add(hit.place().unit()));
        }

        // Then
        assertThat(seen).hasSize(total).hasSameSizeAs(new HashSet<>(seen));
    }

    @Test
    void findsNothing_whenNoNameIsLikeIt() {
        assertThat(find("qwertyuiop", null, null, null)).isEmpty();
        assertThat(find("4", Level.PROVINCE, null, null)).isEmpty();
    }

    @Test
    void survivesAnyText() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 3000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(60); j >= 0; j--) {
                text.appendCodePoint(
                        random.nextInt(4) == 0
                                ? random.nextInt(0x2100)
                                : "phường xã q1.,-/ TP".charAt(random.nextInt(19)));
            }
            if (Search.isSearchable(text.toString())) {
                assertThat(Search.find(GAZETTEER, new Query(text.toString(), null, null, null), TODAY, null, 5)
                                .hits())
                        .as("seed %d, text %s", seed, text)
                        .hasSizeLessThanOrEqualTo(5);
            }
        }
    }

    private static List<Hit> find(String text, @Nullable Level level, @Nullable UnitId within, @Nullable LocalDate at) {
        return Search.find(GAZETTEER, new Query(text, level, within, at), TODAY, null, 1000)
                .hits();
    }

    private static List<String> ids(List<Hit> hits) {
        return hits.stream().map(hit -> hit.place().unit().toString()).toList();
    }
}
