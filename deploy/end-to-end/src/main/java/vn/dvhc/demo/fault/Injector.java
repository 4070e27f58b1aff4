package vn.dvhc.demo.fault;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import vn.dvhc.demo.store.Database;
import vn.dvhc.local.PlatformOptions.Part;
import vn.dvhc.local.Service;

/** Does what the plan says, and mends it again. */
final class Injector {

    private static final Duration DISK_STANDS = Duration.ofMillis(450);
    private static final Duration DISK_ANSWERS = Duration.ofMillis(50);
    private static final Duration NETWORK_DELAY = Duration.ofMillis(80);
    private static final int NETWORK_BYTES_A_SECOND = 40_000;

    private final Site site;
    private final Map<String, Victim> victims = new HashMap<>();

    Injector(Site site) {
        this.site = site;
        for (Part part : Part.values()) {
            Victim victim = site.part(part);
            victims.put(victim.name(), victim);
        }
        for (Service service : Service.values()) {
            Victim victim = site.service(service);
            victims.put(victim.name(), victim);
        }
    }

    /** Returns when it is mended; whether all runs as before is another question. */
    void inject(FaultPlan.Fault fault) throws IOException, InterruptedException {
        switch (fault.kind()) {
            case KILL -> {
                victim(fault).kill();
                Thread.sleep(fault.lasts().toMillis());
                victim(fault).start();
            }
            case FREEZE -> {
                victim(fault).signal("STOP");
                Thread.sleep(fault.lasts().toMillis());
                victim(fault).signal("CONT");
            }
            case IMMEDIATE_STOP -> {
                // The server itself ends all of its processes.
                Signals.send("QUIT", victim(fault).processes().subList(0, 1));
                Thread.sleep(fault.lasts().toMillis() + 500);
                victim(fault).kill();
                victim(fault).start();
            }
            case KILL_BACKEND ->
                Signals.send(
                        "KILL",
                        sessions("SELECT pid::text FROM pg_stat_activity WHERE datname = '" + fault.target()
                                + "' AND backend_type = 'client backend' AND pid <> pg_backend_pid() LIMIT 1"));
            case END_SESSIONS ->
                // In the list, not in the condition: conditions are tested in any order.
                sessions("SELECT pid::text, pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"
                        + fault.target() + "' AND pid <> pg_backend_pid()");
            case RESTART_TASK -> restartTask(fault.target());
            case CUT -> {
                relay(fault).cut();
                Thread.sleep(fault.lasts().toMillis());
                relay(fault).mend();
            }
            case SILENCE -> {
                relay(fault).silence();
                Thread.sleep(fault.lasts().toMillis());
                relay(fault).mend();
            }
            case SILENCE_AND_FORGET -> {
                relay(fault).silence();
                Thread.sleep(fault.lasts().toMillis());
                relay(fault).mendForgetting();
            }
            case SLOW -> {
                relay(fault).slow(NETWORK_DELAY, NETWORK_BYTES_A_SECOND);
                Thread.sleep(fault.lasts().toMillis());
                relay(fault).mend();
            }
            case SLOW_DISK -> standStill(fault);
        }
    }

    private void standStill(FaultPlan.Fault fault) throws IOException, InterruptedException {
        long until = System.nanoTime() + fault.lasts().toNanos();
        while (System.nanoTime() < until) {
            victim(fault).signal("STOP");
            Thread.sleep(DISK_STANDS.toMillis());
            victim(fault).signal("CONT");
            Thread.sleep(DISK_ANSWERS.toMillis());
        }
    }

    /** A worker that is away or busy can't restart anything: then there is nothing to see. */
    private void restartTask(String source) {
        try {
            site.addresses().connect().restart(source);
        } catch (IllegalStateException refused) {
            // it is not declared yet, or the worker is still coming up
        }
    }

    private List<Long> sessions(String query) throws IOException {
        Database server = site.database("postgres");
        List<Long> pids = new ArrayList<>();
        try {
            server.forEach(query, row -> pids.add(Long.parseLong(row.text(1))));
        } catch (SQLException away) {
            throw new IOException("PostgreSQL did not tell its sessions", away);
        }
        return pids;
    }

    private Victim victim(FaultPlan.Fault fault) {
        Victim victim = victims.get(fault.target());
        if (victim == null) {
            throw new IllegalArgumentException("There is no program " + fault.target());
        }
        return victim;
    }

    private Relay relay(FaultPlan.Fault fault) {
        return site.relay(fault.target());
    }
}
