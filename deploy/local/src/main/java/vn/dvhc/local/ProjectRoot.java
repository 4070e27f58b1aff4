package vn.dvhc.local;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Finds the checkout: the system property {@code dvhc.root}, or the nearest folder upwards that holds {@code deploy/connectors}. */
public final class ProjectRoot {

    private ProjectRoot() {}

    /** The absolute folder of the checkout; an {@link IllegalStateException} when run outside of one. */
    public static Path find() {
        String configured = System.getProperty("dvhc.root");
        Path start =
                Path.of(configured == null ? "" : configured).toAbsolutePath().normalize();
        for (@Nullable Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve("deploy/connectors"))) {
                return folder;
            }
        }
        throw new IllegalStateException("no checkout of this project at or above " + start + "; set -Ddvhc.root");
    }

    static Path platform(Path root) {
        return root.resolve("deploy/local/target/platform");
    }
}
