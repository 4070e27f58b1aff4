package vn.dvhc.gateway.subscribe;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Promise;
import java.net.URI;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vn.dvhc.gateway.change.ChangeFilter;
import vn.dvhc.gateway.change.ChangeLog;
import vn.dvhc.gateway.change.Events;

class CourierTest {

    private static final String A = "00001@2004-08-31";
    private static final String B = "00004@2004-08-31";
    private static final String C = "00007@2004-08-31";
    private static final Outcome OK = new Outcome(204, null);
    private static final Outcome BUSY = new Outcome(503, null);
    private static final Instant BEGIN = Instant.parse("2026-11-26T00:00:00Z");

    private final ChangeLog log = new ChangeLog();
    private final Events events = new Events();
    private final InMemoryLedger ledger = new InMemoryLedger();
    private final Map<Long, Promise<Outcome>> underWay = new HashMap<>();
    private final List<Long> sent = new ArrayList<>();
    private Instant now = BEGIN;
    private Courier courier;

    @BeforeEach
    void employ() {
        courier = courier(0, List.of());
    }

    @Test
    void sendsOneUnitAtATime_andOthersBeside() throws SQLException {
        tell("created", A); // 1
        tell("created", B); // 2
        tell("renamed", A); // 3
        pump();
        assertThat(sent).containsExactly(1L, 2L);
        assertThat(courier.position()).isZero();

        answer(1, OK);
        pump();

        assertThat(sent).containsExactly(1L, 2L, 3L);
        assertThat(courier.position()).isEqualTo(1);
        answer(3, OK);
        assertThat(courier.position()).isEqualTo(1);
        answer(2, OK);
        assertThat(courier.position()).isEqualTo(3);
    }

    @Test
    void holdsOnlyWhatFollowsOfTheUnit_whenADeliveryFails() throws SQLException {
        tell("created", A); // 1
        tell("created", B); // 2
        tell("renamed", A); // 3
        tell("renamed", B); // 4
        pump();

        answer(1, BUSY);
        answer(2, OK);
        pump();

        assertThat(sent).containsExactly(1L, 2L, 4L);
        assertThat(ledger.kept.get(1L).state()).isEqualTo("waiting");
        assertThat(ledger.kept.get(1L).lastStatus()).isEqualTo(503);
        assertThat(ledger.kept.get(3L).state()).isEqualTo("held");
        answer(4, OK);
        assertThat(courier.position()).isEqualTo(4);
    }

    @Test
    void triesAgainInOrder_asTheScheduleSays() throws SQLException {
        tell("created", A); // 1
        tell("renamed", A); // 2
        pump();
        answer(1, BUSY);
        pump();
        assertThat(sent).containsExactly(1L);

        later(Duration.ofSeconds(6));
        assertThat(sent).containsExactly(1L, 1L);
        answer(1, BUSY);
        later(Duration.ofSeconds(6));
        assertThat(sent).containsExactly(1L, 1L);
        later(Duration.ofMinutes(6));
        answer(1, OK);
        pump();

        assertThat(sent).containsExactly(1L, 1L, 1L, 2L);
        answer(2, OK);
        assertThat(ledger.kept).isEmpty();
    }

    @Test
    void givesADeliveryUp_whenNoAttemptIsLeft_andGoesOnWithItsUnit() throws SQLException {
        tell("created", A); // 1
        tell("created", B); // 2
        tell("renamed", A); // 3
        pump();
        answer(1, BUSY);
        later(Duration.ofMinutes(6));
        answer(1, BUSY);
        later(Duration.ofMinutes(6));
        answer(2, OK);
        answer(1, BUSY);
        pump();

        assertThat(ledger.kept.get(1L).state()).isEqualTo("failed");
        assertThat(ledger.kept.get(1L).attempts()).isEqualTo(3);
        assertThat(sent).endsWith(1L, 3L);
        assertThat(ledger.disabled).isNull();
    }

    @Test
    void readsNoMore_whenTooMuchWaits() throws SQLException {
        for (int i = 0; i < 9; i++) {
            tell("created", String.format("%05d@2004-08-31", 100 + i));
        }
        pump();
        while (!underWay.isEmpty()) {
            answer(underWay.keySet().iterator().next(), BUSY);
            pump();
        }

        assertThat(ledger.kept.size()).isLessThanOrEqualTo(5).isGreaterThanOrEqualTo(3);
        assertThat(courier.position()).isEqualTo(ledger.kept.size());
    }

    @Test
    void isDisabledAtOnce_whenTheReceiverIsGone() throws SQLException {
        tell("created", A);
        tell("created", B);
        pump();

        answer(1, new Outcome(410, null));
        pump();

        assertThat(ledger.disabled).isEqualTo("gone");
        assertThat(courier.isClosing()).isTrue();
        assertThat(courier.isIdle()).isFalse();
    }

    @Test
    void isDisabled_whenAllHasFailedForDays() throws SQLException {
        tell("created", A);
        pump();
        answer(1, BUSY);
        later(Duration.ofHours(119));
        answer(1, BUSY);
        assertThat(ledger.disabled).isNull();
        later(Duration.ofHours(2));
        answer(1, BUSY);

        assertThat(ledger.disabled).isEqualTo("failing");
    }

    @Test
    void isDisabled_whenTheOnlyDeliveryIsGivenUp_andNothingArrivedMeanwhile() throws SQLException {
        tell("created", A);
        pump();
        answer(1, BUSY);
        later(Duration.ofMinutes(6));
        answer(1, BUSY);
        assertThat(ledger.disabled).isNull();
        later(Duration.ofMinutes(6));
        answer(1, BUSY);

        assertThat(ledger.disabled).isEqualTo("failing");
        assertThat(ledger.kept.get(1L).state()).isEqualTo("failed");
        assertThat(ledger.progress.failingSince())
                .as("as it was when it was disabled")
                .isEqualTo(BEGIN);
    }

    @Test
    void isNotDisabledMonthsLater_whenADeliveryWasGivenUpThatOthersPassed() throws SQLException {
        // Given: of two, one never gets through
        tell("created", A); // 1
        tell("created", B); // 2
        pump();
        answer(2, OK);
        answer(1, BUSY);
        later(Duration.ofMinutes(6));
        answer(1, BUSY);
        tell("renamed", B); // 3
        pump();
        answer(3, OK);
        later(Duration.ofMinutes(6));
        answer(1, BUSY);
        assertThat(ledger.kept.get(1L).state()).isEqualTo("failed");
        assertThat(ledger.disabled).isNull();
        assertThat(courier.progress().orElseThrow().failingSince())
                .as("nothing waits")
                .isNull();

        // When: nothing happens for long, and the next one finds the receiver busy
        later(Duration.ofDays(90));
        tell("renamed", C); // 4
        pump();
        answer(4, BUSY);

        // Then
        assertThat(ledger.disabled).isNull();
        assertThat(courier.isClosing()).isFalse();
        assertThat(courier.progress().orElseThrow().failingSince()).isEqualTo(now);
    }

    @Test
    void forgetsAnOldFailure_whenNothingOfItWaitsAnyMore() throws SQLException {
        courier = courier(0, List.of(), BEGIN.minus(Duration.ofDays(90)));
        assertThat(courier.progress().orElseThrow().failingSince())
                .as("to be written down")
                .isNull();
        tell("created", A);
        pump();

        answer(1, BUSY);

        assertThat(ledger.disabled).isNull();
    }

    @Test
    void countsAnew_whenSomethingArrives() throws SQLException {
        tell("created", A);
        tell("created", B);
        pump();
        answer(1, BUSY);
        answer(2, OK);

        assertThat(courier.progress()).hasValueSatisfying(progress -> {
            assertThat(progress.failingSince()).isNull();
            assertThat(progress.position()).isEqualTo(2);
            assertThat(progress.delivered()).isEqualTo(1);
            courier.written(progress);
        });
        assertThat(courier.progress()).isEmpty();
    }

    @Test
    void goesOnWhereItsPredecessorWas_withoutTellingOutOfOrder() throws SQLException {
        tell("created", A); // 1, arrived, not written down
        tell("renamed", A); // 2, kept
        tell("renamed", A); // 3
        tell("created", B); // 4
        SubscriptionStore.Kept second =
                new SubscriptionStore.Kept(2, A, "waiting", 1, now.plusSeconds(5), now, 503, null);

        courier = courier(0, List.of(second));
        pump();
        assertThat(sent).containsExactly(4L);
        later(Duration.ofSeconds(6));
        answer(2, OK);
        pump();

        assertThat(sent).containsExactly(4L, 2L, 3L);
    }

    @Test
    void sendsNothingNew_whenClosing() throws SQLException {
        tell("created", A);
        tell("renamed", A);
        pump();
        courier.close();

        answer(1, BUSY);
        pump();

        assertThat(sent).containsExactly(1L);
        assertThat(ledger.kept).isEmpty();
        assertThat(courier.position()).as("told again by who comes next").isZero();
        assertThat(courier.isIdle()).isTrue();
    }

    private Courier courier(long position, List<SubscriptionStore.Kept> kept) {
        return courier(position, kept, null);
    }

    private Courier courier(long position, List<SubscriptionStore.Kept> kept, @Nullable Instant failingSince) {
        Subscription subscription = new Subscription(
                "sub_1",
                "test",
                URI.create("https://example.vn/"),
                null,
                ChangeFilter.ALL,
                Subscription.State.ACTIVE,
                null,
                position,
                0,
                null,
                failingSince,
                BEGIN,
                BEGIN,
                1);
        Courier.Rules rules = new Courier.Rules(
                new RetrySchedule(List.of(Duration.ZERO, Duration.ofSeconds(5), Duration.ofMinutes(5))),
                3,
                3,
                Duration.ofHours(120),
                new Random(7),
                new Clock() {
                    @Override
                    public Instant instant() {
                        return now;
                    }

                    @Override
                    public java.time.ZoneId getZone() {
                        return ZoneOffset.UTC;
                    }

                    @Override
                    public Clock withZone(java.time.ZoneId zone) {
                        return this;
                    }
                });
        return new Courier(
                new Ledger.Hold("sub_1", "here", 1),
                subscription,
                kept,
                log,
                log.interest(subscription.filter()),
                ledger,
                rules,
                change -> {
                    Promise<Outcome> attempt = Promise.promise();
                    sent.add(change.sequence());
                    underWay.put(change.sequence(), attempt);
                    return attempt.future();
                });
    }

    private void tell(String kind, String unit) {
        Events.tell(log, events.day(kind, unit, null));
    }

    private void pump() throws SQLException {
        courier.pump(now);
    }

    private void later(Duration time) throws SQLException {
        now = now.plus(time);
        pump();
    }

    private void answer(long sequence, Outcome outcome) {
        underWay.remove(sequence).complete(outcome);
    }
}
