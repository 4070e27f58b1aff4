package vn.dvhc.history.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpellingTest {

    @ParameterizedTest
    @CsvSource({
        "Hòa Bình, Hoà Bình",
        "Mỹ Tho, Mĩ Tho",
        "Lý Nhân, Lí Nhân",
        "Quý Lộc, Quí Lộc",
        "Ý Yên, Í Yên",
        "Đắk Lắk, Đắc Lắc",
        "Bắc Kạn, Bắc Cạn",
        "Phường 04, phường 4",
        "Ea H'leo, Ea H’leo",
        "T.P. Huế, TP Huế",
        "TX. Sơn Tây, tx Sơn Tây",
        "TPĐà Nẵng, TP Đà Nẵng",
        "QBình Thạnh, q Bình Thạnh",
        "Ðống Đa, Đống Đa"
    })
    void areEqual_whenPeopleMeanTheSame(String one, String other) {
        assertThat(marked(one)).isEqualTo(marked(other));
    }

    @ParameterizedTest
    @CsvSource({"Hòa, Hoa", "Thủy, Thúy", "Đông, Đồng", "Bến Tre, Ben Tre"})
    void differOnlyInMarks_whenTheMarksDiffer(String one, String other) {
        assertThat(plain(one)).isEqualTo(plain(other));
        assertThat(marked(one)).isNotEqualTo(marked(other));
    }

    @ParameterizedTest
    @CsvSource({"Tây Sơn, Tai Sơn", "Thụy Hải, Thúi Hải", "Bảy, Bải"})
    void stayApart_whenYIsNotSaidAsI(String one, String other) {
        assertThat(plain(one)).isNotEqualTo(plain(other));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Phường Bến Nghé, Quận 1", "Hoà Thạnh", "Krông Năng - Đắk Lắk", "Ý Yên"})
    void areEqual_howeverTheLettersAreComposed(String text) {
        assertThat(marked(Normalizer.normalize(text, Normalizer.Form.NFD))).isEqualTo(marked(text));
    }

    @Test
    void partsNumbersFromAbbreviations_butNotHouseNumbers() {
        assertThat(plain("P4 Q.10, 12A/5 KP3")).isEqualTo("p 4 q 10 12a 5 kp 3");
        assertThat(plain("12/5/7 Lê Lợi")).isEqualTo("12/5/7 le loi");
    }

    @Test
    void tellsTheNumber_whenItMayBeRoman() {
        assertThat(Spelling.tokens("Phường XIV").get(1).arabic()).isEqualTo("14");
        assertThat(Spelling.tokens("IX").get(0).arabic()).isEqualTo("9");
        assertThat(Spelling.tokens("Vĩnh").get(0).arabic()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ",.;-", "Москва", "东京", "\u0000\u0001", "\u0301\u0301"})
    void holdsNothing_whenThereIsNoLetterOrDigit(String text) {
        assertThat(Spelling.tokens(text)).isEmpty();
    }

    private static String plain(String text) {
        return joined(Spelling.tokens(text), true);
    }

    private static String marked(String text) {
        return joined(Spelling.tokens(text), false);
    }

    private static String joined(List<Token> tokens, boolean plain) {
        return tokens.stream().map(plain ? Token::plain : Token::marked).collect(Collectors.joining(" "));
    }
}
