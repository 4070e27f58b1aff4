package vn.dvhc.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlainHttpTest {

    @Test
    void doorThatAnswersPlainly_startsOnlyIfToldWhy() {
        assertThat(PlainHttp.REFUSED.refusal(true, "production").orElseThrow())
                .contains("plain HTTP", "QUARKUS_PROFILE=prod,tls", "DVHC_GATEWAY_PLAIN_HTTP=behind-tls");
        assertThat(PlainHttp.REFUSED.refusal(true, "local")).isPresent();
        assertThat(PlainHttp.BEHIND_TLS.refusal(true, "production")).isEmpty();
        assertThat(PlainHttp.LOCAL.refusal(true, "local")).isEmpty();
    }

    @Test
    void doorThatSendsCallersToTls_needsToBeToldNothing() {
        assertThat(PlainHttp.REFUSED.refusal(false, "production")).isEmpty();
    }

    @Test
    void whatIsLocal_isNoReasonAnywhereElse() {
        assertThat(PlainHttp.LOCAL.refusal(true, "production").orElseThrow()).contains("DVHC_ENVIRONMENT=local");
        assertThat(PlainHttp.LOCAL.refusal(false, "production")).isPresent();
    }
}
