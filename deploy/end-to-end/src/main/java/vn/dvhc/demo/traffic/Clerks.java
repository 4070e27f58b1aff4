package vn.dvhc.demo.traffic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import vn.dvhc.demo.record.Dataset;
import vn.dvhc.demo.record.RecordGenerator;
import vn.dvhc.demo.store.Database;

/** All clerks, two in each database. */
public final class Clerks {

    private static final int CLERKS_A_DATABASE = 2;

    private final List<Clerk> clerks = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean handedOver;

    /**
     * A database with clerks.
     *
     * @param database entered as the role of its programs
     * @param goesOn whether it is still its records' home after the reform
     * @param numbers of the generated records that were loaded into it
     */
    public record Office(Database database, Dataset dataset, String province, boolean goesOn, List<Integer> numbers) {

        public Office {
            numbers = List.copyOf(numbers);
        }
    }

    /**
     * @param records how many records were generated: new ones are numbered from there
     * @param pace of each clerk
     */
    public Clerks(
            List<Office> offices, RecordGenerator generator, int records, Journal journal, long seed, Duration pace) {
        AtomicInteger freshNumbers = new AtomicInteger(records);
        SplittableRandom random = new SplittableRandom(seed);
        for (Office office : offices) {
            for (int share = 0; share < CLERKS_A_DATABASE; share++) {
                Clerk.Desk desk = new Clerk.Desk(
                        office.database(),
                        office.dataset(),
                        office.province(),
                        office.goesOn(),
                        generator,
                        share(office.numbers(), share),
                        freshNumbers,
                        pace);
                clerks.add(new Clerk(desk, journal, random.split(), () -> handedOver));
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

    /** From now on writes in databases of ended provinces are late. */
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

    private static List<Integer> share(List<Integer> numbers, int share) {
        return IntStream.range(0, numbers.size())
                .filter(i -> i % CLERKS_A_DATABASE == share)
                .mapToObj(numbers::get)
                .toList();
    }
}
