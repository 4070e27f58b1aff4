package vn.dvhc.gateway.caller;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Remembers which caller asked for which code without a date. What was not asked for longest is forgotten first. */
public final class BareCodes {

    private static final int EXAMPLES = 10;

    private final Map<Question, Tally> tallies;

    /** @param limit pairs of caller and code that are remembered */
    public BareCodes(int limit) {
        this.tallies = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Question, Tally> eldest) {
                return size() > limit;
            }
        };
    }

    /**
     * A caller and its use of the codes in question.
     *
     * @param codes how many of the codes it used
     * @param requests how often it used them
     * @param examples the codes it used most, at most ten
     */
    public record Caller(String name, int codes, long requests, Instant lastSeen, List<String> examples) {}

    private record Question(String caller, String code) {}

    private record Tally(long requests, Instant lastSeen) {

        Tally plus(Tally other) {
            return new Tally(requests + other.requests, lastSeen.isAfter(other.lastSeen) ? lastSeen : other.lastSeen);
        }
    }

    /** Notes a request. */
    public synchronized void note(String caller, String code, Instant at) {
        tallies.merge(new Question(caller, code), new Tally(1, at), Tally::plus);
    }

    /** Everybody who used one of the codes, by name. */
    public List<Caller> users(Set<String> codes) {
        Map<String, Map<String, Tally>> byCaller = new TreeMap<>();
        synchronized (this) {
            tallies.forEach((question, tally) -> {
                if (codes.contains(question.code())) {
                    byCaller.computeIfAbsent(question.caller(), caller -> new TreeMap<>())
                            .put(question.code(), tally);
                }
            });
        }
        List<Caller> callers = new ArrayList<>();
        byCaller.forEach((name, ofCaller) -> {
            Tally sum = ofCaller.values().stream().reduce(Tally::plus).orElseThrow();
            callers.add(new Caller(name, ofCaller.size(), sum.requests(), sum.lastSeen(), mostUsed(ofCaller)));
        });
        return callers;
    }

    private static List<String> mostUsed(Map<String, Tally> ofCaller) {
        return ofCaller.entrySet().stream()
                .sorted(Comparator.comparing(
                                (Map.Entry<String, Tally> use) -> use.getValue().requests())
                        .reversed())
                .limit(EXAMPLES)
                .map(Map.Entry::getKey)
                .toList();
    }
}
