package vn.dvhc.history.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.dvhc.history.CatalogueLog;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitCode;

/** On the whole catalogue. */
class VintageGuessTest {

    private static final Timeline TIMELINE = CatalogueLog.whole().timeline();

    @ParameterizedTest
    @ValueSource(
            strings = {"2005-01-01", "2010-06-01", "2019-12-15", "2024-12-31", "2025-06-30", "2025-07-01", "2026-11-23"
            })
    void findsTheDate_whenTheListIsThatOfADay(String date) {
        // Given
        LocalDate day = LocalDate.parse(date);
        List<UnitCode> codes = TIMELINE.units(day, Level.COMMUNE, null).stream()
                .map(Unit::code)
                .toList();

        // When
        VintageGuess guess = VintageGuess.of(TIMELINE, codes, 20);

        // Then
        assertThat(guess.ranges().get(0).inForce()).isEqualTo(codes.size());
        assertThat(guess.ranges())
                .filteredOn(range -> range.inForce() == codes.size())
                .anySatisfy(range -> {
                    assertThat(range.from()).isBeforeOrEqualTo(day);
                    assertThat(range.to() == null || range.to().isAfter(day)).isTrue();
                    assertThat(range.missing()).isEmpty();
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"2010-06-01", "2025-06-30", "2025-07-01"})
    void isDecided_whenOnlyOneRangeHoldsTheWholeList(String date) {
        // Given
        List<UnitCode> codes = TIMELINE.units(LocalDate.parse(date), Level.COMMUNE, null).stream()
                .map(Unit::code)
                .toList();

        // Then
        assertThat(VintageGuess.of(TIMELINE, codes, 1).isDecided()).isTrue();
    }

    @Test
    void isNotDecided_whenSeveralRangesExplainTheListAsWell() {
        VintageGuess guess = VintageGuess.of(TIMELINE, List.of(UnitCode.of("00004")), 5);
        assertThat(guess.isDecided()).isFalse();
        assertThat(guess.ranges())
                .extracting(VintageGuess.Range::from)
                .containsExactly(LocalDate.of(2025, 7, 1), LocalDate.of(2004, 8, 31));
    }

    @Test
    void tellsWhatItCannotExplain() {
        // Given
        List<UnitCode> codes = new ArrayList<>(List.of(UnitCode.of("99999"), UnitCode.of("99999")));
        TIMELINE.units(LocalDate.of(2025, 7, 1), Level.COMMUNE, null).forEach(unit -> codes.add(unit.code()));
        codes.add(UnitCode.of("00016"));

        // When
        VintageGuess guess = VintageGuess.of(TIMELINE, codes, 1);

        // Then
        assertThat(guess.neverBorne()).containsExactly(UnitCode.of("99999"));
        assertThat(guess.neverBorneCount()).isEqualTo(2);
        assertThat(guess.ranges().get(0).from()).isEqualTo(LocalDate.of(2025, 7, 1));
        assertThat(guess.ranges().get(0).missing()).containsExactly(UnitCode.of("00016"), UnitCode.of("99999"));
        assertThat(guess.ranges().get(0).missingCount()).isEqualTo(3);
        assertThat(guess.ranges().get(0).inForce()).isEqualTo(codes.size() - 3);
    }

    @Test
    void knowsNothing_whenNoCodeWasEverBorne() {
        VintageGuess guess = VintageGuess.of(TIMELINE, List.of(UnitCode.of("99999")), 5);
        assertThat(guess.ranges()).isEmpty();
        assertThat(guess.isDecided()).isFalse();
    }
}
