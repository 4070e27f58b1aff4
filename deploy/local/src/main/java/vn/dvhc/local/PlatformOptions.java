package vn.dvhc.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the platform's JVM is told on its command line.
 *
 * @param dir everything the platform writes lives below it
 * @param postgresPort 0 means: the port of the last run in this folder if still free, else a free one; so for all ports
 * @param fresh throw away what an earlier run left
 * @param parts what runs here; without Keycloak the platform starts some 10 to 20 s faster
 * @param broker Kafka as Connect reaches it where Kafka is not among the parts: {@code 127.0.0.1:19092}
 * @param detour a second listener of Kafka, for clients that reach it through something else
 * @param gatewayPort where Keycloak tells the door of those who sign out; 0 for nowhere
 * @param parentPid end when this process ends
 */
public record PlatformOptions(
        Path dir,
        int postgresPort,
        int kafkaPort,
        int connectPort,
        int keycloakPort,
        boolean fresh,
        Set<Part> parts,
        Optional<String> broker,
        Optional<Detour> detour,
        int gatewayPort,
        OptionalLong parentPid) {

    /** A platform may be spread over several JVMs, so that each can end alone. */
    public enum Part {
        POSTGRES,
        KAFKA,
        CONNECT,
        KEYCLOAK
    }

    /**
     * @param listen where Kafka listens
     * @param advertised where it says that it does: the port of what stands between
     */
    public record Detour(int listen, int advertised) {

        static Detour parse(String text) {
            String[] ports = text.split(":", -1);
            if (ports.length != 2) {
                throw new IllegalArgumentException("not two ports: " + text);
            }
            return new Detour(Integer.parseInt(ports[0]), Integer.parseInt(ports[1]));
        }

        @Override
        public String toString() {
            return listen + ":" + advertised;
        }
    }

    private static final Set<Part> ALL = EnumSet.allOf(Part.class);

    static final String USAGE = "usage: LocalPlatform --dir DIR [--postgres-port N] [--kafka-port N] [--connect-port N]"
            + " [--keycloak-port N] [--fresh] [--without-keycloak] [--only PART,…]"
            + " [--broker HOST:PORT] [--kafka-detour LISTEN:ADVERTISED] [--gateway-port N] [--parent-pid PID]   (port 0: any free port)";

    public PlatformOptions {
        dir = dir.toAbsolutePath().normalize();
        parts = Set.copyOf(parts);
        if (parts.contains(Part.CONNECT) && !parts.contains(Part.KAFKA) && broker.isEmpty()) {
            throw new IllegalArgumentException("Connect without Kafka needs to be told its broker");
        }
        for (int port : new int[] {postgresPort, kafkaPort, connectPort, keycloakPort, gatewayPort}) {
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("not a port: " + port);
            }
        }
    }

    /** The ports that {@code deploy/up} uses unless told otherwise. */
    public static PlatformOptions withDefaultPorts(Path dir) {
        Ports ports = Ports.DEFAULT;
        return new PlatformOptions(
                dir,
                ports.postgres(),
                ports.kafka(),
                ports.connect(),
                ports.keycloak(),
                false,
                ALL,
                Optional.empty(),
                Optional.empty(),
                ports.gateway(),
                OptionalLong.empty());
    }

    /** Any free ports: for tests. */
    public static PlatformOptions withFreePorts(Path dir) {
        return new PlatformOptions(
                dir, 0, 0, 0, 0, false, ALL, Optional.empty(), Optional.empty(), 0, OptionalLong.empty());
    }

    public PlatformOptions withPorts(Ports ports) {
        return new PlatformOptions(
                dir,
                ports.postgres(),
                ports.kafka(),
                ports.connect(),
                ports.keycloak(),
                fresh,
                parts,
                broker,
                detour,
                ports.gateway(),
                parentPid);
    }

    public PlatformOptions withFresh(boolean value) {
        return with(value, parts, broker, detour, gatewayPort, parentPid);
    }

    public PlatformOptions withKeycloak(boolean value) {
        Set<Part> changed = new HashSet<>(parts);
        if (value) {
            changed.add(Part.KEYCLOAK);
        } else {
            changed.remove(Part.KEYCLOAK);
        }
        return with(fresh, changed, broker, detour, gatewayPort, parentPid);
    }

    public PlatformOptions withOnly(Set<Part> some) {
        return with(fresh, some, broker, detour, gatewayPort, parentPid);
    }

    /** Kafka elsewhere, as Connect reaches it. */
    public PlatformOptions withBroker(String address) {
        return with(fresh, parts, Optional.of(address), detour, gatewayPort, parentPid);
    }

    public PlatformOptions withDetour(Detour ports) {
        return with(fresh, parts, broker, Optional.of(ports), gatewayPort, parentPid);
    }

    public PlatformOptions withGateway(int port) {
        return with(fresh, parts, broker, detour, port, parentPid);
    }

    public PlatformOptions withParent(OptionalLong pid) {
        return with(fresh, parts, broker, detour, gatewayPort, pid);
    }

    private PlatformOptions with(
            boolean newFresh,
            Set<Part> newParts,
            Optional<String> newBroker,
            Optional<Detour> newDetour,
            int newGatewayPort,
            OptionalLong newParent) {
        return new PlatformOptions(
                dir,
                postgresPort,
                kafkaPort,
                connectPort,
                keycloakPort,
                newFresh,
                newParts,
                newBroker,
                newDetour,
                newGatewayPort,
                newParent);
    }

    boolean has(Part part) {
        return parts.contains(part);
    }

    static PlatformOptions parse(String... arguments) {
        PlatformOptions options = null;
        int postgres = Ports.DEFAULT.postgres();
        int kafka = Ports.DEFAULT.kafka();
        int connect = Ports.DEFAULT.connect();
        int keycloak = Ports.DEFAULT.keycloak();
        int gateway = Ports.DEFAULT.gateway();
        boolean fresh = false;
        Set<Part> parts = EnumSet.allOf(Part.class);
        String broker = null;
        Detour detour = null;
        OptionalLong parent = OptionalLong.empty();
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            switch (argument) {
                case "--fresh" -> fresh = true;
                case "--without-keycloak" -> parts.remove(Part.KEYCLOAK);
                case "--only",
                        "--broker",
                        "--kafka-detour",
                        "--dir",
                        "--postgres-port",
                        "--kafka-port",
                        "--connect-port",
                        "--keycloak-port",
                        "--gateway-port",
                        "--parent-pid" -> {
                    if (++i == arguments.length) {
                        throw new IllegalArgumentException(argument + " needs a value; " + USAGE);
                    }
                    String value = arguments[i];
                    switch (argument) {
                        case "--only" -> parts.retainAll(parts(value));
                        case "--broker" -> broker = value;
                        case "--kafka-detour" -> detour = Detour.parse(value);
                        case "--dir" -> options = withDefaultPorts(Path.of(value));
                        case "--postgres-port" -> postgres = Integer.parseInt(value);
                        case "--kafka-port" -> kafka = Integer.parseInt(value);
                        case "--connect-port" -> connect = Integer.parseInt(value);
                        case "--keycloak-port" -> keycloak = Integer.parseInt(value);
                        case "--gateway-port" -> gateway = Integer.parseInt(value);
                        default -> parent = OptionalLong.of(Long.parseLong(value));
                    }
                }
                default -> throw new IllegalArgumentException("unknown argument " + argument + "; " + USAGE);
            }
        }
        if (options == null) {
            throw new IllegalArgumentException("--dir is missing; " + USAGE);
        }
        return new PlatformOptions(
                options.dir(),
                postgres,
                kafka,
                connect,
                keycloak,
                fresh,
                parts,
                Optional.ofNullable(broker),
                Optional.ofNullable(detour),
                gateway,
                parent);
    }

    private static Set<Part> parts(String names) {
        return Arrays.stream(names.split(",", -1))
                .map(name -> Part.valueOf(name.toUpperCase(Locale.ROOT)))
                .collect(Collectors.toSet());
    }

    List<String> toArguments() {
        List<String> arguments = new ArrayList<>(List.of(
                "--dir", dir.toString(),
                "--postgres-port", Integer.toString(postgresPort),
                "--kafka-port", Integer.toString(kafkaPort),
                "--connect-port", Integer.toString(connectPort),
                "--keycloak-port", Integer.toString(keycloakPort),
                "--gateway-port", Integer.toString(gatewayPort)));
        if (fresh) {
            arguments.add("--fresh");
        }
        if (!parts.equals(ALL)) {
            String names = parts.stream()
                    .sorted()
                    .map(part -> part.name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(","));
            arguments.addAll(List.of("--only", names));
        }
        broker.ifPresent(address -> arguments.addAll(List.of("--broker", address)));
        detour.ifPresent(ports -> arguments.addAll(List.of("--kafka-detour", ports.toString())));
        parentPid.ifPresent(pid -> arguments.addAll(List.of("--parent-pid", Long.toString(pid))));
        return List.copyOf(arguments);
    }
}
