package vn.dvhc.demo.traffic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import vn.dvhc.demo.record.Dataset;
import vn.dvhc.demo.record.RecordGenerator;
import vn.dvhc.demo.reform.Reform;
import vn.dvhc.demo.store.Database;

/** All clerks of the four databases. */
public final class Clerks {

    private static final int CLERKS_A_DATABASE = 2;
    private static final Duration PACE = Duration.ofMillis(50);

    private final List<Clerk> clerks = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean handedOver;

    /**
     * @param databases commune and province databases of both provinces, entered as the role of their programs
     * @param records how many records were generated and loaded
     */
    public Clerks(List<Database> databases, RecordGenerator generator, int records, Journal journal, long seed) {
        AtomicInteger freshNumbers = new AtomicInteger(records);
        SplittableRandom random = new SplittableRandom(seed);
        for (Dataset dataset : Dataset.values()) {
            for (String province : Reform.PROVINCES) {
                Database database = find(databases, dataset.database(province));
                for (int share = 0; share < CLERKS_A_DATABASE; share++) {
                    Clerk.Desk desk = new Clerk.Desk(
                            database,
                            dataset,
                            province,
                            generator,
                            numbers(generator, records, database.name(), share),
                            freshNumbers,
                            PACE);
                    clerks.add(new Clerk(desk, journal, random.split(), () -> handedOver));
                }
            }
        }
    }

    public void start() {
        for (Clerk clerk : clerks) {
            Thread thread = new Thread(clerk, "clerk-" + threads.size());
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    /** From now on writes in the ended province's databases are late. */
    public void handedOver() {
        handedOver = true;
    }

    /** Lets every clerk end the write at hand. */
    public void stop() throws InterruptedException {
        clerks.forEach(Clerk::stop);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /**
     * One more write in each living home. Since changes are captured in the order of their commits, all that was written
     * before has been captured when these are seen.
     */
    public void touchLivingHomes() {
        clerks.forEach(Clerk::touch);
    }

    /** Why clerks could not go on; empty if no write was refused. */
    public List<String> failures() {
        return clerks.stream().map(Clerk::failure).filter(Objects::nonNull).toList();
    }

    private static List<Integer> numbers(RecordGenerator generator, int records, String database, int share) {
        List<Integer> numbers = new ArrayList<>();
        for (int number = 0; number < records; number++) {
            if (number % CLERKS_A_DATABASE == share
                    && generator.birthplace(number).equals(database)) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    private static Database find(List<Database> databases, String name) {
        return databases.stream()
                .filter(database -> database.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no database " + name));
    }
}
