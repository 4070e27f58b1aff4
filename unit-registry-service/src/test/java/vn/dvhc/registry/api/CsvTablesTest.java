package vn.dvhc.registry.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vn.dvhc.registry.table.LineProblem;
import vn.dvhc.registry.table.Reading;
import vn.dvhc.registry.table.Row;
import vn.dvhc.registry.table.Table;
import vn.dvhc.registry.table.Tables;

class CsvTablesTest {

    private static final Table.Form FORM = new Table.Form(List.of("code", "name"), List.of("note"));

    @Test
    void cells_areFoundByTheirColumn() {
        Table table =
                Tables.read(read("\uFEFFname,extra,code\r\n\"An, \"\"Bình\"\"\n2\",x,00004\r\n\r\nCao,y,00008\r\n"));

        assertThat(table.rows()).extracting(Row::line).containsExactly(2, 5);
        assertThat(table.rows().get(0).cell("name")).isEqualTo("An, \"Bình\"\n2");
        assertThat(table.rows().get(0).cell("code")).isEqualTo("00004");
        assertThat(table.rows().get(0).cell("note")).isEmpty();
        assertThat(table.rows().get(0).cells()).doesNotContainKey("extra");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                                   | 1 | ``   | không có dòng dữ liệu",
                "code,name                            | 2 | ``   | không có dòng dữ liệu",
                "code,nam¶1,x                         | 1 | name | Thiếu cột «name»",
                "code,name,code¶1,x,2                 | 1 | code | hai lần",
                "code,name¶1,x¶2¶3,z                  | 3 | ``   | Dòng có 1 ô",
                "code,name¶1,x,y                      | 2 | ``   | Dòng có 3 ô",
                "code,name¶1,x¶2,\"y\" z              | 3 | ``   | không đọc được",
                "code,name¶1,x¶2,\"y                  | 3 | ``   | không đọc được",
            })
    void faultyFile_isToldByLineAndColumn(String text, int line, String column, String message) {
        List<LineProblem> problems = Tables.problems(read(text.replace('¶', '\n')));

        assertThat(problems).first().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(line);
            assertThat(problem.column()).isEqualTo(column);
            assertThat(problem.message()).contains(message);
            assertThat(problem.messageEn()).isNotBlank();
        });
    }

    @Test
    void brokenUtf8_isToldWithItsLine() {
        byte[] body = "code,name\n1,An\n2,B#nh\n".getBytes(StandardCharsets.UTF_8);
        body[18] = (byte) 0xEC;

        assertThat(Tables.problems(CsvTables.read(body, FORM))).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(3);
            assertThat(problem.message()).contains("UTF-8");
        });
    }

    @Test
    void tooMuch_isRefused() {
        String row = "1,x\n";

        assertThat(Tables.problems(read("code,name\n" + row.repeat(60_001))))
                .extracting(LineProblem::messageEn)
                .containsExactly("The file has more than 60000 lines.");
        assertThat(Tables.problems(read("code,name\n1," + "x".repeat(2_001) + "\n")))
                .extracting(LineProblem::line, LineProblem::column)
                .containsExactly(Tuple.tuple(2, "name"));
        assertThat(Tables.problems(read("a,".repeat(60) + "code,name\n")))
                .extracting(LineProblem::messageEn)
                .containsExactly("The header has more than 60 columns.");
        assertThat(Tables.problems(read("code,name\n" + "1\n".repeat(5_000)))).hasSize(1_000);
    }

    @Test
    void problems_becomeReasonsInBothLanguages() {
        Problem problem = CsvTables.malformed(List.of(new LineProblem(7, "to_code", "Sai.", "Wrong.")))
                .toProblem();

        assertThat(problem.status()).isEqualTo(400);
        assertThat(problem.reasons())
                .containsExactly(new Reason(
                        null,
                        "LINE_MALFORMED",
                        "line 7, to_code",
                        "Dòng 7, cột to_code: Sai.",
                        "Line 7, column to_code: Wrong."));
    }

    private static Reading<Table> read(String text) {
        return CsvTables.read(text.getBytes(StandardCharsets.UTF_8), FORM);
    }
}
