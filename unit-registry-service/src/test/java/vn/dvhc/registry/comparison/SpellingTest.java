package vn.dvhc.registry.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {

    @ParameterizedTest
    @CsvSource({
        "Mỹ Hòa Hưng, Mỹ Hoà Hưng, true",
        "Thủy Xuân, Thuỷ Xuân, true",
        "Ba Đình, BA ĐÌNH, true",
        "Ba Đình, 'Ba  Đình ', true",
        "Ba Đình, 'Ba\u00a0Đình', true",
        "Ba Đình, 'Ba D\u031finh', false",
        "Hòa An, 'Ho\u0300a An', true",
        "Ea H'leo, Ea H’leo, true",
        "Phan Rang - Tháp Chàm, Phan Rang–Tháp Chàm, true",
        "Hòa An, Hóa An, false",
        "Hòa An, Hoa An, false",
        "Tân Thành, Tân Thạnh, false",
        "Đông An, Dông An, false",
        "An Hòa, Hòa An, false",
    })
    void keysAgree_exactlyForSpellingsOfOneName(String one, String other, boolean same) {
        assertThat(Spelling.key(one).equals(Spelling.key(other))).isEqualTo(same);
    }
}
