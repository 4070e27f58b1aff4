package vn.dvhc.gateway.subscribe;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where webhooks may go: https on the public Internet; on a developer's machine also http to the machine itself. */
final class Destination {

    private static final int LONGEST = 2_000;

    private final boolean loopbackAllowed;
    private final Resolver resolver;

    /** Gives all addresses of a name. */
    interface Resolver {
        List<InetAddress> resolve(String host) throws UnknownHostException;
    }

    Destination(boolean loopbackAllowed, Resolver resolver) {
        this.loopbackAllowed = loopbackAllowed;
        this.resolver = resolver;
    }

    static Destination withJdk(boolean loopbackAllowed) {
        return new Destination(loopbackAllowed, host -> Arrays.asList(InetAddress.getAllByName(host)));
    }

    /** The address if it may be subscribed with; a name is looked up only at each delivery. */
    Optional<URI> read(String text) {
        URI url;
        try {
            url = new URI(text).parseServerAuthority();
        } catch (URISyntaxException malformed) {
            return Optional.empty();
        }
        String host = url.getHost();
        boolean plain = text.length() <= LONGEST
                && host != null
                && url.getRawUserInfo() == null
                && url.getRawFragment() == null
                && text.chars().allMatch(character -> character > ' ' && character < 127);
        if (!plain || !(isHttps(url) || (loopbackAllowed && "http".equals(scheme(url)) && isOwn(host)))) {
            return Optional.empty();
        }
        return isNumeric(host) && !mayCallNumber(url) ? Optional.empty() : Optional.of(url);
    }

    private static boolean isOwn(String host) {
        return host.equals("localhost") || isNumeric(host);
    }

    /**
     * The address to call; empty if any address of the name may not be called. Blocks.
     *
     * @throws UnknownHostException if the name has none
     */
    Optional<InetAddress> address(URI url) throws UnknownHostException {
        List<InetAddress> addresses = resolver.resolve(url.getHost());
        boolean all = addresses.stream().allMatch(address -> mayCall(url, address));
        return all ? addresses.stream().findFirst() : Optional.empty();
    }

    /** A number needs no looking up. */
    private boolean mayCallNumber(URI url) {
        try {
            return address(url).isPresent();
        } catch (UnknownHostException malformed) {
            return false;
        }
    }

    private boolean mayCall(URI url, InetAddress address) {
        return isHttps(url) ? PublicAddress.is(address) : loopbackAllowed && address.isLoopbackAddress();
    }

    static boolean isHttps(URI url) {
        return "https".equals(scheme(url));
    }

    private static String scheme(URI url) {
        String scheme = url.getScheme();
        return scheme == null ? "" : scheme.toLowerCase(Locale.ROOT);
    }

    private static boolean isNumeric(String host) {
        return host.startsWith("[") || host.matches("[0-9.]+");
    }
}
