package vn.dvhc.registry.act;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.dvhc.decision.LegalAct;
import vn.dvhc.registry.Catalogues;

class ActNumbersTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "unknown",
            value = {
                "1656/NQ-UBTVQH15, Ủy ban Thường vụ Quốc hội, unknown",
                "202/2025/QH15, Quốc hội, 2025",
                "12/2007/NĐ-CP, Chính phủ, 2007",
                "35/NQ-CP, Chính phủ, unknown",
                "19/2025/QĐ-TTg, Thủ tướng Chính phủ, 2025",
                "1/NQ-HĐND, unknown, unknown",
                "7/2026/QĐ-UBND, unknown, 2026",
                "703/TCTK-PPCĐ, unknown, unknown",
                "469/NQ-NBTVQH13, unknown, unknown",
                "12/9999/NĐ-CP, Chính phủ, unknown",
                "không số, unknown, unknown",
            })
    void number_saysNoMoreThanItDoes(String number, String issuer, Integer year) {
        assertThat(ActNumbers.issuer(number).orElse(null)).isEqualTo(issuer);
        assertThat(ActNumbers.year(number).orElse(null)).isEqualTo(year);
    }

    @Test
    void yearInBrackets_isNoPartOfTheNumber() {
        ActDescription act = ActDescription.ofReference("101/NQ-CP (2011)");

        assertThat(act.number()).isEqualTo("101/NQ-CP");
        assertThat(act.year()).isEqualTo(2011);
        assertThat(act.issuer()).isEqualTo("Chính phủ");
        assertThat(ActNumbers.number("101/NQ-CP(2011)")).isEqualTo("101/NQ-CP(2011)");
    }

    @Test
    void actsOfTheCatalogue_haveIssuersButForTheOddOnes() {
        Set<String> numbers = Catalogues.DAYS.values().stream()
                .flatMap(day -> day.stream())
                .flatMap(decision -> decision.changes().stream())
                .flatMap(change -> change.basis().acts().stream())
                .map(LegalAct::number)
                .map(ActNumbers::number)
                .collect(Collectors.toSet());

        assertThat(numbers).hasSizeGreaterThan(300);
        assertThat(numbers)
                .filteredOn(number -> ActNumbers.issuer(number).isEmpty())
                .hasSizeLessThan(5)
                .allSatisfy(number -> assertThat(number).matches(".*(TCTK-PPCĐ|NBTVQH13)"));
    }
}
