package vn.dvhc.demo.fault;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import vn.dvhc.local.PlatformOptions;
import vn.dvhc.local.PlatformProcess;
import vn.dvhc.local.ServiceProcess;

/** A process, or several that are one program, which can be killed, started again and frozen. */
interface Victim {

    String name();

    /** Ends it as a power failure would. */
    void kill() throws IOException, InterruptedException;

    /** Starts it again on what it left; does not wait for a service to be ready. */
    void start();

    /** Its processes. */
    List<Long> processes();

    /** Sends a signal to every process of it. */
    default void signal(String signal) throws IOException, InterruptedException {
        Signals.send(signal, processes());
    }

    /** One of the four services. */
    record OfService(ServiceProcess process) implements Victim {

        @Override
        public String name() {
            return process.service().module();
        }

        @Override
        public void kill() {
            process.kill();
        }

        @Override
        public void start() {
            if (!process.isAlive()) {
                process.start();
            }
        }

        @Override
        public List<Long> processes() {
            return process.isAlive() ? List.of(process.pid()) : List.of();
        }
    }

    /** A part of the platform in a JVM of its own. */
    final class OfPlatform implements Victim {

        private final PlatformOptions.Part part;
        private final PlatformOptions options;
        private volatile PlatformProcess process;

        /** @param options how it was started */
        OfPlatform(PlatformOptions.Part part, PlatformOptions options, PlatformProcess process) {
            this.part = part;
            this.options = options.withFresh(false);
            this.process = process;
        }

        @Override
        public String name() {
            return switch (part) {
                case POSTGRES -> "PostgreSQL";
                case KAFKA -> "Kafka";
                case CONNECT -> "Kafka Connect";
                case KEYCLOAK -> "Keycloak";
            };
        }

        PlatformProcess process() {
            return process;
        }

        /** PostgreSQL and Keycloak are processes beside the JVM that started them. */
        @Override
        public void kill() throws IOException, InterruptedException {
            List<Long> all = processes();
            process.kill();
            Signals.send("KILL", all);
        }

        @Override
        public void start() {
            if (!process.isAlive()) {
                process = PlatformProcess.start(options, line -> {});
            }
        }

        @Override
        public List<Long> processes() {
            return switch (part) {
                case POSTGRES ->
                    process.postgres().stream()
                            .flatMap(server -> Stream.concat(Stream.of(server), server.descendants()))
                            .map(ProcessHandle::pid)
                            .toList();
                case KEYCLOAK ->
                    process.keycloak().stream().map(ProcessHandle::pid).toList();
                case KAFKA, CONNECT -> process.isAlive() ? List.of(process.pid()) : List.of();
            };
        }
    }
}
