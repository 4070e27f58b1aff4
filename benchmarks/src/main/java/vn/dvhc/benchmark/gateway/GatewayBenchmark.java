package vn.dvhc.benchmark.gateway;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import vn.dvhc.benchmark.Progress;
import vn.dvhc.benchmark.Result;
import vn.dvhc.local.Fleet;
import vn.dvhc.local.ProjectRoot;

/** The command {@code benchmarks/gateway}. */
public final class GatewayBenchmark {

    private final Progress progress;
    private final boolean quick;
    private final Findings findings = new Findings();

    private GatewayBenchmark(Progress progress, boolean quick) {
        this.progress = progress;
        this.quick = quick;
    }

    /** {@code gateway [--quick]} */
    public static void main(String[] arguments) throws Exception {
        if (!Set.of("--quick").containsAll(List.of(arguments))) {
            System.err.println("usage: benchmarks/gateway [--quick]");
            System.exit(2);
        }
        Fleet.requireBuilt();
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        GatewayBenchmark benchmark = new GatewayBenchmark(new Progress(out), arguments.length > 0);
        benchmark.run(ProjectRoot.find().resolve("benchmarks/target/gateway"));
        out.println();
        Result result = benchmark.findings.result();
        result.table().forEach(out::println);
        out.println(result.json());
        System.exit(0);
    }

    private void run(Path dir) throws Exception {
        Calls calls = new Calls();
        try (Doors doors = Doors.open(dir, progress)) {
            LookUps lookUps = new LookUps(doors, calls, findings, progress);
            lookUps.measure(quick ? 1 : 3, Duration.ofSeconds(quick ? 5 : 10), Duration.ofSeconds(quick ? 2 : 6));
            doors.closeGuarded();
            Webhooks webhooks = new Webhooks(doors, calls, findings, progress);
            webhooks.awaitReady();
            if (quick) {
                webhooks.measure(1, Webhooks.Crowd.healthy(10), new Webhooks.Crowd(8, 1, 0, 1));
            } else {
                webhooks.measure(3, Webhooks.Crowd.healthy(50), new Webhooks.Crowd(43, 5, 1, 1));
            }
        }
    }
}
