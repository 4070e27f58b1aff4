package vn.dvhc.registry.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.reflect.Method;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import vn.dvhc.decision.Decision;
import vn.dvhc.decision.DecisionId;

class LifeTest {

    private static final Instant NOW = Instant.parse("2025-06-30T03:00:00Z");
    private static final Map<String, NextStep> STEP_OF_METHOD = Map.of(
            "revised", NextStep.REVISION,
            "submitted", NextStep.SUBMISSION,
            "approved", NextStep.APPROVAL,
            "scheduled", NextStep.SCHEDULE,
            "rejected", NextStep.REJECTION,
            "withdrawn", NextStep.WITHDRAWAL);

    @ParameterizedTest
    @CsvSource({
        "DRAFT, REVISION SUBMISSION WITHDRAWAL",
        "SUBMITTED, APPROVAL REJECTION WITHDRAWAL",
        "APPROVED, SCHEDULE WITHDRAWAL",
        "SCHEDULED, WITHDRAWAL",
        "IN_FORCE, ''",
        "REJECTED, REVISION",
        "WITHDRAWN, ''",
    })
    void state_offersItsLegalStepsOnly(State state, String steps) {
        assertThat(inState(state, Origin.DRAFTED).nextSteps())
                .extracting(Enum::name)
                .containsExactlyInAnyOrderElementsOf(steps.isEmpty() ? List.of() : List.of(steps.split(" ")));
    }

    /** What is told over the wire is what can be written in Java, for each state and both origins. */
    @ParameterizedTest
    @EnumSource(State.class)
    void stepsTold_areTheMethodsThereAre(State state) {
        for (Origin origin : List.of(Origin.DRAFTED, Origin.CORRECTION)) {
            Life life = inState(state, origin);

            Set<NextStep> methods = Arrays.stream(life.getClass().getMethods())
                    .filter(method -> Life.class.isAssignableFrom(method.getReturnType()))
                    .filter(method -> !java.lang.reflect.Modifier.isStatic(method.getModifiers()))
                    .map(Method::getName)
                    .map(STEP_OF_METHOD::get)
                    .collect(Collectors.toCollection(() -> EnumSet.noneOf(NextStep.class)));

            assertThat(life.nextSteps()).isEqualTo(methods);
        }
    }

    @Test
    void anyWalk_keepsEveryStepAndEnds() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int walk = 0; walk < 500; walk++) {
            Life life = Life.draft(dossier(random.nextBoolean() ? Origin.DRAFTED : Origin.CORRECTION), "an", NOW);
            while (!life.nextSteps().isEmpty() && life.recorded().version() < 50) {
                List<NextStep> choice = List.copyOf(life.nextSteps());
                Life next = take(life, choice.get(random.nextInt(choice.size())), NOW.plusSeconds(walk));

                int known = life.recorded().steps().size();
                assertThat(next.recorded().steps().subList(0, known))
                        .isEqualTo(life.recorded().steps());
                assertThat(next.recorded().version())
                        .isGreaterThan(life.recorded().version());
                assertThat(Life.of(next.state(), next.recorded())).isEqualTo(next);
                assertThat(next.recorded().position() != null).isEqualTo(next.state() == State.SCHEDULED);
                life = next;
            }
        }
    }

    @Test
    void correction_isInForceWithItsApproval() {
        Life.SubmittedCorrection submitted = (Life.SubmittedCorrection)
                Life.draft(dossier(Origin.CORRECTION), "an", NOW).submitted("an", NOW, null);

        Life.InForce inForce = submitted.approved("binh", NOW, "đúng", null);

        assertThat(inForce.recorded().steps())
                .extracting(Step::kind)
                .containsExactly(Step.Kind.DRAFTED, Step.Kind.SUBMITTED, Step.Kind.APPROVED, Step.Kind.ENACTED);
        assertThat(inForce.recorded().version()).isEqualTo(3);
    }

    @Test
    void authors_areWhoeverWroteOrHandedIn() {
        Life.Draft draft = Life.draft(dossier(Origin.DRAFTED), "an", NOW)
                .revised(dossier(Origin.DRAFTED), "binh", NOW)
                .revised(dossier(Origin.DRAFTED), "chi", NOW);

        assertThat(draft.submitted("dung", NOW, null).recorded().authors())
                .containsExactlyInAnyOrder("an", "chi", "dung");
    }

    @Test
    void withdrawal_freesThePlace() {
        Life.Scheduled scheduled = (Life.Scheduled) inState(State.SCHEDULED, Origin.DRAFTED);

        assertThat(scheduled.withdrawn("an", NOW, null).recorded().position()).isNull();
    }

    @Test
    void revision_keepsTheId() {
        Life.Draft draft = Life.draft(dossier(Origin.DRAFTED), "an", NOW);
        Dossier other = new Dossier(
                new Decision(new DecisionId("other"), LocalDate.of(2025, 8, 1), "Khác", List.of()),
                Origin.DRAFTED,
                List.of(),
                Collections.emptySortedSet(),
                List.of());

        assertThatIllegalArgumentException().isThrownBy(() -> draft.revised(other, "an", NOW));
    }

    private static Life take(Life life, NextStep step, Instant at) {
        return switch (step) {
            case REVISION -> ((Life.Revisable) life).revised(life.recorded().dossier(), "an", at);
            case SUBMISSION -> ((Life.Draft) life).submitted("an", at, null);
            case APPROVAL ->
                life instanceof Life.SubmittedReform reform
                        ? reform.approved("binh", at, null, null)
                        : ((Life.SubmittedCorrection) life).approved("binh", at, null, null);
            case SCHEDULE -> ((Life.Approved) life).scheduled("binh", at, null, 0);
            case REJECTION -> ((Life.Submitted) life).rejected("binh", at, "sai tên");
            case WITHDRAWAL -> ((Life.Withdrawable) life).withdrawn("an", at, null);
        };
    }

    private static Life inState(State state, Origin origin) {
        Step drafted = new Step(Step.Kind.DRAFTED, "an", NOW, null);
        Integer position = state == State.SCHEDULED || state == State.IN_FORCE ? Integer.valueOf(0) : null;
        return Life.of(state, new RecordedDecision(dossier(origin), List.of(drafted), position));
    }

    private static Dossier dossier(Origin origin) {
        return new Dossier(
                new Decision(new DecisionId("test"), LocalDate.of(2025, 7, 1), "Thử", List.of()),
                origin,
                List.of(),
                new TreeSet<>(),
                List.of());
    }
}
