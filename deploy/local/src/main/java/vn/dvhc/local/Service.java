package vn.dvhc.local;

import java.util.List;

/** The four services, in the order in which they are started. */
public enum Service {
    REGISTRY("unit-registry-service", "-Xmx512m", "-XX:+UseParallelGC"),
    /** What it holds lives long and answers are short: a small nursery and a heap that stays near what is held. */
    HISTORY(
            "history-service",
            "-Xmx256m",
            "-Xmn32m",
            "-XX:MinHeapFreeRatio=20",
            "-XX:MaxHeapFreeRatio=40",
            "-XX:+UseSerialGC"),
    SYNC("sync-service", "-Xmx768m", "-XX:+UseParallelGC"),
    GATEWAY("gateway", "-Xmx384m", "-XX:+UseSerialGC");

    private final String module;
    private final List<String> memory;

    Service(String module, String... memory) {
        this.module = module;
        this.memory = List.of(memory);
    }

    /** The Maven module, which is also the name of its log and pid files. */
    public String module() {
        return module;
    }

    /** Options of the JVM. */
    List<String> memory() {
        return memory;
    }

    int port(Ports ports) {
        return switch (this) {
            case REGISTRY -> ports.registry();
            case HISTORY -> ports.history();
            case SYNC -> ports.sync();
            case GATEWAY -> ports.gateway();
        };
    }
}
