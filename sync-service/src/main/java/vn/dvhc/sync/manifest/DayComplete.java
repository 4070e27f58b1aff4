package vn.dvhc.sync.manifest;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A day whose records are all handed over and whose manifests are all sealed, as the chain tells it once. What comes later, late records
 * or clerks' decisions, are further versions of manifests.
 *
 * @param manifests how many there are
 * @param sealedAt when this was written down, by the business clock
 */
record DayComplete(LocalDate enactment, int manifests, List<OfDataset> datasets, String sealedAt) {

    DayComplete {
        datasets = List.copyOf(datasets);
    }

    /**
     * Records of a dataset.
     *
     * @param given to a unit
     * @param queued those that wait for a person
     */
    record OfDataset(String dataset, long given, long received, long queued, long rejected) {

        private OfDataset plus(Subject subject, Figures figures) {
            boolean passed = subject.to() != null;
            return new OfDataset(
                    dataset,
                    given + (passed ? figures.given() : 0),
                    received + (passed ? figures.received() : 0),
                    queued + figures.queued(),
                    rejected + figures.rejected());
        }
    }

    /** @param subjects those of the day */
    static DayComplete of(LocalDate day, Collection<Subject> subjects, Map<Subject, Figures> sums, String sealedAt) {
        Map<String, OfDataset> datasets = new TreeMap<>();
        for (Subject subject : subjects) {
            Figures figures = sums.getOrDefault(subject, Figures.NONE);
            datasets.compute(
                    subject.dataset(),
                    (dataset, sum) -> (sum == null ? new OfDataset(dataset, 0, 0, 0, 0) : sum).plus(subject, figures));
        }
        return new DayComplete(day, subjects.size(), List.copyOf(datasets.values()), sealedAt);
    }
}
