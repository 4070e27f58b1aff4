package vn.dvhc.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/** Asks one question without pause and remembers every answer. */
final class Watch implements AutoCloseable {

    private final List<String> answers = Collections.synchronizedList(new ArrayList<>());
    private final Thread thread;
    private volatile boolean stopped;

    /** @param saying what an answer with status 200 says, in a word */
    Watch(People.Person person, String path, Function<JsonNode, String> saying) {
        thread = new Thread(
                () -> {
                    while (!stopped) {
                        answers.add(ask(person, path, saying));
                    }
                },
                "watch " + path);
        thread.setDaemon(true);
        thread.start();
    }

    /** All answers so far, in order; a failure is an answer too. */
    List<String> answers() {
        synchronized (answers) {
            return List.copyOf(answers);
        }
    }

    /** The answers with repetitions left out. */
    List<String> turns() {
        List<String> turns = new ArrayList<>();
        for (String answer : answers()) {
            if (turns.isEmpty() || !turns.get(turns.size() - 1).equals(answer)) {
                turns.add(answer);
            }
        }
        return turns;
    }

    @Override
    public void close() throws InterruptedException {
        stopped = true;
        thread.join();
    }

    private static String ask(People.Person person, String path, Function<JsonNode, String> saying) {
        try {
            People.Answer answer = person.get(path);
            return answer.status() == 200 ? saying.apply(answer.body()) : answer.status() + " " + answer.body();
        } catch (Exception failed) {
            return failed.toString();
        }
    }
}
