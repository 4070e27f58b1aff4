package vn.dvhc.history.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import vn.dvhc.contract.UnitChangeData;
import vn.dvhc.contract.UnitChangeData.Typed;
import vn.dvhc.decision.UnitEvent;
import vn.dvhc.history.CatalogueLog;

class TimelineFeedTest {

    private final List<Typed> log = CatalogueLog.whole().messages();
    private final TimelineFeed feed = new TimelineFeed();

    @Test
    void reachesTheDigestOfTheRegistry_whenTheWholeLogWasRead() {
        // When
        for (int from = 0; from < log.size(); from += 5000) {
            feed.accept(log.subList(from, Math.min(log.size(), from + 5000)));
        }

        // Then
        assertThat(feed.halt()).isEmpty();
        assertThat(feed.current().sequence()).isEqualTo(log.size());
        assertThat(feed.current().firstDay()).hasToString("Optional[2004-08-31]");
        assertThat(feed.current().digest())
                .isEqualTo(CatalogueLog.whole().timeline().digest());
    }

    @Test
    void reachesTheSameDigest_whenMessagesAreRepeatedAtRandom() {
        // Given
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Typed> delivered = new ArrayList<>();
        for (int i = 0; i < log.size(); i++) {
            delivered.add(log.get(i));
            if (random.nextInt(500) == 0) {
                int back = Math.max(0, i - random.nextInt(300));
                delivered.addAll(log.subList(back, i + 1));
            }
        }

        // When
        int from = 0;
        while (from < delivered.size()) {
            int to = Math.min(delivered.size(), from + 1 + random.nextInt(3000));
            feed.accept(delivered.subList(from, to));
            from = to;
        }

        // Then
        assertThat(feed.halt()).as("seed %d", seed).isEmpty();
        assertThat(feed.current().digest())
                .as("seed %d", seed)
                .isEqualTo(CatalogueLog.whole().timeline().digest());
    }

    @Test
    void showsNothingOfADay_whileItsLastMessageIsMissing() {
        // Given
        int secondDay = log.get(0).data().count();
        int thirdDay = secondDay + log.get(secondDay).data().count();
        feed.accept(log.subList(0, secondDay));
        String before = feed.current().digest();

        // When
        feed.accept(log.subList(secondDay, thirdDay - 1));

        // Then
        assertThat(feed.current().sequence()).isEqualTo(secondDay);
        assertThat(feed.current().digest()).isEqualTo(before);

        // When
        feed.accept(log.subList(thirdDay - 1, thirdDay));

        // Then
        assertThat(feed.current().sequence()).isEqualTo(thirdDay);
    }

    @Test
    void haltsAfterTheLastWholeDay_whenMessagesAreOutOfOrder() {
        // Given
        int firstDay = log.get(0).data().count();
        List<Typed> disordered = new ArrayList<>(log.subList(0, firstDay + 4));
        Collections.swap(disordered, firstDay, firstDay + 1);

        // When
        feed.accept(disordered);

        // Then
        assertThat(feed.halt()).hasValueSatisfying(halt -> {
            assertThat(halt.afterSequence()).isEqualTo(firstDay);
            assertThat(halt.cause()).contains("Expected message " + (firstDay + 1));
        });
        assertThat(feed.current().sequence()).isEqualTo(firstDay);
    }

    @Test
    void takesNothingMore_whenHalted() {
        // Given
        int firstDay = log.get(0).data().count();
        feed.accept(log.subList(0, firstDay));
        feed.halt("poison");

        // When
        feed.accept(log.subList(firstDay, log.size()));
        feed.halt("a later cause");

        // Then
        assertThat(feed.current().sequence()).isEqualTo(firstDay);
        assertThat(feed.halt()).contains(new Halt(firstDay, "poison"));
    }

    @Test
    void keepsTheGoodDaysOfABatch_whenOneOfThemIsRefused() {
        // Given: a third day that ends a unit that never was
        int secondDay = log.get(0).data().count();
        int thirdDay = secondDay + log.get(secondDay).data().count();
        List<Typed> batch = new ArrayList<>(log.subList(0, thirdDay));
        batch.add(ending("99999@1999-01-01", thirdDay + 1));

        // When
        feed.accept(batch);

        // Then
        assertThat(feed.current().sequence()).isEqualTo(thirdDay);
        assertThat(feed.halt()).hasValueSatisfying(halt -> {
            assertThat(halt.afterSequence()).isEqualTo(thirdDay);
            assertThat(halt.cause()).contains("2030-01-01").contains("99999@1999-01-01");
        });
    }

    @Test
    void haltsWithItsSequence_whenAMessageBreaksTheContract() {
        // Given
        int firstDay = log.get(0).data().count();
        feed.accept(log.subList(0, firstDay));

        // When
        feed.accept(List.of(ending("not an id", firstDay + 1)));

        // Then
        assertThat(feed.halt())
                .hasValueSatisfying(halt -> assertThat(halt.cause()).startsWith("Message " + (firstDay + 1)));
    }

    @Test
    void isCompleteOnly_whenCaughtUpAndNotEmpty() {
        assertThat(feed.isComplete()).isFalse();

        feed.caughtUp();
        assertThat(feed.isComplete()).isFalse();

        feed.accept(log.subList(0, log.get(0).data().count()));
        assertThat(feed.isComplete()).isTrue();
    }

    private static Typed ending(String unitId, long sequence) {
        return new Typed(
                UnitEvent.Kind.ENDED,
                new UnitChangeData(
                        sequence,
                        "2030-01-01",
                        0,
                        1,
                        "test",
                        unitId,
                        "commune",
                        "99999",
                        "xã",
                        "Không Có",
                        null,
                        List.of(),
                        List.of(),
                        null,
                        null,
                        null,
                        null,
                        null));
    }
}
