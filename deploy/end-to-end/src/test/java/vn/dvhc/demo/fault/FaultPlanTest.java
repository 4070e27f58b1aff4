package vn.dvhc.demo.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FaultPlanTest {

    private static final List<String> DATABASES = List.of("commune_31", "province_31");

    @Test
    void faultsAreTheSame_whenTheSeedIsTheSame() {
        assertThat(first(7, 60)).isEqualTo(first(7, 60)).isNotEqualTo(first(8, 60));
    }

    @Test
    void everyKindComes_beforeTheDeckIsDealtAgain() {
        List<FaultPlan.Fault> faults = first(1, 35);

        Set<FaultPlan.Kind> kinds = faults.stream()
                .map(FaultPlan.Fault::kind)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(FaultPlan.Kind.class)));
        assertThat(kinds).containsExactlyInAnyOrder(FaultPlan.Kind.values());
        assertThat(faults.stream()
                        .filter(fault -> fault.kind() == FaultPlan.Kind.KILL)
                        .map(FaultPlan.Fault::target))
                .contains(
                        "sync-service",
                        "unit-registry-service",
                        "history-service",
                        "gateway",
                        "Kafka",
                        "Kafka Connect",
                        "PostgreSQL",
                        "Keycloak");
    }

    private static List<FaultPlan.Fault> first(long seed, int count) {
        FaultPlan plan = new FaultPlan(seed, DATABASES, false);
        return Stream.generate(plan::next).limit(count).toList();
    }
}
