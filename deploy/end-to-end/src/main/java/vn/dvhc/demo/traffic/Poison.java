package vn.dvhc.demo.traffic;

import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import vn.dvhc.demo.record.Dataset;
import vn.dvhc.demo.reform.Reform;

/** Messages that nobody can read, put among the changes as a broken program would. */
public final class Poison {

    private static final Map<Dataset, String> MESSAGES = Map.of(
            Dataset.CASE_FILE, "{\"op\":\"u\",\"after\":{\"case_number\":",
            Dataset.PERMIT, "không phải JSON");

    private Poison() {}

    /** How many messages {@link #send} sends. */
    public static int count() {
        return MESSAGES.size();
    }

    /** @param bootstrap of Kafka */
    public static void send(String bootstrap) throws InterruptedException, ExecutionException {
        Properties settings = new Properties();
        settings.setProperty(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        settings.setProperty(ProducerConfig.CLIENT_ID_CONFIG, "dvhc-demo-poison");
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            for (Map.Entry<Dataset, String> message : MESSAGES.entrySet()) {
                Dataset dataset = message.getKey();
                String topic = "cdc." + dataset.database(Reform.HEIR_PROVINCE) + ".public." + dataset.table();
                producer.send(new ProducerRecord<>(topic, message.getValue())).get();
            }
        }
    }
}
