package vn.dvhc.sync.plan;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** All sources and datasets. */
public record Plan(List<Source> sources, List<Dataset> datasets) {

    public Plan {
        sources = List.copyOf(sources);
        datasets = List.copyOf(datasets);
        Findings found = new Findings();
        Set<String> names = new HashSet<>();
        Set<String> databases = new HashSet<>();
        for (Source source : sources) {
            found.require(names.add(source.name()), "sources", "tên trùng: " + source.name());
            found.require(databases.add(source.database()), "sources", "hai nguồn dùng chung " + source.database());
        }
        Set<String> tables = new HashSet<>();
        for (Dataset dataset : datasets) {
            found.require(names.add(dataset.name()), "datasets", "tên trùng: " + dataset.name());
            found.require(
                    tables.add(dataset.owner() + " " + dataset.table()),
                    "datasets",
                    "hai tập dữ liệu dùng chung bảng " + dataset.table());
        }
        long nations =
                sources.stream().filter(source -> source.tier() == Tier.NATION).count();
        found.require(nations == 1, "sources", "cần đúng một cơ sở dữ liệu quốc gia (tier: nation)");
        found.throwIfAny();
    }

    public Source nation() {
        return sources.stream()
                .filter(source -> source.tier() == Tier.NATION)
                .findFirst()
                .orElseThrow();
    }

    public Optional<Source> source(String name) {
        return sources.stream().filter(source -> source.name().equals(name)).findFirst();
    }

    public Optional<Dataset> dataset(String name) {
        return datasets.stream().filter(dataset -> dataset.name().equals(name)).findFirst();
    }

    /** The dataset that a source's table holds, if it owns one there. */
    public Optional<Dataset> owned(Source source, String table) {
        return datasets.stream()
                .filter(dataset -> dataset.isOwnedBy(source) && dataset.table().equals(table))
                .findFirst();
    }

    /** The datasets whose records live in the source. */
    public List<Dataset> ownedBy(Source source) {
        return datasets.stream().filter(dataset -> dataset.isOwnedBy(source)).toList();
    }

    /** The datasets of which the source holds copies. */
    public List<Dataset> copiedTo(Source source) {
        return datasets.stream()
                .filter(dataset -> dataset.isCopiedTo(source.tier()))
                .toList();
    }

    /** The databases that hold copies of an owner's records of a dataset: the nation's, and those of its own province. */
    public List<Source> copiesOf(Source owner, Dataset dataset) {
        return sources.stream()
                .filter(target -> dataset.isCopiedTo(target.tier()))
                .filter(target -> target.tier() == Tier.NATION || Objects.equals(target.province(), owner.province()))
                .toList();
    }

    /** Whether some source still uses codes from before a day, so that the day concerns its records. */
    public boolean isConcernedBy(LocalDate day) {
        return sources.stream().map(Source::vintage).anyMatch(vintage -> vintage != null && vintage.isBefore(day));
    }
}
