package vn.dvhc.gateway.subscribe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignatureTest {

    private static final byte[] KEY = Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
    private static final String KNOWN = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    @Test
    void isThatOfTheSpecification() {
        assertThat(Signature.of(List.of(KEY), ID, 1614265330, BODY)).isEqualTo(KNOWN);
    }

    @Test
    void holdsOneOfEachKey_whileASecretIsReplaced() {
        byte[] fresh = "another key of some length".getBytes(StandardCharsets.UTF_8);

        String both = Signature.of(List.of(fresh, KEY), ID, 1614265330, BODY);

        assertThat(both.split(" ")).hasSize(2).contains(KNOWN);
    }

    @Test
    void secretsAreSealedForTheirSubscriptionAlone() {
        SecretBox box = new SecretBox("dGVzdHMtb25seS1zZWNyZXQta2V5LW9mLTMyLWJ5dGU=");
        byte[] secret = box.secret();

        byte[] sealed = box.seal("sub_1", secret);

        assertThat(box.open("sub_1", sealed)).isEqualTo(secret);
        assertThat(box.seal("sub_1", secret)).isNotEqualTo(sealed);
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1))
                .doesNotContain(new String(secret, StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> box.open("sub_2", sealed)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new SecretBox("c2hvcnQ=")).isInstanceOf(IllegalArgumentException.class);
        assertThat(SecretBox.shown(secret)).startsWith("whsec_").hasSize(6 + 44);
    }
}
