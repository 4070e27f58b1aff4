package vn.dvhc.right;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.timeline.WholeCatalogue;
import vn.dvhc.unit.UnitId;

class StandingTest {

    private static final UnitId PROVINCE = UnitId.parse("31@2025-07-01");
    private static final UnitId COMMUNE = UnitId.parse("10507@2025-07-01");
    private static final Relations RELATIONS = new Relations(WholeCatalogue.timeline());

    @Test
    void role_holdsOnlyForAUnitOfItsLevel() {
        assertThat(roles("31@2025-07-01", "province-operator")).containsExactly(Role.PROVINCE_OPERATOR);
        assertThat(roles("10507@2025-07-01", "province-operator")).isEmpty();
        assertThat(roles("31@2025-07-01", "commune-clerk")).isEmpty();
        assertThat(roles("10507@2025-07-01", "commune-clerk")).containsExactly(Role.COMMUNE_CLERK);
        assertThat(roles("VN", "commune-clerk", "province-operator")).isEmpty();
        assertThat(roles(null, "commune-clerk", "province-operator")).isEmpty();
        assertThat(roles("31@2025-07-01", "national-admin", "national-operator", "operator"))
                .as("who acts for a province does not run the country")
                .isEmpty();
        assertThat(roles("31@2025-07-01", "subscriber", "decision-drafter"))
                .containsExactlyInAnyOrder(Role.SUBSCRIBER, Role.DECISION_DRAFTER);
    }

    @Test
    void namesOfOld_standForTheNewOnes() {
        assertThat(roles("VN", "operator")).containsExactly(Role.NATIONAL_OPERATOR);
        assertThat(roles(null, "operator")).containsExactly(Role.NATIONAL_OPERATOR);
        assertThat(roles("31@2025-07-01", "unit-officer")).containsExactly(Role.PROVINCE_OPERATOR);
        assertThat(roles("10507@2025-07-01", "unit-officer")).containsExactly(Role.COMMUNE_CLERK);
        assertThat(roles("VN", "unit-officer")).isEmpty();
        assertThat(roles("VN", "offline_access", "uma_authorization")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "vn", "10507", "10507@", "@2025-07-01", "10507@2025-13-01", "1@2025-07-01", "VN ", "*"})
    void claimOfAnotherForm_takesAllRights(String claim) {
        assertThat(UnitClaim.of(claim).kind()).isEqualTo(UnitClaim.Kind.MALFORMED);
        assertThat(roles(claim, "national-admin", "operator", "subscriber", "unit-officer"))
                .isEmpty();
        assertThat(UnitClaim.of(List.of("VN")).kind()).isEqualTo(UnitClaim.Kind.MALFORMED);
        assertThat(UnitClaim.of(claim)).hasToString("none");
    }

    @Test
    void units_areAll_forTheNation_andThoseOfTheLineage_forAUnit() {
        Standing nation = Standing.of(Set.of("national-operator"), UnitClaim.of("VN"));
        Standing clerk = Standing.of(Set.of("commune-clerk"), UnitClaim.of(COMMUNE.toString()));
        Standing operator = Standing.of(Set.of("province-operator"), UnitClaim.of(PROVINCE.toString()));

        assertThat(nation.units(Call.READ_QUEUE, RELATIONS)).isEmpty();
        assertThat(clerk.units(Call.READ_QUEUE, RELATIONS).orElseThrow())
                .contains(COMMUNE, UnitId.parse("10510@2004-08-31"))
                .hasSizeLessThan(10);
        assertThat(operator.units(Call.READ_QUEUE, RELATIONS).orElseThrow())
                .contains(PROVINCE, COMMUNE, UnitId.parse("10510@2004-08-31"), UnitId.parse("30@2004-08-31"))
                .hasSizeGreaterThan(500);
        assertThat(clerk.units(Call.READ_CONFLICTS, RELATIONS).orElseThrow()).isEmpty();
        assertThat(clerk.may(Call.READ_CONFLICTS)).isFalse();
        assertThat(clerk.may(Call.READ_QUEUE)).isTrue();
        assertThat(clerk.mayEverywhere(Call.READ_QUEUE)).isFalse();
    }

    @Test
    void nothingIsHeld_whileNothingIsKnown() {
        Standing clerk = Standing.of(Set.of("commune-clerk"), UnitClaim.of(COMMUNE.toString()));
        Relations empty = new Relations(Timeline.empty());

        assertThat(clerk.may(Call.READ_QUEUE, COMMUNE, empty)).isFalse();
        assertThat(clerk.units(Call.READ_QUEUE, empty).orElseThrow()).isEmpty();
    }

    private static Set<Role> roles(String claim, String... names) {
        return Standing.of(List.of(names), UnitClaim.of(claim)).roles();
    }
}
