package vn.dvhc.history.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import vn.dvhc.catalogue.Catalogue;
import vn.dvhc.contract.UnitChangeData;
import vn.dvhc.contract.UnitChangeData.Typed;
import vn.dvhc.decision.Basis;
import vn.dvhc.decision.Decision;
import vn.dvhc.decision.DecisionId;
import vn.dvhc.decision.UnitChange;
import vn.dvhc.decision.UnitEvent;
import vn.dvhc.history.CatalogueLog;
import vn.dvhc.history.Sequel;
import vn.dvhc.timeline.Group;
import vn.dvhc.unit.UnitCode;

class TimelineFeedTest {

    private final List<Arrival> log = CatalogueLog.arrivals(CatalogueLog.whole().messages(), CatalogueLog.RECORDED);
    private static final Instant TOLD = Instant.parse("2026-11-19T02:00:00Z");
    private static final Instant MENDED = Instant.parse("2026-11-20T08:00:00Z");

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
        List<Arrival> delivered = new ArrayList<>();
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
        int secondDay = log.get(0).message().count();
        int thirdDay = secondDay + log.get(secondDay).message().count();
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
        int firstDay = log.get(0).message().count();
        List<Arrival> disordered = new ArrayList<>(log.subList(0, firstDay + 4));
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
        int firstDay = log.get(0).message().count();
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
        int secondDay = log.get(0).message().count();
        int thirdDay = secondDay + log.get(secondDay).message().count();
        List<Arrival> batch = new ArrayList<>(log.subList(0, thirdDay));
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
        int firstDay = log.get(0).message().count();
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

        feed.accept(log.subList(0, log.get(0).message().count()));
        assertThat(feed.isComplete()).isTrue();
    }

    @Test
    void reachesTheDigestOfTheRegistry_throughNoticesCorrectionsAndDays() {
        // Given
        Sequel sequel = sequel();
        feed.accept(log);

        // When
        sequel.arrivals().forEach(arrival -> feed.accept(List.of(arrival)));

        // Then
        assertThat(feed.halt()).isEmpty();
        assertThat(feed.current().digest())
                .isEqualTo(sequel.registry().timeline().digest());
        assertThat(feed.current().sequence()).isEqualTo(sequel.registry().lastSequence());
        assertThat(feed.current().log()).hasSize(sequel.registry().groups().size());

        // When: the same in one batch, twice
        TimelineFeed bulk = new TimelineFeed();
        List<Arrival> everything = new ArrayList<>(log);
        everything.addAll(sequel.arrivals());
        bulk.accept(everything);
        bulk.accept(everything);

        // Then
        assertThat(bulk.halt()).isEmpty();
        assertThat(bulk.current().digest()).isEqualTo(feed.current().digest());
        assertThat(bulk.current().sequence()).isEqualTo(feed.current().sequence());
    }

    @Test
    void tellsTheMessagesAfterASequence_withTheirKindAndRecordedTime() {
        // Given
        Sequel sequel = sequel();
        feed.accept(log);
        feed.accept(sequel.arrivals());

        // When
        List<Logged> after = feed.current().messagesAfter(log.size() - 1L, 100);

        // Then
        assertThat(after).extracting(one -> one.message().sequence()).startsWith((long) log.size(), log.size() + 1L);
        assertThat(after)
                .extracting(Logged::message)
                .endsWith(sequel.arrivals().get(sequel.arrivals().size() - 1).message());
        assertThat(after)
                .extracting(Logged::kind)
                .containsSubsequence(Group.Kind.DAY, Group.Kind.NOTICE, Group.Kind.CORRECTION, Group.Kind.DAY);
        assertThat(after)
                .filteredOn(one -> one.kind() == Group.Kind.CORRECTION)
                .extracting(Logged::recordedAt)
                .containsOnly(MENDED);
        assertThat(feed.current().messagesAfter(0, 3))
                .extracting(one -> one.message().sequence())
                .containsExactly(1L, 2L, 3L);
        assertThat(feed.current().messagesAfter(feed.current().sequence(), 3)).isEmpty();
    }

    @Test
    void halts_whenANoticeIsMissing() {
        // Given
        Sequel sequel = sequel();
        feed.accept(log);

        // When
        feed.accept(sequel.arrivals().subList(1, sequel.arrivals().size()));

        // Then
        assertThat(feed.halt())
                .hasValueSatisfying(halt -> assertThat(halt.cause()).contains("Expected message " + (log.size() + 1)));
        assertThat(feed.current().sequence()).isEqualTo(log.size());
    }

    @Test
    void haltsBeforeACorrectionThatDoesNotHold_andKeepsWhatStoodBefore() {
        // Given
        feed.accept(log);
        String digest = feed.current().digest();
        UnitChangeData born = ((Typed) log.get(0).message()).data();
        UnitChangeData data = data(born.unitId(), log.size() + 1, Catalogue.BASE.toString(), true, 1L);

        // When: a province of 2004 would never have been
        feed.accept(List.of(new Arrival(new UnitChangeData.Retraction(data), MENDED)));

        // Then
        assertThat(feed.halt())
                .hasValueSatisfying(halt -> assertThat(halt.cause()).startsWith("Correction test of 2004-08-31"));
        assertThat(feed.current().digest()).isEqualTo(digest);
    }

    @Test
    void remembersWhatWasKnownAtEarlierMoments_andKeepsAFewOfThem() {
        // Given
        Sequel sequel = sequel();
        feed.accept(log);
        String before = feed.current().digest();
        feed.accept(sequel.arrivals());
        Snapshot current = feed.current();
        PastSnapshots past = new PastSnapshots(1);

        // When
        Snapshot catalogue = past.compute(current, CatalogueLog.RECORDED);

        // Then
        assertThat(catalogue.digest()).isEqualTo(before);
        assertThat(catalogue.sequence()).isEqualTo(log.size());
        assertThat(past.known(current, CatalogueLog.RECORDED.plusSeconds(1)))
                .as("nothing was recorded in between")
                .contains(catalogue);
        assertThat(past.known(current, Instant.parse("2030-01-01T00:00:00Z"))).contains(current);

        // When
        Snapshot told = past.compute(current, TOLD);

        // Then
        assertThat(told.timeline().digest()).isEqualTo(before);
        assertThat(told.sequence()).isGreaterThan(catalogue.sequence());
        assertThat(past.known(current, CatalogueLog.RECORDED)).isEmpty();
    }

    private static Sequel sequel() {
        Decision later = new Decision(
                new DecisionId("later"),
                LocalDate.of(2026, 11, 21),
                "Đổi tên",
                List.of(new UnitChange.Rename(UnitCode.of("00008"), "Ngọc Hà Mới", Basis.NONE)));
        return new Sequel()
                .notice(later, TOLD)
                .correction(
                        Catalogue.REFORM,
                        new UnitChange.Rename(UnitCode.of("00004"), "Ba Đình Đúng", Basis.NONE),
                        MENDED)
                .day(later, MENDED.plusSeconds(60));
    }

    private static Arrival ending(String unitId, long sequence) {
        return new Arrival(
                new Typed(UnitEvent.Kind.ENDED, data(unitId, sequence, "2030-01-01", null, null)),
                CatalogueLog.RECORDED);
    }

    private static UnitChangeData data(
            String unitId, long sequence, String enactment, @Nullable Boolean correction, @Nullable Long retracts) {
        return new UnitChangeData(
                sequence,
                enactment,
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
                correction,
                retracts,
                null);
    }
}
