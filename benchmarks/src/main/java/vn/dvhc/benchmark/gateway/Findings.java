package vn.dvhc.benchmark.gateway;

import java.util.LinkedHashMap;
import java.util.Map;
import vn.dvhc.benchmark.Result;
import vn.dvhc.benchmark.Samples;

/** All that was measured, in the order in which it was first. */
final class Findings {

    private final Map<String, Samples> samples = new LinkedHashMap<>();

    void add(String name, double value) {
        samples.computeIfAbsent(name, key -> new Samples()).add(value);
    }

    Result result() {
        Result result = new Result("gateway");
        samples.forEach((name, values) -> {
            if (name.contains("_over_")) {
                result.ratio(name, values, target(name));
            } else {
                result.figure(name, values, target(name));
            }
        });
        return result;
    }

    private static String target(String name) {
        if (name.startsWith("gateway_over_direct_")) {
            return ">= 0.4";
        }
        if (name.startsWith("added_p99_ms_")) {
            return "<= 3";
        }
        return switch (name) {
            case "healthy_beside_slow_over_all_healthy" -> "<= 1.25";
            case "missing", "out_of_order", "not_as_published", "badly_signed" -> "0";
            default -> "";
        };
    }
}
