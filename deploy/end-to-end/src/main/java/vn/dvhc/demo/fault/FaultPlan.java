package vn.dvhc.demo.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/**
 * What breaks, in which order: a deck of all kinds of faults against all programs and networks, shuffled by the seed and, when
 * it is used up, shuffled again. So each comes once before any comes twice, and the same seed deals the same cards.
 */
final class FaultPlan implements Iterator<FaultPlan.Fault> {

    /** How something fails. */
    enum Kind {
        /** SIGKILL; started again after a while. */
        KILL,
        /** SIGSTOP, and SIGCONT after a while. */
        FREEZE,
        /** PostgreSQL's immediate stop: no session ends in order, the log is replayed at the next start. */
        IMMEDIATE_STOP,
        /** SIGKILL of one backend: the server ends all sessions and recovers. */
        KILL_BACKEND,
        /** All sessions of a database end: writers', sync-service's and Debezium's. */
        END_SESSIONS,
        /** Connect restarts a connector and its task, through REST. */
        RESTART_TASK,
        /** The network refuses. */
        CUT,
        /** The network swallows, and delivers late. */
        SILENCE,
        /** The network swallows, then has forgotten its connections. */
        SILENCE_AND_FORGET,
        /** 80 ms more a piece, and 40 kB a second. */
        SLOW,
        /** PostgreSQL's processes stand still nine tenths of the time, as they would on a disk that hardly answers. */
        SLOW_DISK
    }

    /**
     * @param target a program, a database or a relay
     * @param lasts until it is mended; nothing for what is over at once
     */
    record Fault(Kind kind, String target, Duration lasts) {

        @Override
        public String toString() {
            return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " " + target
                    + (lasts.isZero() ? "" : " for " + lasts.toMillis() / 1_000.0 + " s");
        }
    }

    private final Random random;
    private final List<String> databases;
    private final boolean shortened;
    private final List<Fault> deck = new ArrayList<>();

    /**
     * @param databases of the provinces
     * @param shortened only the faults that have broken most: for a run of a minute
     */
    FaultPlan(long seed, List<String> databases, boolean shortened) {
        this.random = new Random(seed);
        this.databases = List.copyOf(databases);
        this.shortened = shortened;
    }

    @Override
    public boolean hasNext() {
        return true;
    }

    @Override
    public Fault next() {
        if (deck.isEmpty()) {
            deck.addAll(shortened ? few() : all());
            Collections.shuffle(deck, random);
        }
        return deck.remove(deck.size() - 1);
    }

    private List<Fault> few() {
        return List.of(
                fault(Kind.KILL, "sync-service", 1, 1),
                fault(Kind.KILL, "Kafka Connect", 1, 1),
                fault(Kind.KILL, "Kafka", 1, 1),
                fault(Kind.IMMEDIATE_STOP, "PostgreSQL", 1, 1),
                fault(Kind.SILENCE_AND_FORGET, "commune_31", 4, 4),
                fault(Kind.CUT, Site.NATIONAL, 3, 3),
                fault(Kind.FREEZE, "sync-service", 4, 4));
    }

    private List<Fault> all() {
        List<Fault> all = new ArrayList<>();
        Stream.of("sync-service", "unit-registry-service", "history-service", "gateway", "Kafka", "Kafka Connect")
                .forEach(program -> {
                    all.add(fault(Kind.KILL, program, 0, 4));
                    all.add(fault(Kind.FREEZE, program, 2, 12));
                });
        all.add(fault(Kind.KILL, "sync-service", 0, 1));
        all.add(fault(Kind.KILL, "Keycloak", 0, 2));
        all.add(fault(Kind.KILL, "PostgreSQL", 0, 3));
        all.add(fault(Kind.IMMEDIATE_STOP, "PostgreSQL", 0, 3));
        all.add(fault(Kind.FREEZE, "PostgreSQL", 2, 8));
        all.add(fault(Kind.SLOW_DISK, "PostgreSQL", 5, 10));
        all.add(fault(Kind.KILL_BACKEND, anyDatabase(), 0, 0));
        all.add(fault(Kind.END_SESSIONS, anyDatabase(), 0, 0));
        all.add(fault(Kind.END_SESSIONS, Site.NATIONAL, 0, 0));
        all.add(fault(Kind.RESTART_TASK, anyDatabase(), 0, 0));
        for (Kind kind : List.of(Kind.CUT, Kind.SILENCE, Kind.SILENCE_AND_FORGET, Kind.SLOW)) {
            all.add(fault(kind, anyDatabase(), 3, 20));
            all.add(fault(kind, Site.NATIONAL, 3, 20));
            all.add(fault(kind, Site.KAFKA, 3, 20));
        }
        return all;
    }

    private String anyDatabase() {
        return databases.get(random.nextInt(databases.size()));
    }

    private Fault fault(Kind kind, String target, int from, int to) {
        long millis = 1_000L * from + (to > from ? random.nextInt(1_000 * (to - from)) : 0);
        return new Fault(kind, target, Duration.ofMillis(millis));
    }
}
