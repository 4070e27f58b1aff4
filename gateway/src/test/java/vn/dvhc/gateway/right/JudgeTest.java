package vn.dvhc.gateway.right;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import vn.dvhc.catalogue.Catalogue;
import vn.dvhc.right.Call;
import vn.dvhc.right.Reach;
import vn.dvhc.right.Relations;
import vn.dvhc.right.Role;
import vn.dvhc.right.Standing;
import vn.dvhc.right.UnitClaim;
import vn.dvhc.timeline.Timeline;

/** Over the real reform: Phường Bình Hàn (10510) of Hải Dương (30) went into Phường Thành Đông (10507) of Hải Phòng (31). */
class JudgeTest {

    private static final Map<Call, String> SAMPLES = samples();

    private static Relations units;

    @BeforeAll
    static void enact() {
        Timeline timeline = Timeline.empty();
        for (var day : Catalogue.load().days().entrySet()) {
            timeline = timeline.enact(day.getKey(), day.getValue()).fold(enacted -> enacted.timeline(), refused -> {
                throw new AssertionError(refused.reasons());
            });
        }
        units = new Relations(timeline);
    }

    static Stream<Arguments> cells() {
        return SAMPLES.keySet().stream()
                .flatMap(call -> Stream.of(Role.values()).map(role -> Arguments.of(role, call)));
    }

    @ParameterizedTest
    @MethodSource("cells")
    void role_mayWhatTheTableSays_whateverTheAddress(Role role, Call call) {
        Verdict verdict = judge(role, unitOf(role), SAMPLES.get(call));

        assertThat(verdict.what()).isEqualTo(call.label());
        assertThat(verdict.kind())
                .isEqualTo(call.reach(role) == Reach.NOBODY ? Verdict.Kind.NO_ROLE : Verdict.Kind.GRANTED);
    }

    @Test
    void everyCall_hasAnAddress() {
        assertThat(SAMPLES.keySet()).containsExactlyInAnyOrder(Call.values());
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void nobody_mayWhatIsNoCall(Role role) {
        for (String request :
                new String[] {"GET /v1/anything", "PUT /v1/records/case_file", "GET /v2/queue", "GET /"}) {
            Verdict verdict = judge(role, unitOf(role), request);

            assertThat(verdict.kind()).as(request).isEqualTo(Verdict.Kind.NO_ROLE);
            assertThat(verdict.what()).isEqualTo("?");
        }
    }

    @Test
    void everyRouteThatWantsARole_isAKnownCall() throws IOException {
        assertThat(routes()).hasSizeGreaterThan(15).allSatisfy(route -> {
            for (String method : route.methods()) {
                assertThat(asked(method + " " + route.path())).as(method).isPresent();
                assertThat(asked(method + " " + route.path() + "/a")).as(method).isPresent();
            }
        });
    }

    @ParameterizedTest
    @MethodSource("cells")
    void route_letsInWhoeverTheTableLetsIn(Role role, Call call) throws IOException {
        String path = SAMPLES.get(call).split("[ ?]")[1];
        Optional<Wanted> route = routes().stream()
                .filter(one -> path.equals(one.path()) || path.startsWith(one.path() + "/"))
                .max(Comparator.comparingInt(one -> one.path().length()));
        if (call == Call.SUBSCRIBE || call == Call.REVOKE_TOKENS) {
            assertThat(route).as("answered at the door").isEmpty();
        } else if (call == Call.LOOK_UP) {
            assertThat(route).as("open to everybody").isEmpty();
        } else if (call.reach(role) != Reach.NOBODY) {
            assertThat(route.orElseThrow().roles()).containsAnyElementsOf(names(role));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "10507@2025-07-01, GET /v1/queue?unit=10510@2004-08-31, GRANTED, predecessor",
        "10507@2025-07-01, GET /v1/queue?unit=10507@2025-07-01, GRANTED, own",
        "10507@2025-07-01, GET /v1/queue?unit=00004@2025-07-01, FOREIGN_UNIT, unit",
        "10507@2025-07-01, GET /v1/queue?unit=10510, FOREIGN_UNIT, unit",
        "10507@2025-07-01, GET /v1/queue?unit=x, FOREIGN_UNIT, unit",
        "10507@2025-07-01, GET /v1/queue, GRANTED, narrowed",
        "10510@2004-08-31, GET /v1/queue, UNIT_ENDED, former",
        "10510@2004-08-31, POST /v1/queue/assign, UNIT_ENDED, former",
        "10510@2004-08-31, GET /v1/records/case_file/30-a/journey, UNIT_ENDED, former",
        "10510@2004-08-31, POST /v1/handovers/2025-07-01/manifests/f.10510@2004-08-31.10507@2025-07-01/signatures, GRANTED, former",
        "10507@2025-07-01, POST /v1/handovers/2025-07-01/manifests/f.10510%402004-08-31.10507%402025-07-01/signatures, GRANTED, 'own,predecessor'",
        "00004@2025-07-01, POST /v1/handovers/2025-07-01/manifests/f.10510@2004-08-31.10507@2025-07-01/signatures, FOREIGN_UNIT, unit",
        "10507@2025-07-01, POST /v1/handovers/2025-07-01/manifests/f.10510@2004-08-31.10507@2025-07-01/undo, NO_ROLE, role",
        "31@2025-07-01, GET /v1/sync/communes?province=31, GRANTED, own",
        "31@2025-07-01, GET /v1/sync/communes?province=01, FOREIGN_UNIT, unit",
        "31@2025-07-01, GET /v1/sync/communes?province=30, FOREIGN_UNIT, unit",
        "30@2004-08-31, GET /v1/conflicts, UNIT_ENDED, former",
        "288@2004-08-31, GET /v1/queue, UNIT_ENDED, former",
        "99999@2025-07-01, GET /v1/queue, UNIT_UNKNOWN, unit",
        "10507@2025-07-01, GET /v1/sync/%63ommunes, NO_ROLE, role",
        "10507@2025-07-01, GET /v1/anything, NO_ROLE, role",
        "10507@2025-07-01, PUT /v1/records/case_file, NO_ROLE, role"
    })
    void officer_isJudgedByTheUnit(String unit, String request, Verdict.Kind kind, String why) {
        Role role = unit.indexOf('@') == 2 ? Role.PROVINCE_OPERATOR : Role.COMMUNE_CLERK;

        Verdict verdict = judge(role, unit, request);

        assertThat(verdict.kind()).isEqualTo(kind);
        assertThat(verdict.why()).isEqualTo(why);
        assertThat(verdict.concerning()).doesNotContain("x");
    }

    @Test
    void officer_waits_whileTheUnitsAreNotKnown_andTheNationDoesNot() {
        Optional<Asked> queue = asked("GET /v1/queue");

        assertThat(Judge.decide(standing(Role.COMMUNE_CLERK, "10507@2025-07-01"), queue, Optional.empty())
                        .kind())
                .isEqualTo(Verdict.Kind.UNDECIDABLE);
        assertThat(Judge.decide(standing(Role.NATIONAL_OPERATOR, "VN"), queue, Optional.empty())
                        .kind())
                .isEqualTo(Verdict.Kind.GRANTED);
    }

    private static Verdict judge(Role role, String unit, String request) {
        return Judge.decide(standing(role, unit), asked(request), Optional.of(units));
    }

    private static Standing standing(Role role, String unit) {
        return Standing.of(Set.of(role.label()), UnitClaim.of(unit));
    }

    private static Optional<Asked> asked(String request) {
        String[] words = request.split("[ ?]");
        Map<String, String> parameters = new HashMap<>();
        for (int i = 2; i < words.length; i++) {
            parameters.put(words[i].substring(0, words[i].indexOf('=')), words[i].substring(words[i].indexOf('=') + 1));
        }
        return Asked.of(words[0], words[1], parameters::get);
    }

    /** As the realm gives it: with the name of old that the services behind ask for. */
    private static Set<String> names(Role role) {
        return switch (role) {
            case NATIONAL_ADMIN, NATIONAL_OPERATOR -> Set.of(role.label(), "operator");
            case PROVINCE_OPERATOR, COMMUNE_CLERK -> Set.of(role.label(), "unit-officer");
            case DECISION_DRAFTER, DECISION_APPROVER, SUBSCRIBER -> Set.of(role.label());
        };
    }

    /** A configured route that wants roles. */
    private record Wanted(String path, List<String> methods, Set<String> roles) {}

    private static List<Wanted> routes() throws IOException {
        Properties settings = new Properties();
        try (Reader file = Files.newBufferedReader(Path.of("src/main/resources/application.properties"))) {
            settings.load(file);
        }
        return settings.stringPropertyNames().stream()
                .filter(name -> name.startsWith("dvhc.gateway.routes.") && name.endsWith(".roles"))
                .map(name -> name.substring(0, name.length() - "roles".length()))
                .map(route -> new Wanted(
                        settings.getProperty(route + "path"),
                        List.of(settings.getProperty(route + "methods").split(",")),
                        Set.of(settings.getProperty(route + "roles").split(","))))
                .toList();
    }

    private static String unitOf(Role role) {
        return role == Role.PROVINCE_OPERATOR
                ? "31@2025-07-01"
                : role == Role.COMMUNE_CLERK ? "10507@2025-07-01" : "VN";
    }

    private static Map<Call, String> samples() {
        String manifest = "/v1/handovers/2025-07-01/manifests/case_file.10510@2004-08-31.10507@2025-07-01";
        Map<Call, String> samples = new EnumMap<>(Call.class);
        samples.put(Call.LOOK_UP, "GET /v1/units/10507");
        samples.put(Call.READ_DECISIONS, "GET /v1/decisions/a/impact");
        samples.put(Call.DRAFT_DECISION, "POST /v1/decisions");
        samples.put(Call.APPROVE_DECISION, "POST /v1/decisions/a/approval");
        samples.put(Call.WITHDRAW_DECISION, "POST /v1/decisions/a/withdrawal");
        samples.put(Call.ASSIGN_LOCALITIES, "POST /v1/locality-assignments");
        samples.put(Call.READ_HANDOVERS, "GET /v1/handovers/2025-07-01");
        samples.put(Call.RUN_HANDOVERS, "POST /v1/handovers/2025-07-01/release");
        samples.put(Call.READ_MANIFESTS, "GET " + manifest);
        samples.put(Call.SIGN_MANIFEST, "POST " + manifest + "/signatures");
        samples.put(Call.READ_QUEUE, "GET /v1/queue/groups");
        samples.put(Call.DECIDE_QUEUE, "POST /v1/queue/assign");
        samples.put(Call.READ_JOURNEY, "GET /v1/records/case_file/30-a/journey");
        samples.put(Call.READ_STATUS, "GET /v1/sync/status");
        samples.put(Call.READ_COMMUNES, "GET /v1/sync/communes");
        samples.put(Call.READ_RECONCILIATIONS, "GET /v1/reconciliations/1/units");
        samples.put(Call.RUN_RECONCILIATIONS, "DELETE /v1/reconciliations/1");
        samples.put(Call.READ_CONFLICTS, "GET /v1/conflicts");
        samples.put(Call.DECIDE_CONFLICT, "POST /v1/conflicts/commune_31:1/decision");
        samples.put(Call.READ_DEAD_LETTERS, "GET /v1/dead-letters");
        samples.put(Call.HANDLE_DEAD_LETTERS, "POST /v1/dead-letters/redrive");
        samples.put(Call.READ_SOURCES, "GET /v1/datasets");
        samples.put(Call.DECLARE_SOURCES, "PUT /v1/sources/commune_31");
        samples.put(Call.READ_AUDIT, "GET /v1/audit");
        samples.put(Call.READ_DOOR_AUDIT, "GET /v1/audit/door/verification");
        samples.put(Call.REVOKE_TOKENS, "POST /v1/revocations");
        samples.put(Call.SUBSCRIBE, "POST /v1/subscriptions");
        return samples;
    }
}
