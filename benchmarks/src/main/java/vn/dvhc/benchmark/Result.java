package vn.dvhc.benchmark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a benchmark found. Figures depend on the machine; ratios compare contenders of one run and mean something elsewhere. */
public final class Result {

    private final String benchmark;
    private final Map<String, Double> figures = new LinkedHashMap<>();
    private final Map<String, Double> ratios = new LinkedHashMap<>();
    private final List<String> rows = new ArrayList<>();

    public Result(String benchmark) {
        this.benchmark = benchmark;
    }

    /** A figure with the most it may be, told as the median of what was measured. */
    public Result figure(String name, Samples samples, String target) {
        row(name, samples.median(), target, samples.values());
        figures.put(name, rounded(samples.median()));
        return this;
    }

    /** How much one contender takes for each unit of another's, told as the median of the rounds. */
    public Result ratio(String name, Samples samples, String target) {
        row(name, samples.median(), target, samples.values());
        ratios.put(name, rounded(samples.median()));
        return this;
    }

    /** The table for people. */
    public List<String> table() {
        List<String> table = new ArrayList<>();
        table.add(String.format("%-28s %9s  %-10s %s", benchmark, "median", "target", "measured"));
        table.addAll(rows);
        return table;
    }

    /** {@code {"benchmark":…,"figures":{…},"ratios":{…}}} in one line, with the load of the machine at the end. */
    public String json() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("benchmark", benchmark);
        document.put("figures", figures);
        document.put("ratios", ratios);
        document.put("load", rounded(Progress.load()));
        try {
            return JsonMapper.builder().build().writeValueAsString(document);
        } catch (JsonProcessingException defect) {
            throw new IllegalStateException("Numbers can always be written", defect);
        }
    }

    private void row(String name, double median, String target, List<Double> measured) {
        rows.add(String.format(
                Locale.ROOT,
                "%-28s %9.3f  %-10s %s",
                name,
                median,
                target,
                measured.stream()
                        .map(value -> String.format(Locale.ROOT, "%.3f", value))
                        .collect(Collectors.joining(" "))));
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
