package vn.dvhc.local.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the platform keeps in its folder, and where it keeps what outlives the folder. */
public final class DataFolder {

    private static final List<String> CONTENT = List.of("postgres", "kafka", "keycloak", "ports.properties");

    private DataFolder() {}

    /** Removes the data of earlier runs: known names only, whatever folder we were given. */
    public static void clear(Path dir) throws IOException {
        Path postgres = dir.resolve("postgres");
        if (Files.isSymbolicLink(postgres)) {
            Archives.delete(Files.readSymbolicLink(postgres));
        }
        for (String name : CONTENT) {
            Archives.delete(dir.resolve(name));
        }
    }

    /** Where unpacked programs are kept: beside the build, or in the data folder if the build is not ours to write. */
    public static Path cache(Path build, Path dir) {
        return Files.isWritable(build) ? build.resolve("unpacked") : dir.resolve("unpacked");
    }
}
