package vn.dvhc.demo.fault;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import vn.dvhc.demo.record.Dataset;
import vn.dvhc.demo.store.Database;
import vn.dvhc.demo.verify.Check;

/**
 * Counts what is captured while records flow up and down at once: every message must be a write of the owner. Beside the
 * topics it reads each database's log through a slot of its own, over the owner's table and the copy: without the writes
 * under a replication origin it must hold the owner's and no others.
 */
final class Echo {

    private static final String PUBLICATION = "campaign";

    /** First bytes of pgoutput's messages for insert, update and delete. */
    private static final String ROWS = "(ascii('I'), ascii('U'), ascii('D'))";

    private final Site site;
    private final List<String> databases;
    private final Map<String, Long> before;
    private final Map<String, Long> writtenBefore;

    private Echo(Site site, List<String> databases, Map<String, Long> before, Map<String, Long> writtenBefore) {
        this.site = site;
        this.databases = databases;
        this.before = before;
        this.writtenBefore = writtenBefore;
    }

    /** While nobody writes; all of the databases have copies. */
    static Echo begin(Site site, List<String> databases, WriteLog log) throws SQLException, InterruptedException {
        for (String name : databases) {
            Database database = site.database(name);
            Dataset copied = owned(name) == Dataset.CASE_FILE ? Dataset.PERMIT : Dataset.CASE_FILE;
            database.execute("CREATE PUBLICATION " + PUBLICATION + " FOR TABLE public."
                    + owned(name).table() + ", replica." + copied.table());
            database.execute("SELECT pg_create_logical_replication_slot('" + slot(name) + "', 'pgoutput')");
        }
        return new Echo(site, databases, ends(site, databases), log.writesByDatabase());
    }

    /** What was captured until now; changes may still be on their way. */
    List<Check> count(WriteLog log) throws SQLException, InterruptedException {
        Map<String, Long> after = ends(site, databases);
        Map<String, Long> written = log.writesByDatabase();
        List<String> echoes = new ArrayList<>();
        long messages = 0;
        long others = 0;
        for (String name : databases) {
            long writes = written.getOrDefault(name, 0L) - writtenBefore.getOrDefault(name, 0L);
            long captured = after.getOrDefault(name, 0L) - before.getOrDefault(name, 0L);
            messages += captured;
            if (captured != writes) {
                echoes.add(name + ": " + captured + " messages for " + writes + " writes");
            }
            long owners = rows(name, "none");
            if (owners != writes) {
                echoes.add(name + ": " + owners + " rows in the log without origin for " + writes + " writes");
            }
            others += rows(name, "any") - owners;
        }
        return List.of(
                Check.of("each captured message is a write of the owner: no echoes", echoes, messages + " messages"),
                new Check(
                        "and copies were written in the same databases meanwhile",
                        others > 0,
                        others + " rows under a replication origin",
                        List.of()));
    }

    /** Takes its slots and publications away. */
    void end() throws SQLException {
        for (String name : databases) {
            site.database(name).execute("SELECT pg_drop_replication_slot('" + slot(name) + "')");
            site.database(name).execute("DROP PUBLICATION " + PUBLICATION);
        }
    }

    private long rows(String name, String origin) throws SQLException {
        return site.database(name)
                .count("SELECT count(*) FROM pg_logical_slot_peek_binary_changes('" + slot(name)
                        + "', NULL, NULL, 'proto_version', '1', 'publication_names', '" + PUBLICATION + "', 'origin', '"
                        + origin + "') WHERE get_byte(data, 0) IN " + ROWS);
    }

    private static Map<String, Long> ends(Site site, List<String> databases) throws InterruptedException {
        Properties settings = new Properties();
        settings.setProperty(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, site.addresses().kafkaBootstrap());
        settings.setProperty(AdminClientConfig.CLIENT_ID_CONFIG, "campaign-" + UUID.randomUUID());
        try (Admin admin = Admin.create(settings)) {
            return admin
                    .listOffsets(
                            databases.stream().collect(Collectors.toMap(Echo::topic, topic -> OffsetSpec.latest())))
                    .all()
                    .get()
                    .entrySet()
                    .stream()
                    .collect(Collectors.toMap(
                            end -> end.getKey().topic().split("\\.", -1)[1],
                            end -> end.getValue().offset()));
        } catch (ExecutionException unanswered) {
            throw new IllegalStateException("Kafka did not tell how far its topics reach", unanswered);
        }
    }

    private static TopicPartition topic(String database) {
        return new TopicPartition(
                "cdc." + database + ".public." + owned(database).table(), 0);
    }

    private static Dataset owned(String database) {
        return database.startsWith(Dataset.CASE_FILE.tier() + "_") ? Dataset.CASE_FILE : Dataset.PERMIT;
    }

    private static String slot(String database) {
        return "campaign_" + database;
    }
}
