package vn.dvhc.registry.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import vn.dvhc.decision.Decision;
import vn.dvhc.registry.Catalogues;
import vn.dvhc.registry.unit.EnactmentRecord;
import vn.dvhc.registry.unit.RegisterState;

class CatchUpTest {

    private static final LocalDate LAST =
            Catalogues.DAYS.headMap(LocalDate.of(2005, 12, 31)).lastKey();
    private static final NavigableMap<LocalDate, List<Decision>> DAYS = Catalogues.DAYS.headMap(LAST, true);
    private static final String DIGEST = Catalogues.until(LAST).digest();

    @Test
    void decisionsInForce_leadToTheStoredDigest() {
        RegisterState state = CatchUp.apply(RegisterState.EMPTY, DAYS, enactment(DIGEST), stored(DIGEST));

        assertThat(state.digest()).isEqualTo(DIGEST);
        assertThat(state.lastSequence()).isEqualTo(77);
    }

    @Test
    void missingDigest_isNotCompared() {
        assertThat(CatchUp.apply(RegisterState.EMPTY, DAYS, enactment(null), Optional.empty())
                        .digest())
                .isEqualTo(DIGEST);
    }

    @Test
    void alteredDecision_isNoticed() {
        NavigableMap<LocalDate, List<Decision>> altered = new TreeMap<>(DAYS);
        altered.computeIfPresent(
                LAST,
                (date, ofDay) -> ofDay.stream()
                        .map(decision -> new Decision(
                                decision.id(),
                                date,
                                decision.title(),
                                decision.changes().subList(0, decision.changes().size() - 1)))
                        .toList());

        assertThatThrownBy(() -> CatchUp.apply(RegisterState.EMPTY, altered, enactment(DIGEST), stored(DIGEST)))
                .isInstanceOf(CorruptRegisterException.class);
    }

    @Test
    void missingDay_isNoticed() {
        assertThatThrownBy(() -> CatchUp.apply(
                        RegisterState.EMPTY, DAYS.headMap(LAST, false), enactment(null), Optional.empty()))
                .isInstanceOf(CorruptRegisterException.class);
    }

    private static Optional<EnactmentRecord> stored(String digest) {
        return Optional.of(enactment(digest));
    }

    private static EnactmentRecord enactment(@Nullable String digest) {
        return new EnactmentRecord(LAST, 70, 77, digest, Instant.EPOCH);
    }
}
