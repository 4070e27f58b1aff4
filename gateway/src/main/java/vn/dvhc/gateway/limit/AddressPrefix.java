package vn.dvhc.gateway.limit;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** The addresses that are counted as one caller: a household or an office has many of version 6. */
final class AddressPrefix {

    private final int bits4;
    private final int bits6;

    AddressPrefix(int bits4, int bits6) {
        if (bits4 < 8 || bits4 > 32 || bits6 < 16 || bits6 > 128) {
            throw new IllegalArgumentException(
                    "Prefixes are 8 to 32 and 16 to 128 bits, not " + bits4 + " and " + bits6);
        }
        this.bits4 = bits4;
        this.bits6 = bits6;
    }

    /** @param address as numbers, never a name */
    String of(String address) {
        InetAddress known = parse(address);
        byte[] bytes = known.getAddress();
        int bits = bytes.length == 4 ? bits4 : bits6;
        for (int i = 0; i < bytes.length; i++) {
            int kept = Math.max(0, Math.min(8, bits - 8 * i));
            bytes[i] &= (byte) (0xff << (8 - kept));
        }
        return parse(bytes).getHostAddress() + "/" + bits;
    }

    static boolean isThisMachine(String address) {
        return parse(address).isLoopbackAddress();
    }

    private static InetAddress parse(String address) {
        boolean isNumeric =
                address.indexOf(':') >= 0 || address.chars().allMatch(sign -> sign == '.' || Character.isDigit(sign));
        if (!isNumeric) {
            throw new IllegalArgumentException("Not an address in numbers");
        }
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException malformed) {
            throw new IllegalArgumentException("Not an address in numbers", malformed);
        }
    }

    private static InetAddress parse(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("An address of " + Arrays.toString(bytes), impossible);
        }
    }
}
