package vn.dvhc.history.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import vn.dvhc.catalogue.Catalogue;
import vn.dvhc.decision.Confidence;
import vn.dvhc.decision.Decision;
import vn.dvhc.decision.UnitChange;
import vn.dvhc.history.CatalogueLog;
import vn.dvhc.history.search.Gazetteer;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitCode;

/** On the whole catalogue. */
class ConverterTest {

    private static final LocalDate BEFORE = LocalDate.of(2025, 6, 30);
    private static final Timeline TIMELINE = CatalogueLog.whole().timeline();
    private static final Gazetteer GAZETTEER = Gazetteer.of(TIMELINE);

    private final Converter converter = new Converter(GAZETTEER, Catalogue.REFORM);

    @Test
    void givesExactlyTheEdgesOfTheActs_forEveryCommuneBeforeTheReform() {
        // Given
        Map<String, Set<String>> acts = new HashMap<>();
        Set<String> ended = new HashSet<>();
        for (Decision decision : Catalogue.load().days().get(Catalogue.REFORM)) {
            for (UnitChange change : decision.changes()) {
                if (change instanceof UnitChange.Succeed edge) {
                    acts.computeIfAbsent(edge.code().value(), code -> new HashSet<>())
                            .add(edge.to().value() + " " + edge.extent());
                } else if (change instanceof UnitChange.Abolish end) {
                    ended.add(end.code().value());
                }
            }
        }
        List<Unit> communes = TIMELINE.units(BEFORE, Level.COMMUNE, null);
        assertThat(communes).hasSize(10_035);

        // Then
        for (Unit commune : communes) {
            Conversion conversion = converter.code(commune.code(), BEFORE);
            String code = commune.code().value();
            if (ended.contains(code)) {
                Set<String> told = new HashSet<>();
                conversion.to().forEach(target -> {
                    told.add(target.unit().unit().code() + " " + target.extent());
                    assertThat(target.confidence()).isEqualTo(Confidence.ACT);
                });
                assertThat(told).as(code).isEqualTo(acts.getOrDefault(code, Set.of()));
                assertThat(conversion.status())
                        .as(code)
                        .isEqualTo(told.isEmpty() ? Status.ENDED : told.size() == 1 ? Status.RESOLVED : Status.SPLIT);
            } else {
                assertThat(conversion.status()).as(code).isEqualTo(Status.UNCHANGED);
                assertThat(conversion.to().get(0).unit().unit().id()).isEqualTo(commune.id());
            }
        }
    }

    @Test
    void isSplit_whenTheUnitWentIntoSeveral() {
        // When
        Conversion conversion = converter.code(UnitCode.of("00016"), BEFORE);

        // Then
        assertThat(conversion.status()).isEqualTo(Status.SPLIT);
        assertThat(conversion.from()).isNotNull();
        assertThat(conversion.to())
                .extracting(target -> target.unit().unit().code().value())
                .contains("00004", "00008");
        assertThat(conversion.sureness()).isEqualTo(Sureness.EXACT);
    }

    @Test
    void assumesNoDate_whenACodeMeantSeveralUnits() {
        // When
        Conversion conversion = converter.code(UnitCode.of("00004"), null);

        // Then
        assertThat(conversion.status()).isEqualTo(Status.AMBIGUOUS);
        assertThat(conversion.from()).isNull();
        assertThat(conversion.to()).isEmpty();
        assertThat(conversion.vintages())
                .extracting(vintage -> vintage.unit().unit().name())
                .containsExactly("Trúc Bạch", "Ba Đình");
    }

    @Test
    void needsNoDate_whenACodeMeantOneUnitOnly() {
        assertThat(converter.code(UnitCode.of("01"), null).status()).isEqualTo(Status.UNCHANGED);
        assertThat(converter.code(UnitCode.of("28"), null).status()).isEqualTo(Status.RESOLVED);
    }

    @Test
    void tellsWhenTheCodeIsKnown_whenNobodyBoreItThen() {
        Conversion then = converter.code(UnitCode.of("00016"), LocalDate.of(2025, 7, 1));
        assertThat(then.status()).isEqualTo(Status.UNKNOWN);
        assertThat(then.cause()).isEqualTo(Cause.NOT_BORNE_THEN);
        assertThat(then.vintages()).hasSize(1);
        assertThat(converter.code(UnitCode.of("99999"), null).cause()).isEqualTo(Cause.NEVER_BORNE);
    }

    @Test
    void isAmbiguous_whenAnAddressNamesTwoUnitsOfOneLevel() {
        // When
        Conversion conversion = converter.address("xã Bát Tràng hoặc xã Lệ Chi, huyện Gia Lâm, Hà Nội", BEFORE);

        // Then
        assertThat(conversion.status()).isEqualTo(Status.AMBIGUOUS);
        assertThat(conversion.candidates())
                .extracting(candidate -> candidate.unit().name())
                .containsExactlyInAnyOrder("Bát Tràng", "Lệ Chi");
    }

    @Test
    void isEnded_whenNothingIsKnownToHaveSucceeded() {
        Conversion conversion = converter.code(UnitCode.of("277"), BEFORE);
        assertThat(conversion.status()).isEqualTo(Status.ENDED);
        assertThat(conversion.from()).isNotNull();
        assertThat(conversion.to()).isEmpty();
    }

    @Test
    void undoesNothing_whenTheCodeIsOfALaterDate() {
        Conversion conversion = new Converter(GAZETTEER, BEFORE).code(UnitCode.of("00004"), Catalogue.REFORM);
        assertThat(conversion.status()).isEqualTo(Status.UNCHANGED);
        assertThat(conversion.cause()).isEqualTo(Cause.READ_LATER);
        assertThat(conversion.to().get(0).unit().path()).isEqualTo("Phường Ba Đình, Thành phố Hà Nội");
    }

    @Test
    void changesNothing_whenAppliedAgain() {
        for (Unit commune : TIMELINE.units(BEFORE, Level.COMMUNE, null)) {
            Conversion once = converter.code(commune.code(), BEFORE);
            for (Target target : once.to()) {
                Unit unit = target.unit().unit();
                assertThat(converter.code(unit.code(), Catalogue.REFORM).status())
                        .as(unit.id().toString())
                        .isEqualTo(Status.UNCHANGED);
            }
        }
    }

    @Test
    void tellsTheNewCode_whenAUnitGoesOnUnderAnother() {
        // Given
        Unit recoded = TIMELINE.histories()
                .filter(history -> history.ended() == null || history.ended().isAfter(BEFORE))
                .map(history -> history.at(BEFORE))
                .flatMap(java.util.Optional::stream)
                .filter(unit -> !unit.code().equals(unit.id().codeAtBirth()))
                .findFirst()
                .orElseThrow();

        // When
        Conversion conversion = new Converter(GAZETTEER, BEFORE)
                .code(recoded.id().codeAtBirth(), recoded.id().born());

        // Then
        assertThat(conversion.status()).isEqualTo(Status.RESOLVED);
        assertThat(conversion.cause()).isEqualTo(Cause.RECODED);
        assertThat(conversion.to().get(0).unit().unit().code()).isEqualTo(recoded.code());
    }

    @Test
    void readsAnAddressAgainstTheEraItFits() {
        Conversion old = converter.address("12 Nguyễn Trãi, P. Bến Thành, Q1, TP HCM", null);
        assertThat(old.status()).isEqualTo(Status.RESOLVED);
        assertThat(old.sureness()).isEqualTo(Sureness.EXACT);
        assertThat(old.from())
                .extracting(PlacedUnit::path)
                .isEqualTo("Phường Bến Thành, Quận 1, Thành phố Hồ Chí Minh");
        Conversion present = converter.address("Phường Bến Thành, TP HCM", null);
        assertThat(present.status()).isEqualTo(Status.UNCHANGED);
        assertThat(converter.address("Phường Bến Thành, TP HCM", BEFORE).from())
                .extracting(from -> from.unit().validTo())
                .isEqualTo(Catalogue.REFORM);
    }

    @Test
    void isNotDecided_whenAnAddressFitsSeveral() {
        Conversion conversion = converter.address("Xã Tân Lập", null);
        assertThat(conversion.status()).isEqualTo(Status.AMBIGUOUS);
        assertThat(conversion.candidates()).hasSize(10);
        assertThat(conversion.candidateCount()).isGreaterThan(20);
    }

    @Test
    void tellsWhatDoesNotFit_whenAnAddressContradictsItself() {
        Conversion conversion = converter.address("Phường 99, Quận 1, TP HCM", null);
        assertThat(conversion.status()).isEqualTo(Status.UNKNOWN);
        assertThat(conversion.leftOver()).isEqualTo("Phường 99");
        assertThat(converter.address("xin chào", null).cause()).isEqualTo(Cause.ADDRESS_NAMES_NOTHING);
    }
}
