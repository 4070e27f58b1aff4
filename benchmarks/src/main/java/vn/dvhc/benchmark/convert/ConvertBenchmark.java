package vn.dvhc.benchmark.convert;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import vn.dvhc.benchmark.LookUpHouse;
import vn.dvhc.benchmark.Progress;
import vn.dvhc.benchmark.Result;
import vn.dvhc.benchmark.Samples;
import vn.dvhc.catalogue.Catalogue;
import vn.dvhc.local.Fleet;
import vn.dvhc.local.ProjectRoot;
import vn.dvhc.local.Service;

/** The command {@code benchmarks/convert}. */
public final class ConvertBenchmark {

    private static final int ROUNDS = 3;
    private static final int CALL = 10_000;
    private static final String CONVERT = "/v1/convert?to=" + Catalogue.REFORM;

    private final Progress progress;
    private final int codes;
    private final int addresses;
    private final Items items = new Items();
    private final Map<String, Samples> samples = new LinkedHashMap<>();

    private ConvertBenchmark(Progress progress, boolean quick) {
        this.progress = progress;
        this.codes = quick ? 200_000 : 1_000_000;
        this.addresses = quick ? 40_000 : 200_000;
    }

    /** {@code convert [--quick]} */
    public static void main(String[] arguments) throws Exception {
        if (!Set.of("--quick").containsAll(List.of(arguments))) {
            System.err.println("usage: benchmarks/convert [--quick]");
            System.exit(2);
        }
        Fleet.requireBuilt();
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        ConvertBenchmark benchmark = new ConvertBenchmark(new Progress(out), arguments.length > 0);
        Path dir = ProjectRoot.find().resolve("benchmarks/target/convert");
        try (LookUpHouse house = LookUpHouse.open(dir, benchmark.progress)) {
            benchmark.run(house);
        }
        out.println();
        Result result = benchmark.result();
        result.table().forEach(out::println);
        out.println(result.json());
        System.exit(0);
    }

    /** A form of conversion with what is sent. */
    private record Form(String name, Service service, String type, byte[] body, int items, boolean lines) {}

    private void run(LookUpHouse house) throws IOException, SQLException {
        List<Form> forms = List.of(
                new Form("codes", Service.HISTORY, "application/x-ndjson", items.codeLines(codes), codes, true),
                new Form(
                        "addresses",
                        Service.HISTORY,
                        "application/x-ndjson",
                        items.addressLines(addresses),
                        addresses,
                        true),
                new Form("code_file", Service.HISTORY, "text/csv", items.codeFile(codes), codes, true),
                new Form("code_call", Service.HISTORY, "application/json", items.codeCall(CALL), CALL, false),
                new Form(
                        "gateway_codes", Service.GATEWAY, "application/x-ndjson", items.codeLines(codes), codes, true));
        for (Form form : forms) {
            // Twice: the second runs in code that the first has had compiled.
            convert(house, form);
            convert(house, form);
            progress.say("%s warmed up", form.name());
        }
        samples.clear();
        for (int round = 1; round <= ROUNDS; round++) {
            for (Form form : forms) {
                convert(house, form);
            }
            try (Connection connection = house.connect()) {
                sample(
                        "join_codes_per_second",
                        Join.perSecond(connection, items.codes(codes), Items.EVE, Catalogue.REFORM));
            }
            progress.say("round %d done", round);
        }
    }

    /** On one core: what counts is the time the service's process was given, whoever else had the machine. */
    private void convert(LookUpHouse house, Form form) throws IOException {
        ProcessHandle process = ProcessHandle.of(house.pid(Service.HISTORY)).orElseThrow();
        Duration before = process.info().totalCpuDuration().orElseThrow();
        long begun = System.nanoTime();
        long lines = new Upload(house.port(form.service())).lines(CONVERT, form.type(), form.body());
        double seconds = (System.nanoTime() - begun) / 1e9;
        Duration spent = process.info().totalCpuDuration().orElseThrow().minus(before);
        if (form.lines() && lines < form.items()) {
            throw new IllegalStateException(form.name() + ": only " + lines + " lines came back");
        }
        sample(form.name() + "_per_second", form.items() / seconds);
        if (form.lines() && form.service() == Service.HISTORY) {
            sample(form.name() + "_per_core_second", form.items() / (spent.toMillis() / 1e3));
        }
    }

    private void sample(String name, double value) {
        samples.computeIfAbsent(name, key -> new Samples()).add(value);
    }

    private Result result() {
        Result result = new Result("convert");
        samples.forEach((name, values) -> result.figure(name, values, target(name)));
        Samples ratio = new Samples();
        List<Double> ours = values("codes_per_second");
        List<Double> joins = values("join_codes_per_second");
        for (int i = 0; i < ours.size(); i++) {
            ratio.add(ours.get(i) / joins.get(i));
        }
        return result.ratio("codes_over_join", ratio, "");
    }

    private List<Double> values(String name) {
        return samples.getOrDefault(name, new Samples()).values();
    }

    private static String target(String name) {
        return switch (name) {
            case "codes_per_core_second" -> ">= 100000";
            case "addresses_per_core_second" -> ">= 20000";
            default -> "";
        };
    }
}
