package vn.dvhc.benchmark.lookups;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import vn.dvhc.benchmark.Load;
import vn.dvhc.benchmark.LookUpHouse;
import vn.dvhc.benchmark.Progress;
import vn.dvhc.benchmark.Questions;
import vn.dvhc.benchmark.RequestLines;
import vn.dvhc.benchmark.Result;
import vn.dvhc.benchmark.Samples;
import vn.dvhc.catalogue.Catalogue;
import vn.dvhc.local.Fleet;
import vn.dvhc.local.ProjectRoot;
import vn.dvhc.local.Service;

/** The command {@code benchmarks/lookups}. */
public final class LookUpsBenchmark {

    private static final int ROUNDS = 3;
    private static final int CONNECTIONS = 32;
    private static final String CROSSWALK = "/v1/crosswalk?from=2025-06-30&to=2025-07-01";

    private final Progress progress;
    private final Duration time;
    private final Questions questions = Questions.ofTheCatalogue();
    private final Map<String, Samples> samples = new LinkedHashMap<>();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private LookUpsBenchmark(Progress progress, Duration time) {
        this.progress = progress;
        this.time = time;
    }

    /** {@code lookups [--quick]} */
    public static void main(String[] arguments) throws Exception {
        if (!Set.of("--quick").containsAll(List.of(arguments))) {
            System.err.println("usage: benchmarks/lookups [--quick]");
            System.exit(2);
        }
        Fleet.requireBuilt();
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        LookUpsBenchmark benchmark =
                new LookUpsBenchmark(new Progress(out), Duration.ofSeconds(arguments.length == 0 ? 10 : 2));
        benchmark.run(ProjectRoot.find().resolve("benchmarks/target/lookups"));
        out.println();
        Result result = benchmark.result();
        result.table().forEach(out::println);
        out.println(result.json());
        System.exit(0);
    }

    private void run(Path dir) throws IOException, InterruptedException, ExecutionException, SQLException {
        try (LookUpHouse house = LookUpHouse.open(dir, progress)) {
            progress.say("%d rounds of %d s each", ROUNDS, time.toSeconds());
            measure(house);
        }
    }

    private void measure(LookUpHouse house) throws IOException, InterruptedException, ExecutionException, SQLException {
        List<Questions.AsOf> asked = questions.asOf();
        List<String> asOf = asked.stream().map(Questions.AsOf::path).toList();
        Map<String, Load> contenders = new LinkedHashMap<>();
        contenders.put("constant", load(house, Service.HISTORY, List.of("/v1/units/constant")));
        contenders.put("asof", load(house, Service.HISTORY, asOf));
        contenders.put("successors", load(house, Service.HISTORY, questions.successors()));
        contenders.put("search", load(house, Service.HISTORY, questions.searches()));
        contenders.put("unseen_search", load(house, Service.HISTORY, questions.unseenSearches()));
        contenders.put("gateway", load(house, Service.GATEWAY, asOf));
        PreparedQuery query = new PreparedQuery(house::connect, asked);
        for (Map.Entry<String, Load> contender : contenders.entrySet()) {
            contender.getValue().run(time.multipliedBy(2));
            progress.say("%s warmed up", contender.getKey());
        }
        for (int round = 1; round <= ROUNDS; round++) {
            Map<String, Load.Outcome> outcomes = new LinkedHashMap<>();
            for (Map.Entry<String, Load> contender : inTurn(contenders, round)) {
                outcomes.put(contender.getKey(), contender.getValue().run(time));
            }
            note(outcomes);
            sample("prepared_query_per_second", query.run(time));
            crosswalk(house.url(Service.HISTORY));
            sample("sql_crosswalk_ms", query.crosswalk(Catalogue.REFORM.minusDays(1), Catalogue.REFORM));
            sample("resident_mb", house.residentMegabytes(Service.HISTORY));
            progress.say("round %d: %s", round, outcomes);
        }
    }

    /** Each round begins with another contender, so that none always comes first or after the same. */
    private static List<Map.Entry<String, Load>> inTurn(Map<String, Load> contenders, int round) {
        List<Map.Entry<String, Load>> order = new ArrayList<>(contenders.entrySet());
        java.util.Collections.rotate(order, round);
        return order;
    }

    private void note(Map<String, Load.Outcome> outcomes) {
        Load.Outcome constant = outcomes.getOrDefault("constant", new Load.Outcome(Double.NaN, 0, 0));
        outcomes.forEach((name, outcome) -> {
            sample(name + "_per_second", outcome.perSecond());
            sample(name + "_p99_ms", outcome.p99() / 1000);
            if (!name.equals("constant")) {
                sample(name + "_over_constant", outcome.perSecond() / constant.perSecond());
                sample(name + "_p99_over_constant", outcome.p99() / constant.p99());
            }
        });
    }

    /** The whole crosswalk of the reform: from the question to the last byte. */
    private void crosswalk(String url) throws IOException, InterruptedException {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            long begun = System.nanoTime();
            HttpResponse<byte[]> answer = http.send(
                    HttpRequest.newBuilder(URI.create(url + CROSSWALK)).build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("The crosswalk was answered " + answer.statusCode());
            }
            best = Math.min(best, System.nanoTime() - begun);
        }
        sample("crosswalk_ms", best / 1e6);
    }

    private static Load load(LookUpHouse house, Service service, List<String> paths) {
        return new Load(house.port(service), new RequestLines(paths), CONNECTIONS);
    }

    private void sample(String name, double value) {
        samples.computeIfAbsent(name, key -> new Samples()).add(value);
    }

    private Result result() {
        Result result = new Result("lookups");
        samples.forEach((name, values) -> {
            if (name.endsWith("_over_constant")) {
                result.ratio(name, values, target(name));
            } else {
                result.figure(name, values, target(name));
            }
        });
        return result;
    }

    private static String target(String name) {
        return switch (name) {
            case "asof_over_constant" -> ">= 0.8";
            case "asof_p99_over_constant" -> "<= 2";
            case "successors_over_constant", "search_over_constant" -> ">= 0.3";
            case "gateway_over_constant" -> ">= 0.4";
            case "crosswalk_ms" -> "<= 60";
            case "resident_mb" -> "<= 350";
            default -> "";
        };
    }
}
