package vn.dvhc.right;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import vn.dvhc.timeline.WholeCatalogue;
import vn.dvhc.unit.UnitId;

/** The whole matrix of roles, calls and relations, held cell by cell against the table that people read in the guide. */
class RightsMatrixTest {

    private static final Path GUIDE = Path.of("..", "docs", "guides", "rights.md");
    private static final Map<String, List<String>> TABLE = table();
    private static final Relations RELATIONS = new Relations(WholeCatalogue.timeline());

    /** Of Hải Phòng and its communes, after the reform: own unit and the other one, for each relation. */
    private static final Map<Role, Map<Relation, List<String>>> EXAMPLES = Map.of(
            Role.PROVINCE_OPERATOR,
            Map.of(
                    Relation.OWN, List.of("31@2025-07-01", "10507@2025-07-01"),
                    Relation.FORMER, List.of("30@2004-08-31", "10510@2004-08-31"),
                    Relation.PREDECESSOR, List.of("31@2025-07-01", "10510@2004-08-31"),
                    Relation.SUCCESSOR, List.of("30@2004-08-31", "10507@2025-07-01"),
                    Relation.SIBLING, List.of("31@2025-07-01", "01@2004-08-31"),
                    Relation.FOREIGN, List.of("31@2025-07-01", "00004@2025-07-01")),
            Role.COMMUNE_CLERK,
            Map.of(
                    Relation.OWN, List.of("10507@2025-07-01", "10507@2025-07-01"),
                    Relation.FORMER, List.of("10510@2004-08-31", "10510@2004-08-31"),
                    Relation.PREDECESSOR, List.of("10507@2025-07-01", "10510@2004-08-31"),
                    Relation.SUCCESSOR, List.of("10510@2004-08-31", "10507@2025-07-01"),
                    Relation.SIBLING, List.of("00004@2025-07-01", "00008@2025-07-01"),
                    Relation.FOREIGN, List.of("10507@2025-07-01", "00004@2025-07-01")));

    static Stream<Arguments> cells() {
        return Arrays.stream(Call.values())
                .flatMap(call -> Arrays.stream(Role.values())
                        .flatMap(role ->
                                Arrays.stream(Relation.values()).map(relation -> Arguments.of(role, call, relation))));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("cells")
    void cell_isAsTheGuideSays(Role role, Call call, Relation relation) {
        boolean expected = expected(role, call).contains(relation);
        List<String> units =
                EXAMPLES.getOrDefault(role, Map.of()).getOrDefault(relation, List.of("VN", "10507@2025-07-01"));
        Standing standing = Standing.of(Set.of(role.label()), UnitClaim.of(units.get(0)));
        UnitId other = UnitId.parse(units.get(1));

        if (role.isOfUnit()) {
            assertThat(RELATIONS.between(UnitId.parse(units.get(0)), other)).isEqualTo(relation);
        }
        assertThat(standing.roles()).containsExactly(role);
        assertThat(call.reach(role).relations().contains(relation)).isEqualTo(expected);
        assertThat(standing.may(call, other, RELATIONS)).isEqualTo(expected);
        if (role.isOfUnit()) {
            // No set of units at all: everybody's.
            assertThat(standing.units(call, RELATIONS)
                            .map(reached -> reached.contains(other))
                            .orElse(true))
                    .isEqualTo(expected);
        }
    }

    @Test
    void guide_namesEveryCallAndNoOther() {
        assertThat(TABLE.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Call.values()).map(Call::label).toList());
        assertThat(TABLE.values()).allSatisfy(cells -> assertThat(cells).hasSize(Role.values().length));
    }

    private static Set<Relation> expected(Role role, Call call) {
        String cell = TABLE.getOrDefault(call.label(), List.of()).get(role.ordinal());
        return switch (cell) {
            case "–" -> Set.of();
            case "all" -> Set.of(Relation.values());
            default ->
                Arrays.stream(cell.split(", "))
                        .map(word -> Relation.valueOf(word.toUpperCase(java.util.Locale.ROOT)))
                        .collect(Collectors.toSet());
        };
    }

    /** Lines of calls, with the cells in the order of the roles that its head names. */
    private static Map<String, List<String>> table() {
        try {
            List<List<String>> lines = Files.readAllLines(GUIDE).stream()
                    .dropWhile(line -> !line.startsWith("| call |"))
                    .takeWhile(line -> line.startsWith("|"))
                    .filter(line -> line.startsWith("| ") && line.endsWith(" |"))
                    .map(line -> Arrays.stream(
                                    line.substring(2, line.length() - 2).split(" \\| "))
                            .map(String::strip)
                            .toList())
                    .toList();
            assertThat(lines.get(0).subList(1, lines.get(0).size()))
                    .containsExactlyElementsOf(
                            Arrays.stream(Role.values()).map(Role::label).toList());
            Map<String, List<String>> table = new HashMap<>();
            lines.stream()
                    .skip(1)
                    .forEach(line -> assertThat(table.put(line.get(0), line.subList(1, line.size())))
                            .as("one line a call")
                            .isNull());
            return table;
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
