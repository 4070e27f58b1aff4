package vn.dvhc.local;

/** The four services, in the order in which they are started. */
public enum Service {
    REGISTRY("unit-registry-service", "512m"),
    HISTORY("history-service", "512m"),
    SYNC("sync-service", "768m"),
    GATEWAY("gateway", "384m");

    private final String module;
    private final String heap;

    Service(String module, String heap) {
        this.module = module;
        this.heap = heap;
    }

    /** The Maven module, which is also the name of its log and pid files. */
    public String module() {
        return module;
    }

    String heap() {
        return heap;
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
