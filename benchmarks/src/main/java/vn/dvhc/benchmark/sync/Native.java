package vn.dvhc.benchmark.sync;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import vn.dvhc.benchmark.Await;
import vn.dvhc.local.Account;

/** PostgreSQL's logical replication: the limit. Binary, and each transaction of the copy is on disk before it counts. */
final class Native implements Contender {

    private final House house;
    private List<SourceDatabase> joined = List.of();

    Native(House house) {
        this.house = house;
    }

    @Override
    public String name() {
        return "native";
    }

    /** The slot is made beforehand: a subscription to its own server would wait for itself. */
    @Override
    public void join(List<SourceDatabase> sources) throws SQLException {
        for (SourceDatabase source : sources) {
            house.administer(
                    source.name(), "SELECT pg_create_logical_replication_slot('" + slot(source) + "', 'pgoutput')");
            house.administer(
                    House.COPY,
                    "CREATE SUBSCRIPTION " + slot(source) + " CONNECTION 'host=127.0.0.1 port=" + house.postgresPort()
                            + " dbname=" + source.name() + " user=" + Account.CAPTURE.user() + " password="
                            + Account.CAPTURE.password() + "' PUBLICATION dvhc WITH (create_slot = false, slot_name = '"
                            + slot(source)
                            + "', copy_data = false, binary = true, synchronous_commit = 'on', origin = none)");
        }
        joined = sources;
    }

    @Override
    public void leave() throws IOException, SQLException, InterruptedException {
        for (SourceDatabase source : joined) {
            house.administer(
                    House.COPY,
                    "ALTER SUBSCRIPTION " + slot(source) + " DISABLE",
                    "ALTER SUBSCRIPTION " + slot(source) + " SET (slot_name = NONE)",
                    "DROP SUBSCRIPTION " + slot(source));
            house.dropSlot(slot(source));
        }
        joined = List.of();
    }

    @Override
    public void hold() throws IOException, SQLException, InterruptedException {
        for (SourceDatabase source : joined) {
            house.administer(House.COPY, "ALTER SUBSCRIPTION " + slot(source) + " DISABLE");
        }
        for (SourceDatabase source : joined) {
            Await.until(slot(source) + " rests", Duration.ofSeconds(30), () -> !house.isActive(slot(source)));
        }
    }

    @Override
    public void release() throws SQLException {
        for (SourceDatabase source : joined) {
            house.administer(House.COPY, "ALTER SUBSCRIPTION " + slot(source) + " ENABLE");
        }
    }

    @Override
    public Arrival arrival() throws SQLException {
        return new TableArrival(house.connect(House.COPY, Account.POSTGRES), "public.case_file");
    }

    @Override
    public List<String> topics() {
        return List.of();
    }

    @Override
    public Optional<Copy> copy() {
        return Optional.of(new Copy(House.COPY, "public.case_file"));
    }

    @Override
    public OptionalLong applierPid() {
        return OptionalLong.empty();
    }

    private static String slot(SourceDatabase source) {
        return "native_" + source.name();
    }
}
