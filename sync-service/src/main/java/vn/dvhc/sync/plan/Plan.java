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
        Set<String> names = new HashSet<>();
        sources.forEach(source -> Require.that(names.add(source.name()), "sources", "tên trùng: " + source.name()));
        datasets.forEach(
                dataset -> Require.that(names.add(dataset.name()), "datasets", "tên trùng: " + dataset.name()));
        long nations =
                sources.stream().filter(source -> source.tier() == Tier.NATION).count();
        Require.that(nations == 1, "sources", "cần đúng một cơ sở dữ liệu quốc gia (tier: nation)");
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

    /** The dataset that a source's table holds, if it owns one there. */
    public Optional<Dataset> owned(Source source, String table) {
        return datasets.stream()
                .filter(dataset ->
                        dataset.owner() == source.tier() && dataset.table().equals(table))
                .findFirst();
    }

    /** The datasets whose records live in the source. */
    public List<Dataset> ownedBy(Source source) {
        return datasets.stream()
                .filter(dataset -> dataset.owner() == source.tier())
                .toList();
    }

    /** The datasets of which the source holds copies: what its own communes or anybody owns. */
    public List<Dataset> copiedTo(Source source) {
        return switch (source.tier()) {
            case NATION -> datasets;
            case PROVINCE ->
                datasets.stream()
                        .filter(dataset -> dataset.owner() == Tier.COMMUNE)
                        .toList();
            case COMMUNE -> List.of();
        };
    }

    /** The databases that hold copies of the records of an owner. */
    public List<Source> copiesOf(Source owner) {
        return sources.stream()
                .filter(target -> target.tier() == Tier.NATION
                        || (owner.tier() == Tier.COMMUNE
                                && target.tier() == Tier.PROVINCE
                                && Objects.equals(target.province(), owner.province())))
                .toList();
    }

    /** Whether some source still uses codes from before a day, so that the day concerns its records. */
    public boolean isConcernedBy(LocalDate day) {
        return sources.stream().map(Source::vintage).anyMatch(vintage -> vintage != null && vintage.isBefore(day));
    }
}
