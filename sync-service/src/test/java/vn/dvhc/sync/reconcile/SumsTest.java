package vn.dvhc.sync.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SumsTest {

    private static final long SEED = 20250701;

    @Test
    void sums_areTheSame_whateverTheOrderAndThePartsOfTheTable() {
        Random random = new Random(SEED);
        List<long[]> records = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            records.add(new long[] {random.nextInt(7), random.nextInt(64), random.nextLong()});
        }
        Sums one = sums(records);
        Collections.shuffle(records, random);

        assertThat(Sums.differing(one, sums(records))).as("seed %d", SEED).isEmpty();
        assertThat(one.rows()).isEqualTo(5_000);
    }

    @Test
    void differing_namesExactlyTheCellsOfWhatDiffers() {
        List<long[]> records = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            records.add(new long[] {i % 5, i % 64, i * 31L});
        }
        Sums owner = sums(records);
        records.get(10)[2]++;
        records.remove(999);
        records.add(new long[] {6, 3, 1});

        assertThat(Sums.differing(owner, sums(records)))
                .containsExactlyInAnyOrder(new Sums.Cell("0", 10), new Sums.Cell("4", 999 % 64), new Sums.Cell("6", 3));
    }

    @Test
    void recordReCodedAtOneEndOnly_isTheSame_underItsUnitOfThePresent() {
        Sums owner = new Sums();
        owner.add("11948@2025-07-01", "11948", "2025-07-01", 4, 1, 77);
        Sums copy = new Sums();
        copy.add("11948@2025-07-01", "318", "2025-06-30", 4, 1, 77);

        assertThat(Sums.differing(owner, copy)).isEmpty();
    }

    @Test
    void groups_areThoseOfThisEnd() {
        Sums sums = new Sums();
        sums.add("u", "318", "2025-06-30", 4, 1, 77);
        sums.add("u", "11948", "2025-07-01", 4, 2, 78);
        sums.add("u", null, null, 4, 1, 79);
        sums.add("u", "11948", "2025-07-01", 5, 2, 78);

        assertThat(sums.groups(List.of(new Sums.Cell("u", 4), new Sums.Cell("u", 6), new Sums.Cell("v", 4))))
                .containsExactlyInAnyOrder(
                        new Sums.Group(new Sums.Bearing("318", "2025-06-30"), 4),
                        new Sums.Group(new Sums.Bearing("11948", "2025-07-01"), 4));
    }

    @Test
    void keepOnly_leavesOutAllOtherUnits() {
        Sums sums = sums(List.of(new long[] {1, 0, 5}, new long[] {2, 0, 5}));

        sums.keepOnly(List.of("2", "3"));

        assertThat(sums.units()).containsExactly("2");
    }

    private static Sums sums(List<long[]> records) {
        Sums sums = new Sums();
        records.forEach(
                record -> sums.add(Long.toString(record[0]), "10507", "2025-06-30", (int) record[1], 1, record[2]));
        return sums;
    }
}
