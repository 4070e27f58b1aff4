package vn.dvhc.sync.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VersionsTest {

    @Test
    void read_losesNoDigit() {
        assertThat(Versions.read("{\"area\": 120.50, \"big\": 12345678901234567890.123456789012345678, \"open\": true,"
                        + " \"none\": null, \"name\": \"Hoà\"}"))
                .containsEntry("area", "120.50")
                .containsEntry("big", "12345678901234567890.123456789012345678")
                .containsEntry("open", "true")
                .containsEntry("none", null)
                .containsEntry("name", "Hoà");
        assertThat(Versions.read(null)).isNull();
    }

    @Test
    void differing_namesTheColumns_andAllOfThemIfAVersionIsADeletion() {
        assertThat(Versions.differing(
                        Versions.read("{\"a\":1,\"b\":2,\"c\":null}"), Versions.read("{\"a\":1,\"b\":3,\"c\":null}")))
                .containsExactly("b");
        assertThat(Versions.differing(Versions.read("{\"a\":1,\"b\":2}"), null)).containsExactly("a", "b");
    }

    @Test
    void place_isReadBackFromItsText() {
        assertThat(Conflict.Place.parse("commune_30:12")).contains(new Conflict.Place("commune_30", 12));
        assertThat(Conflict.Place.parse("12")).isEmpty();
        assertThat(Conflict.Place.parse(":12")).isEmpty();
        assertThat(Conflict.Place.parse("a:x")).isEmpty();
    }
}
