package vn.dvhc.gateway.redirect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import vn.dvhc.unit.UnitCode;

class UrlTemplateTest {

    @ParameterizedTest
    @CsvSource({
        "https://cong.example.vn/xa/{code}/thu-tuc, https://cong.example.vn/xa/10507/thu-tuc",
        "https://cong.example.vn/xa/{code}, http://cong.example.vn/xa/10507",
        "https://cong.example.vn/xa/{code}, HTTPS://CONG.example.vn:443/xa/10507?utm=1",
        "https://cong.example.vn/xa-{code}.html, http://cong.example.vn:80/xa-10507.html",
        "https://cong.example.vn:8443/{code}, https://cong.example.vn:8443/10507",
        "https://cong.example.vn/xa?ma={code}, https://cong.example.vn/xa?ma=10507",
        "https://cong.example.vn/xa?ma={code}, https://cong.example.vn/xa?trang=2&ma=10507&x=%2F"
    })
    void findsTheCode_whenTheAddressIsOneOfIts(String template, String url) {
        assertThat(template(template).code(asked(url))).contains(UnitCode.of("10507"));
        assertThat(template(template)).hasToString(template);
    }

    @ParameterizedTest
    @CsvSource({
        "https://cong.example.vn/xa/{code}/thu-tuc, https://cong.example.vn/xa/10507",
        "https://cong.example.vn/xa/{code}, https://cong.example.vn/xa/1050",
        "https://cong.example.vn/xa/{code}, https://cong.example.vn/xa/105077",
        "https://cong.example.vn/xa/{code}, https://cong.example.vn/xa/10507/",
        "https://cong.example.vn/xa/{code}, https://cong.example.vn/XA/10507",
        "https://cong.example.vn/xa/{code}, https://cong.example.vn/xa/1050%37",
        "https://cong.example.vn/xa/{code}, https://cong.example.vn:8443/xa/10507",
        "https://cong.example.vn/xa/{code}, https://cong.example.vn.evil.example/xa/10507",
        "https://cong.example.vn/xa?ma={code}, https://cong.example.vn/xa?ma=10507&ma=10510",
        "https://cong.example.vn/xa?ma={code}, https://cong.example.vn/xa?tama=10507",
        "https://cong.example.vn/xa?ma={code}, https://cong.example.vn/xa/10507"
    })
    void findsNone_whenItIsNot(String template, String url) {
        assertThat(template(template).code(asked(url))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://cong.example.vn/xa/{code}",
                "//cong.example.vn/xa/{code}",
                "javascript:alert({code})",
                "https://cong.example.vn/xa",
                "https://cong.example.vn/{code}/{code}",
                "https://cong.example.vn/xa/1{code}",
                "https://cong.example.vn/xa/{code}7",
                "https://cong.example.vn/../{code}",
                "https://cong.example.vn/./{code}",
                "https://cong.example.vn//{code}",
                "https://cong.example.vn/%2e/{code}",
                "https://cong.example.vn/a;b/{code}",
                "https://cong.example.vn/a b/{code}",
                "https://cong.example.vn/a$1/{code}",
                "https://cong.example.vn/a\"/{code}",
                "https://cong.example.vn/{code}#a",
                "https://cong.example.vn/{code}?a=b",
                "https://cong.example.vn/xa?a=b&ma={code}",
                "https://cong.example.vn/xa?ma={code}\r\nX: y",
                "https://cong.example.vn/{code}\n",
                "https://a@cong.example.vn/{code}",
                "https://{code}.example.vn/",
                "https://127.0.0.1/{code}",
                "https://[::1]/{code}",
                "https://localhost/{code}",
                "https://Cong.example.vn/{code}",
                "https://cong.example.vn:443/{code}",
                "https://cong.example.vn:0/{code}",
                "https://-cong.example.vn/{code}",
                "https://cong..example.vn/{code}",
                "https://cổng.example.vn/{code}",
                "https://cong.example.vn/xã/{code}"
            })
    void isRefused_whenItCouldBeReadInTwoWaysOrLeadElsewhere(String text) {
        assertThat(UrlTemplate.read(text)).isEmpty();
    }

    @Test
    void isRefused_whenItIsTooLong() {
        String long500 = "https://cong.example.vn/" + "a".repeat(469) + "/{code}";

        assertThat(UrlTemplate.read(long500)).isPresent();
        assertThat(UrlTemplate.read(long500.replace("/{code}", "a/{code}"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "cong.example.vn/xa/10507",
                "ftp://cong.example.vn/xa/10507",
                "javascript:alert(1)",
                "https://a:b@cong.example.vn/xa/10507",
                "https://cong.example.vn/xa/10507#a",
                "https://cong.example.vn/xa/../10507",
                "https://cong.example.vn/xa/./10507",
                "https://cong.example.vn/xa/10507/..",
                "https://cong.example.vn/xa//10507",
                "https://cong.example.vn/xa%2f10507",
                "https://cong.example.vn/%2E%2e/10507",
                "https://cong.example.vn/%252e/10507",
                "https://cong.example.vn/xa;a/10507",
                "https://cong.example.vn\\xa\\10507",
                "https://cong.example.vn/xa/10507\r\nSet-Cookie: a=b",
                "https://cong.example.vn/xa/10507%0d%0aSet-Cookie:a",
                "https://cong.example.vn/xa/10507?a=\r\nb",
                "https://cong.example.vn/xa/10507?a=\"<script>",
                "https://cong.example.vn/xa/10507\u0000",
                "https://cong.example.vn/xã/10507",
                "https://[::1]/xa/10507"
            })
    void isNoAddress_whenItIsHostile(String url) {
        assertThat(AskedUrl.read(url)).isEmpty();
    }

    @Test
    void isNoAddress_whenItIsTooLong() {
        String url = "https://cong.example.vn/" + "a".repeat(AskedUrl.LONGEST - 24);

        assertThat(AskedUrl.read(url)).isPresent();
        assertThat(AskedUrl.read(url + "a")).isEmpty();
    }

    @Test
    void meetsAnother_whenAnAddressMayBeBoth() {
        UrlTemplate one = template("https://cong.example.vn/xa/{code}");

        assertThat(one.meets(template("https://cong.example.vn/xa/{code}"))).isTrue();
        assertThat(one.meets(template("https://cong.example.vn/moi/{code}"))).isFalse();
        assertThat(one.meets(template("https://cong.example.vn/xa/?ma={code}"))).isFalse();
        assertThat(one.meets(template("https://khac.example.vn/xa/{code}"))).isFalse();
    }

    private static UrlTemplate template(String text) {
        return UrlTemplate.read(text).orElseThrow();
    }

    private static AskedUrl asked(String url) {
        return AskedUrl.read(url).orElseThrow();
    }
}
