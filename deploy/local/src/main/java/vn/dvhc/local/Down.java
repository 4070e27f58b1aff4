package vn.dvhc.local;

import java.nio.file.Path;
import java.util.function.Consumer;

/** The main class of {@code deploy/down}: stops what {@code deploy/up} started, the last first. The data stays. */
public final class Down {

    private Down() {}

    public static void main(String[] arguments) {
        if (arguments.length > 0) {
            System.err.println("usage: deploy/down");
            System.exit(2);
        }
        stopAll(Up.folder(), System.out::println);
    }

    static void stopAll(Path dir, Consumer<String> say) {
        int services = Fleet.reap(dir, say);
        boolean platform =
                PlatformProcess.reap(Up.platformFolder(dir)) | PlatformProcess.reapAll(dir.resolve("servers"));
        if (services == 0 && !platform) {
            say.accept("nothing was running");
        } else {
            say.accept("stopped " + services + " services" + (platform ? " and the platform" : ""));
        }
    }
}
