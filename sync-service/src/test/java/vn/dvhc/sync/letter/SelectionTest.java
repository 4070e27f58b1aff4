package vn.dvhc.sync.letter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.BadRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelectionTest {

    @Test
    void read_takesIds_withLimitAndCursor() throws Exception {
        Selection selection =
                read("{\"ids\":[3,5],\"limit\":7,\"cursor\":\"cdc.commune_30.public.case_file/0/12\",\"force\":true}");
        assertThat(selection.ids()).containsExactly(3L, 5L);
        assertThat(selection.limit()).isEqualTo(7);
        assertThat(selection.force()).isTrue();
        assertThat(selection.after()).isEqualTo(new Selection.Place("cdc.commune_30.public.case_file", 0, 12));
        assertThat(String.valueOf(selection.after())).isEqualTo("cdc.commune_30.public.case_file/0/12");
    }

    @Test
    void read_takesOpenLettersOnly_whateverTheWay() throws Exception {
        for (String way : new String[] {"{\"all\":true}", "{\"group\":\"x\"}", "{\"filter\":{\"source\":\"a\"}}"}) {
            assertThat(read(way).filter().state()).isEqualTo("open");
            assertThat(read(way).limit()).isEqualTo(Selection.MOST);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{}",
                "{\"all\":false}",
                "{\"all\":true,\"group\":\"x\"}",
                "{\"ids\":[]}",
                "{\"ids\":[\"1\"]}",
                "{\"ids\":[1.5]}",
                "{\"all\":true,\"limit\":0}",
                "{\"all\":true,\"limit\":501}",
                "{\"all\":true,\"cursor\":\"x\"}",
                "{\"filter\":{\"state\":\"applied\"}}",
                "{\"group\":5}",
                "{\"everything\":true}"
            })
    void read_refusesWhatChoosesNothing(String body) {
        assertThatThrownBy(() -> read(body)).isInstanceOf(BadRequestException.class);
    }

    private static Selection read(String body) throws JsonProcessingException {
        return Selection.read(new ObjectMapper().readTree(body));
    }
}
