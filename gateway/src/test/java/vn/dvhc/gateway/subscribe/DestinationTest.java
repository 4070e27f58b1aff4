package vn.dvhc.gateway.subscribe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationTest {

    private final List<InetAddress> answer = new ArrayList<>();
    private final Destination production = new Destination(false, this::resolve);
    private final Destination local = new Destination(true, this::resolve);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.vn/hook",
                "https://example.vn:8443/hook?a=b",
                "HTTPS://example.vn",
                "https://8.8.8.8/hook",
                "https://[2606:4700::1111]/hook"
            })
    void isTaken_whenPublicAndWithTls(String url) {
        assertThat(production.read(url)).contains(URI.create(url));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.vn",
                "/hook",
                "http://example.vn/hook",
                "ftp://example.vn/hook",
                "file:///etc/passwd",
                "https:///hook",
                "https://me:secret@example.vn/hook",
                "https://example.vn/hook#part",
                "https://example.vn/a b",
                "https://exämple.vn/",
                "https://127.0.0.1/hook",
                "https://10.1.2.3/hook",
                "https://169.254.169.254/latest/meta-data",
                "https://[::1]/hook",
                "https://[::ffff:127.0.0.1]/hook",
                "https://[fd00::1]/hook",
                "http://127.0.0.1:8080/hook"
            })
    void isRefused_whenItCouldLeadElsewhere(String url) {
        assertThat(production.read(url)).isEmpty();
    }

    @Test
    void mayBeThisMachineWithoutTls_whereDeveloped() throws UnknownHostException {
        answer.add(InetAddress.getByName("127.0.0.1"));

        assertThat(local.read("http://127.0.0.1:9000/hook")).isPresent();
        assertThat(local.address(URI.create("http://receiver.local/"))).isPresent();
        assertThat(local.address(URI.create("https://receiver.local/"))).isEmpty();
        assertThat(local.read("http://10.0.0.1/hook")).isEmpty();
        assertThat(local.read("http://example.vn/hook")).isEmpty();
    }

    @Test
    void isRefused_whenOneOfTheNamesAddressesIsPrivate() throws UnknownHostException {
        URI url = URI.create("https://example.vn/hook");
        answer.add(InetAddress.getByName("8.8.8.8"));
        assertThat(production.address(url)).contains(InetAddress.getByName("8.8.8.8"));

        answer.add(InetAddress.getByName("192.168.1.1"));

        assertThat(production.address(url)).isEmpty();
    }

    @Test
    void isUnreachable_whenTheNameIsUnknown() {
        assertThatThrownBy(() -> production.address(URI.create("https://nowhere.vn/")))
                .isInstanceOf(UnknownHostException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.255.0.1",
                "100.64.0.1",
                "127.1.2.3",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.1",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.0.1",
                "198.18.0.1",
                "198.19.255.1",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:10.0.0.1",
                "::10.0.0.1",
                "64:ff9b::a00:1",
                "100::1",
                "2001::1",
                "2001:db8::1",
                "2002:a00:1::1",
                "3fff::1",
                "fc00::1",
                "fd12::1",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void addressIsNotPublic(String address) throws UnknownHostException {
        assertThat(PublicAddress.is(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "100.63.0.1",
                "100.128.0.1",
                "172.15.0.1",
                "172.32.0.1",
                "192.0.1.1",
                "198.20.0.1",
                "203.0.114.1",
                "223.255.255.255",
                "2001:200::1",
                "2606:4700::1111",
                "2a00:1450::1"
            })
    void addressIsPublic(String address) throws UnknownHostException {
        assertThat(PublicAddress.is(InetAddress.getByName(address))).isTrue();
    }

    private List<InetAddress> resolve(String host) throws UnknownHostException {
        if (host.matches("[0-9.]+|\\[.*]")) {
            return List.of(InetAddress.getByName(host));
        }
        if (answer.isEmpty()) {
            throw new UnknownHostException(host);
        }
        return answer;
    }
}
