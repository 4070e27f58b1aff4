package vn.dvhc.sync.mandate;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.junit.jupiter.api.Test;
import vn.dvhc.catalogue.Catalogue;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.UnitId;

/** Over the real reform: commune 00016 of Hà Nội was split, Hải Dương (30) passed to Hải Phòng (31). */
class MandateTest {

    private static final Timeline TIMELINE = timeline();
    private static final UnitId OLD = UnitId.parse("00016@2004-08-31");

    @Test
    void officer_actsForTheOwnUnit_andForOnesThatPassedToIt_butForNoOther() {
        UnitId successor =
                TIMELINE.successors(OLD, Catalogue.REFORM).get(0).unit().id();
        assertThat(officer(OLD).actsFor(OLD, TIMELINE)).isTrue();
        assertThat(officer(successor).actsFor(OLD, TIMELINE)).isTrue();
        assertThat(officer(OLD).actsFor(successor, TIMELINE))
                .as("the old unit is not the new one")
                .isFalse();
        assertThat(officer(UnitId.parse("01@2004-08-31")).actsFor(OLD, TIMELINE))
                .isFalse();
    }

    @Test
    void nobodyElseActs() {
        assertThat(new Mandate("a", "a", Set.of(Mandate.OPERATOR), OLD).actsFor(OLD, TIMELINE))
                .isFalse();
        assertThat(new Mandate("a", "a", Set.of(Mandate.OFFICER), null).actsFor(OLD, TIMELINE))
                .isFalse();
    }

    @Test
    void unit_isTakenFromTheToken_andNobodyOfTheNationIsAnOfficer() {
        Mandate officer = read(Map.of("sub", "s-1", "upn", "an", "dvhc_unit", OLD.toString()));
        assertThat(officer.unit()).isEqualTo(OLD);
        assertThat(officer.isOfficer()).isTrue();
        assertThat(officer.person()).isEqualTo("s-1");
        assertThat(officer.who()).isEqualTo("an (s-1)");
        for (String claim : new String[] {"VN", "10510", ""}) {
            assertThat(read(Map.of("sub", "s-1", "upn", "an", "dvhc_unit", claim))
                            .isOfficer())
                    .isFalse();
        }
        assertThat(read(Map.of("sub", "s-1", "upn", "an", "dvhc_unit", "10510")).roles())
                .as("a claim of another form takes all roles")
                .isEmpty();
        assertThat(read(Map.of("sub", "s-1", "upn", "an")).isOfficer()).isFalse();
    }

    private static Mandate read(Map<String, String> claims) {
        SecurityIdentity identity = QuarkusSecurityIdentity.builder()
                .setPrincipal(new Token(claims))
                .addRole(Mandate.OFFICER)
                .build();
        return Mandate.of(new UnitClaim()
                .augment(identity, work -> Uni.createFrom().item(work))
                .await()
                .indefinitely());
    }

    private record Token(Map<String, String> claims) implements JsonWebToken {
        @Override
        public String getName() {
            return claims.get("upn");
        }

        @Override
        public Set<String> getClaimNames() {
            return claims.keySet();
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T> T getClaim(String name) {
            return (T) claims.get(name);
        }
    }

    private static Mandate officer(UnitId unit) {
        return new Mandate("p", "Người ký", Set.of(Mandate.OFFICER), unit);
    }

    private static Timeline timeline() {
        Timeline timeline = Timeline.empty();
        for (var day : Catalogue.load().days().headMap(Catalogue.REFORM, true).entrySet()) {
            timeline = timeline.enact(day.getKey(), day.getValue()).fold(enacted -> enacted.timeline(), refused -> {
                throw new AssertionError(refused.reasons());
            });
        }
        return timeline;
    }
}
