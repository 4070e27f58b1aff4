package vn.dvhc.local.engine;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Unpacks what Maven brought, once for all runs of this checkout. */
final class Archives {

    /** Fills a folder; it gets an empty one and may fail. */
    interface Filler {
        void fill(Path folder) throws IOException, InterruptedException;
    }

    private Archives() {}

    /**
     * The folder {@code name} in the cache, filled if it is not there yet. Several platforms may ask at once: one fills, the
     * others wait. A half-filled folder is never seen under its name.
     */
    static Path cached(Path cache, String name, Filler filler) throws IOException, InterruptedException {
        Path folder = cache.resolve(name);
        if (Files.isDirectory(folder)) {
            return folder;
        }
        Files.createDirectories(cache);
        try (FileChannel lock =
                FileChannel.open(cache.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            lock.lock();
            if (!Files.isDirectory(folder)) {
                Path draft = cache.resolve(name + ".new");
                delete(draft);
                Files.createDirectories(draft);
                filler.fill(draft);
                Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
            }
        }
        return folder;
    }

    /** Unpacks a tar stream; the first {@code strip} folders of each entry's name are left out. */
    static void untar(InputStream tar, Path target, int strip) throws IOException {
        try (TarArchiveInputStream entries = new TarArchiveInputStream(new BufferedInputStream(tar, 1 << 16))) {
            for (TarArchiveEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                Path name = Path.of(entry.getName()).normalize();
                if (name.getNameCount() <= strip) {
                    continue;
                }
                Path file =
                        target.resolve(name.subpath(strip, name.getNameCount())).normalize();
                if (!file.startsWith(target)) {
                    throw new IOException("the archive wants to write outside of its folder: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                    continue;
                }
                Files.createDirectories(file.getParent());
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
                } else if (entry.isLink()) {
                    Files.copy(target.resolve(entry.getLinkName()), file);
                } else {
                    Files.copy(entries, file);
                    boolean program = (entry.getMode() & 0111) != 0;
                    Files.setPosixFilePermissions(
                            file, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
                }
            }
        }
    }

    /** Removes a folder and all below it; links are removed, not followed. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(
                    Path dir, java.io.@org.jspecify.annotations.Nullable IOException e) throws IOException {
                if (e != null) {
                    throw e;
                }
                Files.delete(dir);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
