package vn.dvhc.benchmark.sync;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import vn.dvhc.benchmark.Await;
import vn.dvhc.local.Account;

/** sync-service: it is told of sources in its plan and does the rest. */
final class Ours implements Contender {

    private static final Copy NATIONAL = new Copy("national", "replica.case_file");

    private final House house;
    private List<SourceDatabase> joined = List.of();

    Ours(House house) {
        this.house = house;
    }

    @Override
    public String name() {
        return "ours";
    }

    @Override
    public void join(List<SourceDatabase> sources) throws IOException, SQLException, InterruptedException {
        house.declare(sources);
        joined = sources;
        for (SourceDatabase source : sources) {
            house.connectors().await(source.name(), 1);
        }
        Await.until(
                "nothing is owed that was there before",
                Duration.ofMinutes(2),
                () -> !house.is(NATIONAL.database(), "EXISTS (SELECT FROM sync.snapshot_wish)"));
    }

    /** The service removes the connector with its position and its slot. */
    @Override
    public void leave() throws IOException, InterruptedException {
        house.declare(List.of());
        for (SourceDatabase source : joined) {
            Await.until(
                    source.name() + " is captured no more",
                    Duration.ofSeconds(60),
                    () -> !house.hasSlot("dvhc_" + source.name()));
        }
        joined = List.of();
    }

    @Override
    public void hold() throws IOException, InterruptedException {
        for (SourceDatabase source : joined) {
            house.connectors().stop(source.name());
        }
    }

    @Override
    public void release() throws IOException, InterruptedException {
        for (SourceDatabase source : joined) {
            house.connectors().resume(source.name());
        }
    }

    @Override
    public Arrival arrival() throws SQLException {
        return new TableArrival(house.connect(NATIONAL.database(), Account.POSTGRES), NATIONAL.table());
    }

    @Override
    public List<String> topics() {
        return joined.stream()
                .map(source -> "cdc." + source.name() + ".public.case_file")
                .toList();
    }

    @Override
    public Optional<Copy> copy() {
        return Optional.of(NATIONAL);
    }

    @Override
    public OptionalLong applierPid() {
        return OptionalLong.of(house.syncPid());
    }
}
