package vn.dvhc.benchmark.gateway;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import vn.dvhc.benchmark.Load;
import vn.dvhc.benchmark.Progress;
import vn.dvhc.benchmark.Questions;
import vn.dvhc.benchmark.RequestLines;

/**
 * Look-ups about states that are over, in three kinds, each through a door and at history-service itself:
 *
 * <ul>
 *   <li>remembered: a few questions, which the door answers from memory;
 *   <li>asked: as people ask, {@value #USUAL} different questions, some often and many seldom;
 *   <li>hop: {@value #MANY} questions in turn, many times as many as the door's memory holds, so that it has to ask nearly each time.
 *       A proxy that does nothing else shows what that way takes by itself.
 * </ul>
 *
 * Checked: the same at a door where a look-up wants a role, so that no answer is given before the token was found good.
 */
final class LookUps {

    private static final int CONNECTIONS = 32;
    private static final int FEW = 500;
    private static final int USUAL = 40_000;
    private static final int MANY = 400_000;
    private static final int SAMPLE = 200;
    private static final List<String> KINDS = List.of("remembered", "asked", "hop");
    private static final List<Integer> PACES = List.of(1_000, 4_000);
    /** What is remembered for a minute at most, and what others have driven out, is asked for anew before times are taken. */
    private static final Duration PRELUDE = Duration.ofMillis(500);

    private final Doors doors;
    private final Calls calls;
    private final Findings findings;
    private final Progress progress;
    private final List<String> few;
    private final List<String> many;
    private final RequestLines hop;
    private final List<Contender> contenders;

    LookUps(Doors doors, Calls calls, Findings findings, Progress progress) {
        this.doors = doors;
        this.calls = calls;
        this.findings = findings;
        this.progress = progress;
        Questions questions = Questions.ofTheCatalogue();
        this.few = paths(questions.closed(FEW));
        this.many = paths(questions.closed(MANY));
        RequestLines remembered = new RequestLines(few);
        this.hop = new RequestLines(many);
        RequestLines asked = new RequestLines(paths(questions.asPeopleAsk(questions.closed(USUAL), MANY)));
        this.contenders = List.of(
                new Contender("remembered_direct", doors.direct(), remembered, false),
                new Contender("remembered_token", doors.door(), remembered, true),
                new Contender("asked_direct", doors.direct(), asked, false),
                new Contender("asked_token", doors.door(), asked, true),
                new Contender("hop_direct", doors.direct(), hop, false),
                new Contender("hop_bare_proxy", doors.bareProxy(), hop, false),
                new Contender("hop_token", doors.door(), hop, true),
                new Contender("checked_remembered_token", doors.guarded(), remembered, true),
                new Contender("checked_asked_token", doors.guarded(), asked, true),
                new Contender("checked_hop_token", doors.guarded(), hop, true));
    }

    private record Contender(String name, int port, RequestLines paths, boolean hasToken) {

        Load load(String token) {
            return new Load(port, paths, hasToken ? "Authorization: Bearer " + token + "\r\n" : "", CONNECTIONS);
        }

        /** Whether it says more than what the way by itself costs. */
        boolean isPaced() {
            return !name.endsWith("_proxy");
        }
    }

    private static List<String> paths(List<Questions.AsOf> questions) {
        return questions.stream().map(Questions.AsOf::path).toList();
    }

    /**
     * Rounds of all contenders, as fast as they go and then at each pace.
     *
     * @param warm before, for each: the door's code is compiled while it runs, and the way through it is long
     * @param time of one contender as fast as it goes; at a pace it is half of it
     */
    void measure(int rounds, Duration warm, Duration time) throws IOException, InterruptedException {
        prove();
        warm(warm);
        for (int round = 1; round <= rounds; round++) {
            asFastAsItGoes(round, time);
            for (int pace : PACES) {
                paced(round, pace, time.dividedBy(2));
            }
        }
        proveTheHop();
    }

    private void warm(Duration time) throws IOException, InterruptedException {
        String token = token();
        for (Contender contender : contenders) {
            contender.load(token).run(time);
        }
        progress.say("warmed up");
    }

    private void asFastAsItGoes(int round, Duration time) throws IOException, InterruptedException {
        String token = token();
        Map<String, Double> perSecond = new HashMap<>();
        for (Contender contender : inTurn(contenders, round)) {
            perSecond.put(contender.name(), contender.load(token).run(time).perSecond());
        }
        contenders.forEach(
                contender -> findings.add(contender.name() + "_per_second", of(perSecond, contender.name())));
        for (String kind : KINDS) {
            double direct = of(perSecond, kind + "_direct");
            findings.add("gateway_over_direct_" + kind, of(perSecond, kind + "_token") / direct);
            findings.add("gateway_over_direct_checked_" + kind, of(perSecond, "checked_" + kind + "_token") / direct);
        }
        double proxy = of(perSecond, "hop_bare_proxy");
        findings.add("bare_proxy_over_direct_hop", proxy / of(perSecond, "hop_direct"));
        findings.add("gateway_over_bare_proxy_hop", of(perSecond, "hop_token") / proxy);
        progress.say("round %d, answers a second: %s", round, perSecond);
    }

    private void paced(int round, int pace, Duration time) throws IOException, InterruptedException {
        String token = token();
        Map<String, Double> millis = new HashMap<>();
        for (Contender contender : inTurn(contenders, round)) {
            if (contender.isPaced()) {
                Load load = contender.load(token);
                load.run(PRELUDE);
                millis.put(contender.name(), load.paced(pace, time).p99() / 1000);
            }
        }
        millis.forEach((name, p99) -> findings.add("p99_ms_" + name + "_at_" + pace, p99));
        for (String kind : KINDS) {
            double direct = of(millis, kind + "_direct");
            findings.add("added_p99_ms_" + kind + "_at_" + pace, of(millis, kind + "_token") - direct);
            findings.add(
                    "added_p99_ms_checked_" + kind + "_at_" + pace, of(millis, "checked_" + kind + "_token") - direct);
        }
        progress.say("round %d, p99 in ms at %d a second: %s", round, pace, millis);
    }

    /** Each round begins with another contender, so that none always comes first or after the same. */
    private static List<Contender> inTurn(List<Contender> contenders, int round) {
        List<Contender> order = new ArrayList<>(contenders);
        Collections.rotate(order, round);
        return order;
    }

    private static double of(Map<String, Double> values, String name) {
        return Objects.requireNonNull(values.get(name), name);
    }

    private String token() throws IOException, InterruptedException {
        return calls.token(doors.house().oidcUrl(), Doors.CLIENT);
    }

    /** All doors answer what history-service answers; tokens are looked at, and a forged one is nobody's. */
    private void prove() throws IOException, InterruptedException {
        String token = token();
        // Another signature of the same length.
        int signature = token.lastIndexOf('.') + 1;
        String forged = token.substring(0, signature) + new StringBuilder(token.substring(signature)).reverse();
        for (int i = 0; i < SAMPLE; i++) {
            String path = (i % 2 == 0 ? few : many).get(i);
            byte[] direct = body(calls.get(doors.direct(), path, null));
            for (int port : List.of(doors.door(), doors.guarded())) {
                demand(Arrays.equals(direct, body(calls.get(port, path, token))), "a door answers otherwise: " + path);
            }
        }
        String path = few.get(0);
        demand(calls.get(doors.guarded(), path, null).statusCode() == 401, "no token passes");
        demand(calls.get(doors.guarded(), path, forged).statusCode() == 401, "a forged token passes");
        demand(policy(path, token).startsWith("\"client\""), "a good token is not known");
        demand(policy(path, forged).startsWith("\"anonymous\""), "a forged token is somebody's");
        progress.say("%d answers are the same; a forged token gets 401 or counts for nobody", SAMPLE);
    }

    private String policy(String path, String token) throws IOException, InterruptedException {
        return calls.get(doors.door(), path, token)
                .headers()
                .firstValue("RateLimit-Policy")
                .orElse("");
    }

    /** The door tells the age of what it remembers: of what would be asked next it must know next to nothing. */
    private void proveTheHop() throws IOException, InterruptedException {
        calls.get(doors.door(), few.get(0), null);
        demand(isRemembered(few.get(0)), "the door remembers nothing");
        int remembered = 0;
        for (String path : hop.upcoming(SAMPLE)) {
            remembered += isRemembered(path) ? 1 : 0;
        }
        demand(remembered <= SAMPLE / 10, "the door remembers what it should have to ask for: " + remembered);
    }

    private boolean isRemembered(String path) throws IOException, InterruptedException {
        return calls.get(doors.door(), path, null).headers().firstValue("Age").isPresent();
    }

    private static byte[] body(HttpResponse<byte[]> answer) {
        demand(answer.statusCode() == 200, answer.uri().getPath() + " was answered " + answer.statusCode());
        return answer.body();
    }

    private static void demand(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
