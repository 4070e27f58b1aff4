package vn.dvhc.registry.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.dvhc.decision.Basis;
import vn.dvhc.decision.Confidence;
import vn.dvhc.decision.Extent;
import vn.dvhc.decision.Portion;
import vn.dvhc.decision.UnitChange;
import vn.dvhc.registry.Catalogues;
import vn.dvhc.unit.UnitCode;

class ChangeDocumentTest {

    @Test
    void everyChangeOfTheCatalogue_comesBackEqual() {
        Catalogues.DAYS.values().stream()
                .flatMap(List::stream)
                .flatMap(decision -> decision.changes().stream())
                .forEach(change ->
                        assertThat(ChangeDocument.of(change).toChange()).isEqualTo(change));
    }

    @Test
    void confidenceAndPortion_haveDefaults_whenAbsent() {
        ChangeDocument document = document("succeed", "00001", "00004", null, null, null, null, "partial");

        assertThat(document.toChange())
                .isEqualTo(new UnitChange.Succeed(
                        UnitCode.of("00001"),
                        UnitCode.of("00004"),
                        Extent.PARTIAL,
                        Portion.UNSTATED,
                        Confidence.ACT,
                        Basis.NONE));
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "explode,00001,,,,,,,operation",
                ",00001,,,,,,,operation",
                "abolish,1,,,,,,,code",
                "abolish,,,,,,,,code",
                "abolish,00001,,,,X,,,name",
                "create,00001,,,làng,X,001,,type",
                "create,00001,,,xã,,001,,name",
                "reparent,00001,,,,,,,parent",
                "recode,00001,,abcde,,,,,newCode",
                "succeed,00001,,,,,,full,to",
                "succeed,00001,00002,,,,,whole,extent",
            })
    void namesTheFieldAtFault(
            @Nullable String operation,
            @Nullable String code,
            @Nullable String to,
            @Nullable String newCode,
            @Nullable String type,
            @Nullable String name,
            @Nullable String parent,
            @Nullable String extent,
            String atFault) {
        ChangeDocument document = document(operation, code, to, newCode, type, name, parent, extent);

        assertThatIllegalArgumentException().isThrownBy(document::toChange).withMessageContaining("«" + atFault + "»");
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", " X", "X ", "X\u0000", "X\nY", "Ho\u0300a", "\uD800"})
    void hostileText_isRefused(String name) {
        ChangeDocument document = document("rename", "00001", null, null, null, name, null, null);

        assertThatIllegalArgumentException().isThrownBy(document::toChange).withMessageContaining("«name»");
    }

    @Test
    void longText_isRefused() {
        ChangeDocument document = document("rename", "00001", null, null, null, "x".repeat(201), null, null);

        assertThatIllegalArgumentException().isThrownBy(document::toChange).withMessageContaining("200");
    }

    private static ChangeDocument document(
            @Nullable String operation,
            @Nullable String code,
            @Nullable String to,
            @Nullable String newCode,
            @Nullable String type,
            @Nullable String name,
            @Nullable String parent,
            @Nullable String extent) {
        return new ChangeDocument(
                operation, code, to, newCode, type, name, parent, extent, null, null, null, null, null);
    }
}
