package vn.dvhc.sync.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.BadRequestException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueueRequestTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void toAssign_readsKeys() throws Exception {
        QueueRequest request = QueueRequest.toAssign(
                json("{'records':[{'dataset':'case_file','key':'A/1'},{'dataset':'case_file','key':'B'}],"
                        + "'to':'00004@2025-07-01','reason':' sổ hộ khẩu ','dryRun':true,'limit':5}"));
        assertThat(request.keys()).isEqualTo(Map.of("case_file", Set.of("A/1", "B")));
        assertThat(request.filter()).isNull();
        assertThat(request.reason()).isEqualTo("sổ hộ khẩu");
        assertThat(request.dryRun()).isTrue();
        assertThat(request.limit()).isEqualTo(5);
    }

    @Test
    void toAssign_readsAGroup_alsoOfRecordsWithoutLocality() throws Exception {
        QueueFilter group = QueueRequest.toAssign(json(
                        "{'group':{'unit':'00016@2004-08-31','locality':null},'to':'00004@2025-07-01','reason':'x'}"))
                .filter();
        assertThat(group).isEqualTo(new QueueFilter(null, "00016@2004-08-31", null, null, null, null, true, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{'to':'00004@2025-07-01','reason':'x'}",
                "{'records':[],'to':'00004@2025-07-01','reason':'x'}",
                "{'records':[{'dataset':'case_file'}],'to':'00004@2025-07-01','reason':'x'}",
                "{'filter':{},'to':'00004@2025-07-01','reason':'x'}",
                "{'filter':{'unit':4},'to':'00004@2025-07-01','reason':'x'}",
                "{'filter':{'color':'x'},'to':'00004@2025-07-01','reason':'x'}",
                "{'filter':{'enactment':'hôm qua'},'to':'00004@2025-07-01','reason':'x'}",
                "{'group':{'unit':'00016@2004-08-31'},'to':'00004@2025-07-01','reason':'x'}",
                "{'filter':{'dataset':'a'},'records':[{'dataset':'a','key':'b'}],'to':'00004@2025-07-01','reason':'x'}",
                "{'filter':{'dataset':'a'},'to':'00004@2025-07-01','reason':' '}",
                "{'filter':{'dataset':'a'},'to':'00004@2025-07-01','reason':'x','limit':0}",
                "{'filter':{'dataset':'a'},'to':'00004@2025-07-01','reason':'x','all':true}"
            })
    void toAssign_refusesWhatIsNotSaidClearly(String body) {
        assertThatThrownBy(() -> QueueRequest.toAssign(json(body))).isInstanceOf(BadRequestException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'to':'00004'}", "{'to':4}", "{'to':'00004@hôm nay'}"})
    void to_isTheIdOfAUnit(String body) {
        assertThatThrownBy(() -> QueueRequest.to(json(body))).isInstanceOf(BadRequestException.class);
    }

    @Test
    void cursor_comesBackAsItWent_andNothingElseIsOne() {
        QueueCursor cursor = new QueueCursor("commune_30", "2025-07-01 00:00:01.123456+00", "case_file", "30-Đ/1");
        assertThat(QueueCursor.parse(cursor.toString())).isEqualTo(cursor);
        assertThatThrownBy(() -> QueueCursor.parse("***")).isInstanceOf(BadRequestException.class);
        assertThatThrownBy(() -> QueueCursor.parse("YQ")).isInstanceOf(BadRequestException.class);
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return JSON.readTree(text.replace('\'', '"'));
    }
}
