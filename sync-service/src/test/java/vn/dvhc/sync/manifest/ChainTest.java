package vn.dvhc.sync.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class ChainTest {

    private static final LocalDate DAY = LocalDate.of(2025, 7, 1);
    private static final Chain.Draft DRAFT = new Chain.Draft("manifest", DAY, "m", 1, "", "1 2", "{}");

    @Test
    void hash_isThatOfItsText_soThatOthersCanRecomputeIt() {
        assertThat(Chain.hash(Chain.BEGINNING, 1, DRAFT))
                .hasSize(64)
                .isEqualTo(new Chain.Entry(1, DRAFT, Chain.BEGINNING, "").expected());
    }

    @Test
    void hash_differs_whenAnyPartDoes() {
        String hash = Chain.hash(Chain.BEGINNING, 1, DRAFT);
        assertThat(Chain.hash(hash, 1, DRAFT)).isNotEqualTo(hash);
        assertThat(Chain.hash(Chain.BEGINNING, 2, DRAFT)).isNotEqualTo(hash);
        for (Chain.Draft other : new Chain.Draft[] {
            new Chain.Draft("signature", DAY, "m", 1, "", "1 2", "{}"),
            new Chain.Draft("manifest", DAY.plusDays(1), "m", 1, "", "1 2", "{}"),
            new Chain.Draft("manifest", DAY, "n", 1, "", "1 2", "{}"),
            new Chain.Draft("manifest", DAY, "m", 2, "", "1 2", "{}"),
            new Chain.Draft("manifest", DAY, "m", 1, "to", "1 2", "{}"),
            new Chain.Draft("manifest", DAY, "m", 1, "", "1 3", "{}"),
            new Chain.Draft("manifest", DAY, "m", 1, "", "1 2", "{ }")
        }) {
            assertThat(Chain.hash(Chain.BEGINNING, 1, other)).isNotEqualTo(hash);
        }
    }

    @Test
    void subject_isReadBackFromItsId() {
        for (String id :
                new String[] {"case_file.10507@2004-08-31.10525@2025-07-01", "case_file.10507@2004-08-31.undecided"}) {
            assertThat(Subject.parse(DAY, id).orElseThrow().id()).isEqualTo(id);
        }
        assertThat(Subject.parse(DAY, "case_file.10507")).isEmpty();
        assertThat(Subject.parse(DAY, "case_file.a.b")).isEmpty();
    }
}
