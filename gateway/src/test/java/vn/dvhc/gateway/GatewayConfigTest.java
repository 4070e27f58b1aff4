package vn.dvhc.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import vn.dvhc.gateway.transport.PlainHttp;

class GatewayConfigTest {

    private final GatewayConfig config = Settings.defaults();

    @Test
    void callsUpstreamsAsMeasured_whenNothingIsSet() {
        assertThat(config.maxBodySize().asLongValue()).isEqualTo(10L * 1024 * 1024);
        assertThat(config.maxStreamSize().asLongValue()).isEqualTo(512L * 1024 * 1024);
        assertThat(config.metricsRoles()).containsExactly("operator");
        assertThat(config.callers().remembered()).isEqualTo(50_000);
        assertThat(config.callers().roles())
                .containsExactlyInAnyOrder("operator", "decision-drafter", "decision-approver");
        assertThat(config.kept().maxSize().asLongValue()).isEqualTo(32 * 1024 * 1024);
        assertThat(config.kept().maxAnswer().asLongValue()).isEqualTo(16 * 1024);
        assertThat(config.kept().longest()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.environment()).isEqualTo("production");
        assertThat(config.audit().roles()).containsExactly("national-admin");
        assertThat(config.audit().waiting()).isEqualTo(10_000);
        assertThat(config.plainHttp()).isEqualTo(PlainHttp.REFUSED);
        assertThat(config.revocations().roles()).containsExactly("national-admin");
        assertThat(config.revocations().refresh()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.revocations().longestToken()).isEqualTo(Duration.ofHours(24));
        assertThat(config.console().client()).isEqualTo("console");
        assertThat(config.console().issuer()).hasToString("http://127.0.0.1:18180/realms/dvhc");
        assertThat(config.streams().roles()).containsExactlyInAnyOrder("subscriber", "operator");
        assertThat(config.streams().mostOfCaller()).isEqualTo(10);
        assertThat(config.streams().most()).isEqualTo(1000);
        assertThat(config.streams().heartbeat()).isEqualTo(Duration.ofSeconds(15));
        assertThat(config.streams().patience()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.call().poolSize()).isEqualTo(64);
        assertThat(config.call().passingPoolSize()).isEqualTo(16);
        assertThat(config.call().wholeBody().asLongValue()).isEqualTo(64 * 1024);
        assertThat(config.leastOfStream().asLongValue()).isEqualTo(1024);
        assertThat(config.mostStreamsOfCaller()).isEqualTo(2);
        assertThat(config.mostWaitingAnswersOfCaller()).isEqualTo(16);
        assertThat(config.call().maxWaiting()).isEqualTo(1000);
        assertThat(config.call().connectTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.call().silenceTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.call().keepAlive()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.call().retryAfter()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void deliversAsTheSpecificationSays_whenNothingIsSet() {
        GatewayConfig.Webhooks webhooks = config.webhooks();

        assertThat(webhooks.secretKey()).isEmpty();
        assertThat(webhooks.roles()).containsExactlyInAnyOrder("subscriber", "operator");
        assertThat(webhooks.operatorRoles()).containsExactly("operator");
        assertThat(webhooks.mostOfOwner()).isEqualTo(20);
        assertThat(webhooks.most()).isEqualTo(1000);
        assertThat(webhooks.concurrency()).isEqualTo(4);
        assertThat(webhooks.mostWaiting()).isEqualTo(100);
        assertThat(webhooks.connectTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(webhooks.timeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(webhooks.waits())
                .containsExactly(
                        Duration.ZERO,
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(30),
                        Duration.ofHours(2),
                        Duration.ofHours(5),
                        Duration.ofHours(10),
                        Duration.ofHours(14),
                        Duration.ofHours(20),
                        Duration.ofHours(24));
        assertThat(webhooks.patience()).isEqualTo(Duration.ofDays(5));
        assertThat(webhooks.overlap()).isEqualTo(Duration.ofHours(24));
        assertThat(webhooks.lease()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void limitsEverybody_whenNothingIsSet() {
        GatewayConfig.Limits limits = config.limits();

        assertThat(limits.enabled()).isTrue();
        assertThat(limits.thisMachine()).isFalse();
        assertThat(limits.remembered()).isEqualTo(100_000);
        assertThat(limits.anonymous().requests()).isEqualTo(600);
        assertThat(limits.anonymous().window()).isEqualTo(Duration.ofMinutes(1));
        assertThat(limits.anonymous().bits4()).isEqualTo(32);
        assertThat(limits.anonymous().bits6()).isEqualTo(56);
        assertThat(limits.client().requests()).isEqualTo(6_000);
        assertThat(limits.client().window()).isEqualTo(Duration.ofMinutes(1));
        assertThat(limits.client().daily()).isEqualTo(1_000_000);
        assertThat(limits.clients()).isEmpty();
        assertThat(config.bodyTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.leastOfAnswer().asLongValue()).isEqualTo(8 * 1024);
        assertThat(config.answerPatience()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.origins()).containsExactly("*");
        assertThat(config.onlyByTls()).isEqualTo(Duration.ofDays(365));
        assertThat(config.call().failures()).isEqualTo(5);
        assertThat(config.call().rest()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void boundsOldUrls_whenNothingIsSet() {
        GatewayConfig.OldUrls oldUrls = config.oldUrls();

        assertThat(config.clockFile()).isEmpty();
        assertThat(oldUrls.roles()).containsExactlyInAnyOrder("portal", "operator");
        assertThat(oldUrls.operatorRoles()).containsExactly("operator");
        assertThat(oldUrls.publicUrl()).isEmpty();
        assertThat(oldUrls.sunset()).isEmpty();
        assertThat(oldUrls.mostOfOwner()).isEqualTo(200);
        assertThat(oldUrls.most()).isEqualTo(2_000);
        assertThat(oldUrls.mostHosts()).isEqualTo(1_000);
        assertThat(oldUrls.refresh()).isEqualTo(Duration.ofSeconds(5));
        assertThat(oldUrls.remembered()).isEqualTo(50_000);
        assertThat(oldUrls.flush()).isEqualTo(Duration.ofSeconds(10));
        assertThat(oldUrls.keptDays()).isEqualTo(400);
    }

    @Test
    void opensLookUpsToEverybodyAndNothingElse() {
        Map<String, GatewayConfig.Route> routes = config.routes();

        assertThat(routes.values().stream()
                        .filter(route -> route.roles().isEmpty())
                        .map(GatewayConfig.Route::path))
                .containsExactlyInAnyOrder(
                        "/v1/units",
                        "/v1/counts",
                        "/v1/digest",
                        "/v1/crosswalk",
                        "/v1/snapshot",
                        "/v1/changes",
                        "/v1/rebase",
                        "/v1/vintage",
                        "/v1/convert");
        assertThat(routes.values().stream()
                        .filter(GatewayConfig.Route::computes)
                        .map(GatewayConfig.Route::path))
                .containsExactlyInAnyOrder("/v1/rebase", "/v1/vintage", "/v1/convert");
        assertThat(routes.values().stream().filter(GatewayConfig.Route::streams).map(GatewayConfig.Route::path))
                .containsExactly("/v1/convert");
        assertThat(routes.values().stream()
                        .filter(route -> route.roles().equals(java.util.Optional.of(Set.of("operator"))))
                        .map(GatewayConfig.Route::path))
                .containsExactlyInAnyOrder("/v1/sync", "/v1/sources", "/v1/datasets", "/v1/dead-letters", "/v1/audit");
        assertThat(routes.values().stream()
                        .filter(route -> route.upstream().equals("registry"))
                        .map(GatewayConfig.Route::path))
                .containsExactlyInAnyOrder(
                        "/v1/decisions",
                        "/v1/enactments",
                        "/v1/locality-assignments",
                        "/v1/comparisons",
                        "/v1/acts",
                        "/v1/register");
        assertThat(routes.values().stream()
                        .filter(route ->
                                route.roles().equals(java.util.Optional.of(Set.of("operator", "unit-officer"))))
                        .map(GatewayConfig.Route::path))
                .containsExactlyInAnyOrder(
                        "/v1/handovers",
                        "/v1/records",
                        "/v1/queue",
                        "/v1/conflicts",
                        "/v1/reconciliations",
                        "/v1/sync/communes");
        assertThat(routes.get("record-counts").roles())
                .contains(Set.of("decision-drafter", "decision-approver", "operator"));
    }
}
