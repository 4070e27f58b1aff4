package vn.dvhc.sync.handover;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.recode.Verdict.Outcome;
import vn.dvhc.timeline.Recoding;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitId;
import vn.dvhc.unit.UnitRef;

/** What handing over one dataset of one home must leave behind, told by the timeline and not by the code that is tested. */
final class ExpectedPart {

    private final Map<String, Line> lines = new TreeMap<>();
    private final Map<String, Count> units = new TreeMap<>();
    private final Map<String, List<@Nullable String>> records = new TreeMap<>();
    private final Map<String, @Nullable Waiting> queue = new TreeMap<>();
    private final Dataset dataset;

    private ExpectedPart(Dataset dataset) {
        this.dataset = dataset;
    }

    /** A line of the ledger; units and codes as the tables write them. */
    record Line(
            String outcome,
            @Nullable String from,
            @Nullable String to,
            @Nullable String code,
            @Nullable String vintage) {}

    /** Records of a unit that are read, and those among them that get no line. */
    record Count(long read, long kept) {
        Count plus(Count other) {
            return new Count(read + other.read, kept + other.kept);
        }
    }

    /**
     * The law by which records are decided on a day.
     *
     * @param assigned the heirs of hamlets, in small letters, of divided units
     */
    record Law(Timeline timeline, Map<UnitId, Map<String, UnitId>> assigned, LocalDate day) {

        /** A record that waits for a person whatever the acts say does not move. */
        private Fate fate(Dataset dataset, List<@Nullable String> values, @Nullable Waiting waiting) {
            Fate fate = fate(dataset, values);
            return waiting != null && waiting.held() && fate.outcome() == Outcome.MOVED
                    ? new Fate(Outcome.QUEUED, fate.from(), null, null)
                    : fate;
        }

        private Fate fate(Dataset dataset, List<@Nullable String> values) {
            List<String> columns = dataset.columnNames();
            String code = values.get(columns.indexOf(dataset.unit()));
            Optional<LocalDate> vintage =
                    date(values.get(columns.indexOf(dataset.vintage().column())));
            String hamlet = values.get(columns.indexOf(dataset.locality().get(0)));
            if (code == null
                    || !UnitCode.isWellFormed(code)
                    || vintage.isEmpty()
                    || vintage.get().isAfter(day)) {
                return Fate.REJECTED;
            }
            Recoding recoding = timeline.recode(new UnitRef(UnitCode.of(code), vintage.get()), day, dataset.follows());
            return recoding.fold(
                    same -> new Fate(Outcome.KEPT, same.unit().id(), same.unit().id(), null),
                    one -> new Fate(
                            Outcome.MOVED,
                            one.from().id(),
                            one.successor().unit().id(),
                            one.successor().unit().code()),
                    split -> divided(split, hamlet),
                    ended -> new Fate(Outcome.QUEUED, ended.from().id(), null, null),
                    unknown -> Fate.REJECTED,
                    ambiguous -> Fate.REJECTED);
        }

        private Fate divided(Recoding.Split split, @Nullable String hamlet) {
            UnitId unit = split.from().id();
            UnitId heir = hamlet == null
                    ? null
                    : assigned.getOrDefault(unit, Map.of())
                            .get(hamlet.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT));
            return split.candidates().stream()
                    .filter(candidate ->
                            !candidate.open() && candidate.unit().id().equals(heir))
                    .findFirst()
                    .map(candidate -> new Fate(
                            Outcome.MOVED,
                            unit,
                            candidate.unit().id(),
                            candidate.unit().code()))
                    .orElse(new Fate(Outcome.QUEUED, unit, null, null));
        }
    }

    /**
     * A line of the queue.
     *
     * @param held whether it waits for a person whatever the acts say
     */
    record Waiting(@Nullable String unit, boolean held) {}

    private record Fate(
            Outcome outcome,
            @Nullable UnitId from,
            @Nullable UnitId to,
            @Nullable UnitCode code) {
        static final Fate REJECTED = new Fate(Outcome.REJECTED, null, null, null);
    }

    /**
     * In place: what bears the day already, or a later one, is none of its records.
     *
     * @param queue those among the home's records that wait, by key
     */
    static ExpectedPart inPlace(
            Law law, Dataset dataset, Map<String, List<@Nullable String>> records, Map<String, Waiting> queue) {
        ExpectedPart part = new ExpectedPart(dataset);
        int vintage = dataset.columnNames().indexOf(dataset.vintage().column());
        records.forEach((key, values) -> {
            boolean concerned =
                    date(values.get(vintage)).map(law.day()::isAfter).orElse(true);
            Fate fate = law.fate(dataset, values, queue.get(key));
            part.records.put(key, concerned ? part.written(values, fate, law.day()) : values);
            if (concerned) {
                part.count(fate, fate.outcome() == Outcome.KEPT);
                if (fate.outcome() != Outcome.KEPT) {
                    part.enter(key, values, fate, queue.get(key));
                }
            }
        });
        return part;
    }

    /**
     * Into another home: every record has a line.
     *
     * @param queue those among the former home's records that wait, by key
     * @param taken keys of the new home's own records
     */
    static ExpectedPart moving(
            Law law,
            Dataset dataset,
            Map<String, List<@Nullable String>> records,
            Map<String, Waiting> queue,
            Set<String> taken) {
        ExpectedPart part = new ExpectedPart(dataset);
        records.forEach((key, values) -> {
            Fate fate = law.fate(dataset, values, queue.get(key));
            part.count(fate, false);
            if (taken.contains(key)) {
                part.lines.put(key, part.line(values, new Fate(Outcome.REJECTED, fate.from(), null, null)));
            } else {
                part.enter(key, values, fate, queue.get(key));
                if (fate.outcome() != Outcome.REJECTED) {
                    part.records.put(key, part.written(values, fate, law.day()));
                }
            }
        });
        return part;
    }

    private void count(Fate fate, boolean kept) {
        units.merge(fate.from() == null ? "" : fate.from().toString(), new Count(1, kept ? 1 : 0), Count::plus);
    }

    private void enter(String key, List<@Nullable String> values, Fate fate, @Nullable Waiting waiting) {
        Line line = line(values, fate);
        lines.put(key, line);
        queue.put(
                key,
                fate.outcome() == Outcome.QUEUED ? new Waiting(line.from(), waiting != null && waiting.held()) : null);
    }

    private Line line(List<@Nullable String> values, Fate fate) {
        List<String> columns = dataset.columnNames();
        return new Line(
                fate.outcome().label(),
                fate.from() == null ? null : fate.from().toString(),
                fate.to() == null ? null : fate.to().toString(),
                values.get(columns.indexOf(dataset.unit())),
                values.get(columns.indexOf(dataset.vintage().column())));
    }

    /** Nothing but unit and vintage of what moves is written. */
    private List<@Nullable String> written(List<@Nullable String> values, Fate fate, LocalDate day) {
        if (fate.code() == null) {
            return values;
        }
        List<String> columns = dataset.columnNames();
        @Nullable String[] written = values.toArray(new String[0]);
        written[columns.indexOf(dataset.unit())] = fate.code().value();
        written[columns.indexOf(dataset.vintage().column())] = day.toString();
        return Arrays.asList(written);
    }

    private static Optional<LocalDate> date(@Nullable String text) {
        try {
            return Optional.ofNullable(text).map(LocalDate::parse);
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    /** By key: each has one at most. */
    Map<String, Line> lines() {
        return lines;
    }

    /** By unit; "" for those whose unit can't be read. */
    Map<String, Count> units() {
        return units;
    }

    Count all() {
        return units.values().stream().reduce(new Count(0, 0), Count::plus);
    }

    /** The records that the receiving home has of it then, by key. */
    Map<String, List<@Nullable String>> records() {
        return records;
    }

    /** What waits then, in a queue that was like that before. */
    Map<String, Waiting> queueAfter(Map<String, Waiting> before) {
        Map<String, Waiting> after = new HashMap<>(before);
        queue.forEach((key, waiting) -> {
            if (waiting == null) {
                after.remove(key);
            } else {
                after.put(key, waiting);
            }
        });
        return after;
    }
}
