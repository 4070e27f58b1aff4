package vn.dvhc.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What the platform's JVM is told on its command line.
 *
 * @param dir everything the platform writes lives below it
 * @param postgresPort 0 means: the port of the last run in this folder if still free, else a free one; so for all ports
 * @param fresh throw away what an earlier run left
 * @param keycloak without it the platform starts some 10 to 20 s faster
 * @param parentPid end when this process ends
 */
public record PlatformOptions(
        Path dir,
        int postgresPort,
        int kafkaPort,
        int connectPort,
        int keycloakPort,
        boolean fresh,
        boolean keycloak,
        OptionalLong parentPid) {

    static final String USAGE = "usage: LocalPlatform --dir DIR [--postgres-port N] [--kafka-port N] [--connect-port N]"
            + " [--keycloak-port N] [--fresh] [--without-keycloak] [--parent-pid PID]   (port 0: any free port)";

    public PlatformOptions {
        dir = dir.toAbsolutePath().normalize();
        for (int port : new int[] {postgresPort, kafkaPort, connectPort, keycloakPort}) {
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
                true,
                OptionalLong.empty());
    }

    /** Any free ports: for tests. */
    public static PlatformOptions withFreePorts(Path dir) {
        return new PlatformOptions(dir, 0, 0, 0, 0, false, true, OptionalLong.empty());
    }

    public PlatformOptions withPorts(Ports ports) {
        return new PlatformOptions(
                dir, ports.postgres(), ports.kafka(), ports.connect(), ports.keycloak(), fresh, keycloak, parentPid);
    }

    public PlatformOptions withFresh(boolean value) {
        return new PlatformOptions(dir, postgresPort, kafkaPort, connectPort, keycloakPort, value, keycloak, parentPid);
    }

    public PlatformOptions withKeycloak(boolean value) {
        return new PlatformOptions(dir, postgresPort, kafkaPort, connectPort, keycloakPort, fresh, value, parentPid);
    }

    public PlatformOptions withParent(OptionalLong pid) {
        return new PlatformOptions(dir, postgresPort, kafkaPort, connectPort, keycloakPort, fresh, keycloak, pid);
    }

    static PlatformOptions parse(String... arguments) {
        PlatformOptions options = null;
        int postgres = Ports.DEFAULT.postgres();
        int kafka = Ports.DEFAULT.kafka();
        int connect = Ports.DEFAULT.connect();
        int keycloak = Ports.DEFAULT.keycloak();
        boolean fresh = false;
        boolean withKeycloak = true;
        OptionalLong parent = OptionalLong.empty();
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            switch (argument) {
                case "--fresh" -> fresh = true;
                case "--without-keycloak" -> withKeycloak = false;
                case "--dir",
                        "--postgres-port",
                        "--kafka-port",
                        "--connect-port",
                        "--keycloak-port",
                        "--parent-pid" -> {
                    if (++i == arguments.length) {
                        throw new IllegalArgumentException(argument + " needs a value; " + USAGE);
                    }
                    String value = arguments[i];
                    switch (argument) {
                        case "--dir" -> options = withDefaultPorts(Path.of(value));
                        case "--postgres-port" -> postgres = Integer.parseInt(value);
                        case "--kafka-port" -> kafka = Integer.parseInt(value);
                        case "--connect-port" -> connect = Integer.parseInt(value);
                        case "--keycloak-port" -> keycloak = Integer.parseInt(value);
                        default -> parent = OptionalLong.of(Long.parseLong(value));
                    }
                }
                default -> throw new IllegalArgumentException("unknown argument " + argument + "; " + USAGE);
            }
        }
        if (options == null) {
            throw new IllegalArgumentException("--dir is missing; " + USAGE);
        }
        return new PlatformOptions(options.dir(), postgres, kafka, connect, keycloak, fresh, withKeycloak, parent);
    }

    List<String> toArguments() {
        List<String> arguments = new ArrayList<>(List.of(
                "--dir", dir.toString(),
                "--postgres-port", Integer.toString(postgresPort),
                "--kafka-port", Integer.toString(kafkaPort),
                "--connect-port", Integer.toString(connectPort),
                "--keycloak-port", Integer.toString(keycloakPort)));
        if (fresh) {
            arguments.add("--fresh");
        }
        if (!keycloak) {
            arguments.add("--without-keycloak");
        }
        parentPid.ifPresent(pid -> arguments.addAll(List.of("--parent-pid", Long.toString(pid))));
        return List.copyOf(arguments);
    }
}
