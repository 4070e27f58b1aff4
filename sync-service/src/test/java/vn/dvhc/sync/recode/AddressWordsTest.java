package vn.dvhc.sync.recode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.dvhc.unit.UnitType;

class AddressWordsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Số 5 đường Lê Lợi, P.Tân An | số 5 đường lê lợi;p tân an",
                "Thôn 1 xã Minh Quang huyện Ba Vì | thôn 1;xã minh quang;huyện ba vì",
                "Tổ 2 thị xã Sơn Tây | tổ 2;thị xã sơn tây",
                "Thôn 1 - xã Hòa Bình | thôn 1;xã hoà bình",
                "THÔN  1; Xã Hoà Bình | thôn 1;xã hoà bình",
            })
    void parts_areWhatTheWriterParted_andTheKindsOfUnits(String text, String parts) {
        assertThat(AddressWords.parts(text)).containsExactly(parts.split(";"));
    }

    @Test
    void plain_hasNoMarks() {
        assertThat(AddressWords.plain(AddressWords.folded("Đặc khu Phú Quý"))).isEqualTo("dac khu phu quy");
    }

    @Test
    void fullNames_areWithTheKindInFullAndShort() {
        assertThat(AddressWords.fullNames(UnitType.WARD, "Ba Đình"))
                .containsExactly("phường ba đình", "p ba đình", "f ba đình");
    }

    @ParameterizedTest
    @CsvSource({
        "thôn 1, thôn 1, true",
        "số 5 đường lê lợi, đường lê lợi, true",
        "thôn 10, thôn 1, false",
        "thôn 1 b, thôn 1, false",
        "số nhà 12, 12, false",
        "12, 12, true",
    })
    void isAt_neverFindsALocalityWithinALongerOne(String part, String locality, boolean at) {
        assertThat(AddressWords.isAt(part, locality)).isEqualTo(at);
    }
}
