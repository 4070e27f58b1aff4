package vn.dvhc.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressPrefixTest {

    @ParameterizedTest
    @CsvSource({
        "24, 56, 203.0.113.77, 203.0.113.0/24",
        "32, 56, 203.0.113.77, 203.0.113.77/32",
        "20, 56, 203.0.113.77, 203.0.112.0/20",
        "32, 56, 2001:db8:1:2ff:3:4:5:6, 2001:db8:1:200:0:0:0:0/56",
        "32, 128, 2001:db8::1, 2001:db8:0:0:0:0:0:1/128",
        "24, 56, ::ffff:203.0.113.77, 203.0.113.0/24"
    })
    void countsNeighboursAsOne(int bits4, int bits6, String address, String prefix) {
        assertThat(new AddressPrefix(bits4, bits6).of(address)).isEqualTo(prefix);
    }

    @Test
    void looksNoNameUp() {
        assertThatThrownBy(() -> new AddressPrefix(32, 56).of("example.vn"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AddressPrefix(33, 56)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void knowsThisMachine() {
        assertThat(AddressPrefix.isThisMachine("127.0.0.1")).isTrue();
        assertThat(AddressPrefix.isThisMachine("0:0:0:0:0:0:0:1")).isTrue();
        assertThat(AddressPrefix.isThisMachine("10.0.0.1")).isFalse();
    }
}
