package vn.dvhc.sync.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import vn.dvhc.sync.handover.Accounts;

class RatesTest {

    @Test
    void rate_isThatOfTheSameDatabase_orElseOfTheSameDataset() {
        Rates rates = new Rates(List.of(
                part("case_file", "commune_30", 1_000, 500, true), part("case_file", "commune_31", 3_000, 500, true)));
        assertThat(rates.of("case_file", "commune_30")).contains(2_000.0);
        assertThat(rates.of("case_file", "commune_33")).contains(4_000.0);
        assertThat(rates.of("permit", "province_33")).isEmpty();
        assertThat(rates.words()).contains("2 phần", "4000 hồ sơ");
    }

    @Test
    void rate_isUnknown_whenLittleOrNothingWasMeasured() {
        Rates rates = new Rates(List.of(
                part("case_file", "commune_30", 5, 1, true), part("case_file", "commune_31", 3_000, 500, false)));
        assertThat(rates.of("case_file", "commune_30")).isEmpty();
        assertThat(rates.words()).startsWith("Chưa có");
    }

    private static Accounts.Part part(String dataset, String from, long read, long millis, boolean finished) {
        return new Accounts.Part(LocalDate.of(2025, 7, 1), dataset, from, from, read, 0, finished, null, null, millis);
    }
}
