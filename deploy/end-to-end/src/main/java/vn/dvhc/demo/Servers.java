package vn.dvhc.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import vn.dvhc.local.Databases;
import vn.dvhc.local.PlatformOptions;
import vn.dvhc.local.PlatformProcess;

/**
 * The PostgreSQL servers that owners' databases lie on: the platform's own, or some of their own. Every slot decodes the whole log of its
 * server, so what one server's slots have to read together grows with the square of its databases.
 */
final class Servers implements AutoCloseable {

    private static final String FOLDER = "servers";
    private static final String HEAP = "256m";

    private final PlatformProcess platform;
    private final List<PlatformProcess> own = new ArrayList<>();
    private final Map<String, PlatformProcess> servers = new HashMap<>();

    private Servers(PlatformProcess platform) {
        this.platform = platform;
    }

    /** Starts as many servers as the design wants besides the platform's. */
    static Servers start(House.Design design, PlatformProcess platform, Consumer<String> progress) throws IOException {
        Servers servers = new Servers(platform);
        try {
            for (int number = 1; number <= design.servers(); number++) {
                PlatformOptions options = PlatformOptions.withFreePorts(
                                design.dir().resolve(FOLDER).resolve(Integer.toString(number)))
                        .withFresh(true)
                        .withOnly(Set.of(PlatformOptions.Part.POSTGRES));
                servers.own.add(PlatformProcess.start(
                        design.keep()
                                ? options
                                : options.withParent(
                                        OptionalLong.of(ProcessHandle.current().pid())),
                        HEAP,
                        line -> {}));
                progress.accept("server " + number + " of " + design.servers() + " runs");
            }
        } catch (RuntimeException failed) {
            servers.close();
            throw failed;
        }
        return servers;
    }

    /** Ends what an earlier run left in the folder of a house. */
    static void reap(Path dir) {
        PlatformProcess.reapAll(dir.resolve(FOLDER));
    }

    /** Makes an owner's database, on the next server in turn. */
    void create(String name, String tier) {
        PlatformProcess server = own.isEmpty() ? platform : own.get(servers.size() % own.size());
        servers.put(name, server);
        new Databases(server.postgresPort()).createSource(name, tier);
    }

    /** The server that a database lies on; the platform's unless it is an owner's. */
    PlatformProcess of(String database) {
        return servers.getOrDefault(database, platform);
    }

    @Override
    public void close() {
        own.forEach(PlatformProcess::close);
    }
}
