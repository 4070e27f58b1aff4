package vn.dvhc.demo.traffic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import vn.dvhc.demo.reform.Reform;
import vn.dvhc.unit.Unit;

/** Asks the gateway as anybody may. */
public final class LookupClient {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private final ObjectMapper json = new ObjectMapper();
    private final URI gateway;
    private final Reform reform;

    public LookupClient(URI gateway, Reform reform) {
        this.gateway = gateway;
        this.reform = reform;
    }

    /** @param said status and body, for the report of a wrong answer */
    record Answer(Question.Side side, String said) {}

    /** @throws IOException if there is no answer */
    Answer ask(Question question) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(gateway.resolve(question.path()))
                        .timeout(TIMEOUT)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return new Answer(
                question.side(reform, response.statusCode(), parse(response.body())),
                response.statusCode() + " " + response.body());
    }

    /** Asks each old unit's code after the reform, as of the eve and for its successors; empty if all are right. */
    public List<String> wrongAnswersAbout(List<Unit> oldUnits) throws InterruptedException {
        List<String> wrong = new ArrayList<>();
        for (Unit unit : oldUnits) {
            for (Question question : List.of(Question.unit(unit, Reform.EVE), Question.successors(unit))) {
                try {
                    Answer answer = ask(question);
                    if (answer.side() != Question.Side.AFTER && answer.side() != Question.Side.EITHER) {
                        wrong.add(question.path() + " -> " + abbreviated(answer.said()));
                    }
                } catch (IOException unanswered) {
                    wrong.add(question.path() + " -> " + unanswered);
                }
            }
        }
        return wrong;
    }

    static String abbreviated(String text) {
        return text.length() <= 300 ? text : text.substring(0, 300) + "…";
    }

    private JsonNode parse(String body) {
        try {
            return json.readTree(body);
        } catch (JsonProcessingException notJson) {
            return json.nullNode();
        }
    }
}
