package vn.dvhc.sync.queue;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.SyncConfig;
import vn.dvhc.sync.audit.AuditTrail;
import vn.dvhc.sync.database.Databases;
import vn.dvhc.sync.handover.ClerkDecisions;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Plans;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.units.Gate;
import vn.dvhc.unit.UnitId;

/**
 * Puts waiting records into units, and takes that back: chunk by chunk, each in one transaction of the records' home. A request
 * that was broken off has done whole chunks; asked again, it does the rest. Blocks: call it from a worker.
 */
@Singleton
class QueueDesk {

    private static final Logger LOG = Logger.getLogger(QueueDesk.class);

    /** Refused records that are listed one by one; all are counted. */
    private static final int LISTED = 100;

    private final Plans plans;
    private final Databases databases;
    private final Queue queue;
    private final AuditTrail trail;
    private final Gate gate;
    private final int batch;

    @Inject
    QueueDesk(Plans plans, Databases databases, Queue queue, AuditTrail trail, Gate gate, SyncConfig config) {
        this.plans = plans;
        this.databases = databases;
        this.queue = queue;
        this.trail = trail;
        this.gate = gate;
        this.batch = config.handover().batch();
    }

    /** A record that was left as it was, and why, in Vietnamese. */
    @Schema(name = "QueueRefusal")
    record Refused(String dataset, String key, String why) {}

    /**
     * What became of the records of one request.
     *
     * @param assignment id of the request, with which it can be undone as a whole; null if it was only tried
     * @param done records that moved, or wait again
     * @param refused records that were left as they were; the first 100 are listed in {@code refusals}
     * @param more whether there are more records than the limit: ask again
     * @param unreachable databases that did not answer: their records were left as they were
     */
    @Schema(name = "QueueReport")
    record Report(
            @Nullable String assignment,
            boolean dryRun,
            long done,
            long refused,
            List<Refused> refusals,
            boolean more,
            List<String> unreachable) {}

    /** Finds the next keys of a dataset in a database, after one, in order. */
    @FunctionalInterface
    private interface Finder {
        List<String> next(Connection connection, Dataset dataset, String after, int limit) throws SQLException;
    }

    /** What is done to the records of one chunk. */
    @FunctionalInterface
    private interface Deed {
        Map<String, Optional<String>> to(ClerkDecisions decisions, List<String> keys) throws SQLException;
    }

    /** @param units whose records may be decided; null for anybody's */
    Report assign(QueueRequest request, UnitId to, String who, @Nullable List<String> units)
            throws SQLException, InterruptedException {
        QueueFilter filter = (request.filter() == null ? QueueFilter.ALL : request.filter()).within(units);
        Finder finder = request.filter() == null
                ? given(request, false, units)
                : (connection, dataset, after, limit) ->
                        QueueStore.keys(connection, filter, dataset.name(), after, limit);
        return run(
                request,
                filter,
                finder,
                home -> (decisions, keys) -> decisions.assign(keys, to),
                who,
                "queue-assign",
                " to=" + to);
    }

    /** @param units out of which records may be taken; null for any */
    Report undo(QueueRequest request, String who, @Nullable List<String> units)
            throws SQLException, InterruptedException {
        String assignment = request.assignment();
        Finder finder = assignment == null
                ? given(request, true, units)
                : (connection, dataset, after, limit) ->
                        QueueStore.assigned(connection, assignment, dataset.name(), after, limit, units);
        return run(request, QueueFilter.ALL, finder, this::undoing, who, "queue-undo", "");
    }

    /** What has moved to another home since is decided there: an archive stays as it is. */
    private Deed undoing(Source home) {
        return queue.newHome(home)
                .<Deed>map(to -> (decisions, keys) -> keys.stream()
                        .collect(Collectors.toMap(
                                key -> key,
                                key -> Optional.of("Hồ sơ đã bàn giao sang cơ sở dữ liệu " + to.name()
                                        + "; hãy quyết định ở đó."))))
                .orElse(ClerkDecisions::undo);
    }

    private static Finder given(QueueRequest request, boolean assigned, @Nullable List<String> units) {
        return (connection, dataset, after, limit) -> {
            Set<String> keys = request.keys().getOrDefault(dataset.name(), Set.of());
            List<String> rest = keys.stream()
                    .filter(key -> key.compareTo(after) > 0)
                    .sorted()
                    .toList();
            Set<String> known = rest.isEmpty()
                    ? Set.of()
                    : Set.copyOf(QueueStore.known(connection, dataset.name(), rest, assigned, units));
            return rest.stream().filter(known::contains).limit(limit).toList();
        };
    }

    private Report run(
            QueueRequest request,
            QueueFilter filter,
            Finder finder,
            Function<Source, Deed> deeds,
            String who,
            String action,
            String detail)
            throws SQLException, InterruptedException {
        String id = request.assignment() == null ? UUID.randomUUID().toString() : request.assignment();
        ClerkDecisions.Decision decision = new ClerkDecisions.Decision(id, who, request.reason(), request.dryRun());
        Tally tally = new Tally(request);
        for (Source home : queue.homes(filter)) {
            try {
                run(home, filter, finder, deeds.apply(home), decision, tally);
            } catch (SQLException away) {
                LOG.warnf("Queue not worked on: database=%s cause=%s", home.name(), away.getMessage());
                tally.unreachable.add(home.name());
            }
        }
        tally.refuseUnfound();
        if (!request.dryRun()) {
            trail.add(new AuditTrail.Deed(
                    who,
                    action,
                    "queue:" + id,
                    request.reason(),
                    tally.done > 0 ? "done" : "refused",
                    "done=" + tally.done + " refused=" + tally.refused + detail));
        }
        return new Report(
                request.dryRun() ? null : id,
                request.dryRun(),
                tally.done,
                tally.refused,
                tally.refusals,
                tally.more,
                tally.unreachable);
    }

    private void run(
            Source home, QueueFilter filter, Finder finder, Deed deed, ClerkDecisions.Decision decision, Tally tally)
            throws SQLException, InterruptedException {
        Plan plan = plans.current().orElseThrow();
        for (Dataset dataset : plan.ownedBy(home)) {
            String after = "";
            while (filter.isOf(dataset) && !tally.more) {
                String from = after;
                int limit = Math.min(batch, tally.left() + 1);
                // No day takes effect between what a record is judged by and what is written.
                gate.enter();
                Map<String, Optional<String>> answers;
                try {
                    answers = databases.asOwner(home, connection -> {
                        List<String> keys = finder.next(connection, dataset, from, limit);
                        List<String> taken = keys.subList(0, Math.min(keys.size(), tally.left()));
                        return taken.isEmpty()
                                ? tally.nothing(keys)
                                : deed.to(
                                        new ClerkDecisions(connection, dataset, queue.decider(dataset), decision),
                                        taken);
                    });
                } finally {
                    gate.leave();
                }
                if (answers.isEmpty()) {
                    break;
                }
                after = tally.add(dataset, answers);
            }
        }
    }

    /** What has become of the records so far. */
    private static final class Tally {

        private final QueueRequest request;
        private final Set<List<String>> found = new HashSet<>();
        private final List<Refused> refusals = new ArrayList<>();
        private final List<String> unreachable = new ArrayList<>();
        private long done;
        private long refused;
        private boolean more;

        Tally(QueueRequest request) {
            this.request = request;
        }

        int left() {
            return (int) (request.limit() - done - refused);
        }

        /** There may be records beyond the limit. */
        Map<String, Optional<String>> nothing(List<String> keys) {
            more = !keys.isEmpty();
            return Map.of();
        }

        /** @return the last key, in the order in which they were found */
        String add(Dataset dataset, Map<String, Optional<String>> answers) {
            String last = "";
            for (Map.Entry<String, Optional<String>> answer : answers.entrySet()) {
                found.add(List.of(dataset.name(), answer.getKey()));
                if (answer.getValue().isPresent()) {
                    refuse(new Refused(
                            dataset.name(), answer.getKey(), answer.getValue().get()));
                } else {
                    done++;
                }
                last = answer.getKey();
            }
            return last;
        }

        void refuseUnfound() {
            if (unreachable.isEmpty() && !more) {
                request.keys()
                        .forEach((dataset, keys) -> keys.stream()
                                .filter(key -> !found.contains(List.of(dataset, key)))
                                .forEach(key -> refuse(new Refused(
                                        dataset, key, "Hồ sơ không chờ trong hàng đợi, cũng không do ai giao."))));
            }
        }

        private void refuse(Refused record) {
            refused++;
            if (refusals.size() < LISTED) {
                refusals.add(record);
            }
        }
    }
}
