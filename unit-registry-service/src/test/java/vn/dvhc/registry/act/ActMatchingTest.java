package vn.dvhc.registry.act;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ActMatchingTest {

    private static final String HANOI = "Hội đồng nhân dân thành phố Hà Nội";
    private static final String HUE = "Hội đồng nhân dân thành phố Huế";
    private static final LocalDate SIGNED = LocalDate.of(2025, 6, 16);

    private static final Act KNOWN = act("act-1", "1656/NQ-UBTVQH15", null, null);
    private static final Act OF_HANOI = act("act-2", "12/NQ-HĐND", HANOI, LocalDate.of(2026, 1, 5));
    private static final Act OF_HUE = act("act-3", "12/NQ-HĐND", HUE, LocalDate.of(2026, 1, 5));
    private static final Act OF_HANOI_LATER = act("act-4", "12/NQ-HĐND", HANOI, LocalDate.of(2027, 1, 5));

    @Test
    void newNumber_isAdded() {
        ActMatching matching = ActMatching.of(List.of(), List.of(), List.of("12/2007/NĐ-CP", "12/2007/NĐ-CP"));

        assertThat(matching.added()).singleElement().satisfies(act -> {
            assertThat(act.description().issuer()).isEqualTo("Chính phủ");
            assertThat(act.description().signedOn()).isNull();
            assertThat(act.description().year()).isEqualTo(2007);
        });
        assertThat(matching.named()).extracting(ActMatching.Named::act).isEqualTo(matching.added());
    }

    @Test
    void knownNumber_isNamedAsItIs() {
        ActMatching matching = ActMatching.of(List.of(KNOWN), List.of(), List.of("1656/NQ-UBTVQH15"));

        assertThat(matching.named()).containsExactly(new ActMatching.Named("1656/NQ-UBTVQH15", KNOWN));
        assertThat(matching.added()).isEmpty();
        assertThat(matching.completed()).isEmpty();
    }

    @Test
    void moreKnowledge_completesTheRegisteredAct() {
        ActMatching matching = ActMatching.of(
                List.of(KNOWN), List.of(described("1656/NQ-UBTVQH15", null, SIGNED)), List.of("1656/NQ-UBTVQH15"));

        assertThat(matching.completed()).singleElement().satisfies(act -> {
            assertThat(act.id()).isEqualTo(KNOWN.id());
            assertThat(act.description().signedOn()).isEqualTo(SIGNED);
            assertThat(act.description().year()).isEqualTo(2025);
        });
        assertThat(matching.added()).isEmpty();
    }

    @Test
    void numberOfSeveralActs_isAmbiguousUntilToldApart() {
        List<Act> registered = List.of(OF_HANOI, OF_HUE, OF_HANOI_LATER);

        assertThat(conflicts(registered, List.of(), "12/NQ-HĐND")).containsExactly("AMBIGUOUS");
        assertThat(conflicts(registered, List.of(described("12/NQ-HĐND", HANOI, null)), "12/NQ-HĐND"))
                .containsExactly("AMBIGUOUS");
        assertThat(ActMatching.of(
                                registered,
                                List.of(described("12/NQ-HĐND", HANOI, LocalDate.of(2027, 1, 5))),
                                List.of("12/NQ-HĐND"))
                        .named())
                .extracting(ActMatching.Named::act)
                .containsExactly(OF_HANOI_LATER);
        assertThat(ActMatching.of(registered, List.of(described("12/NQ-HĐND", HUE, null)), List.of())
                        .named())
                .extracting(ActMatching.Named::act)
                .containsExactly(OF_HUE);
    }

    @Test
    void sameNumberOfAnotherIssuer_isAnotherAct() {
        ActMatching matching =
                ActMatching.of(List.of(OF_HANOI), List.of(described("12/NQ-HĐND", HUE, SIGNED)), List.of("12/NQ-HĐND"));

        assertThat(matching.conflicts()).isEmpty();
        assertThat(matching.added()).hasSize(1);
    }

    @Test
    void whatIsSaid_mayNotContradictTheRegister() {
        assertThat(conflicts(List.of(OF_HANOI), List.of(described("12/NQ-HĐND", HANOI, LocalDate.of(2026, 2, 1)))))
                .containsExactly("DIFFERENT");
        assertThat(conflicts(List.of(), List.of(described("1656/NQ-UBTVQH15", "Quốc hội", null))))
                .containsExactly("ISSUER_DIFFERS");
    }

    @Test
    void twoActsOfOneNumber_mayBothBeNamedUnlessAChangeSpeaksOfThem() {
        List<ActDescription> both =
                List.of(described("12/NQ-HĐND", HANOI, SIGNED), described("12/NQ-HĐND", HUE, SIGNED));

        assertThat(ActMatching.of(List.of(), both, List.of()).added()).hasSize(2);
        assertThat(conflicts(List.of(), both, "12/NQ-HĐND")).containsExactly("AMBIGUOUS");
        assertThat(conflicts(List.of(), List.of(both.get(0), both.get(0)))).containsExactly("AMBIGUOUS");
    }

    @Test
    void yearInBrackets_tellsActsOfOneNumberApart() {
        List<Act> registered = List.of(OF_HANOI, OF_HANOI_LATER);

        assertThat(ActMatching.of(registered, List.of(), List.of("12/NQ-HĐND (2027)"))
                        .named())
                .containsExactly(new ActMatching.Named("12/NQ-HĐND (2027)", OF_HANOI_LATER));
        assertThat(conflicts(registered, List.of(), "12/NQ-HĐND")).containsExactly("AMBIGUOUS");
        assertThat(ActMatching.of(
                                List.of(),
                                List.of(described("12/NQ-HĐND", HANOI, SIGNED)),
                                List.of("12/NQ-HĐND (2025)"))
                        .added())
                .hasSize(1);
    }

    @Test
    void conflict_namesTheNumber() {
        assertThat(ActMatching.of(List.of(OF_HANOI, OF_HUE), List.of(), List.of("12/NQ-HĐND", "9/NQ-CP"))
                        .conflicts())
                .extracting(ActMatching.Conflict::kind, ActMatching.Conflict::number)
                .containsExactly(tuple(ActMatching.Conflict.Kind.AMBIGUOUS, "12/NQ-HĐND"));
    }

    private static List<String> conflicts(List<Act> registered, List<ActDescription> described, String... numbers) {
        return ActMatching.of(registered, described, List.of(numbers)).conflicts().stream()
                .map(conflict -> conflict.kind().name())
                .toList();
    }

    private static Act act(String id, String number, @Nullable String issuer, @Nullable LocalDate signedOn) {
        return new Act(new ActId(id), described(number, issuer, signedOn));
    }

    private static ActDescription described(String number, @Nullable String issuer, @Nullable LocalDate signedOn) {
        return new ActDescription(number, issuer, null, signedOn, null, null, List.of(), null);
    }
}
