package vn.dvhc.demo.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CampaignOptionsTest {

    private static final Path DIR = Path.of("x");

    @Test
    void parse_whenNothingIsSaid_breaksThingsForTenMinutes() {
        assertThat(CampaignOptions.parse(DIR).lasts()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void parse_whenASeedIsGiven_takesIt() {
        assertThat(CampaignOptions.parse(DIR, "--minutes", "2", "--seed", "7", "--records", "500"))
                .isEqualTo(new CampaignOptions(Duration.ofMinutes(2), 7, 500, false, DIR));
    }

    @Test
    void parse_whenSomethingIsWrong_saysWhat() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CampaignOptions.parse(DIR, "--minutes"))
                .withMessage("--minutes needs a number");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CampaignOptions.parse(DIR, "--minutes", "0"))
                .withMessage("--minutes must be from 1 to 600, not 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CampaignOptions.parse(DIR, "--hours", "1"))
                .withMessage("unknown option --hours");
    }
}
