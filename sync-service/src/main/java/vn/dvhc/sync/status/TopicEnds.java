package vn.dvhc.sync.status;

import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.database.Progress;

/** Asks Kafka how far topics reach. Blocks: call it from a worker. */
@Singleton
public class TopicEnds {

    private final Map<String, Object> kafka;
    private @Nullable Admin admin;

    @Inject
    TopicEnds(@Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.kafka = kafka;
    }

    /** The offset after the last message of each topic of one partition; 0 if it does not exist. */
    public Map<String, Long> of(Set<String> topics) throws InterruptedException, ExecutionException {
        Map<String, Long> ends = new HashMap<>();
        topics.forEach(topic -> ends.put(topic, 0L));
        ends(existing().stream().filter(topics::contains).toList())
                .forEach((place, end) -> ends.merge(place.topic(), end, Math::max));
        return ends;
    }

    /** The ends of all topics whose names match. */
    public Map<Progress.Place, Long> matching(Pattern names) throws InterruptedException, ExecutionException {
        return ends(existing().stream()
                .filter(topic -> names.matcher(topic).matches())
                .toList());
    }

    private Set<String> existing() throws InterruptedException, ExecutionException {
        return admin().listTopics().names().get();
    }

    private Map<Progress.Place, Long> ends(Collection<String> topics) throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        for (TopicDescription topic :
                admin().describeTopics(topics).allTopicNames().get().values()) {
            topic.partitions()
                    .forEach(partition ->
                            asked.put(new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest()));
        }
        return admin().listOffsets(asked).all().get().entrySet().stream()
                .collect(Collectors.toMap(
                        end -> new Progress.Place(
                                end.getKey().topic(), end.getKey().partition()),
                        end -> end.getValue().offset()));
    }

    private synchronized Admin admin() {
        Admin current = admin;
        if (current == null) {
            current = Admin.create(Map.of(
                    AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                    kafka.getOrDefault(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:9092")));
            admin = current;
        }
        return current;
    }

    @PreDestroy
    synchronized void close() {
        if (admin != null) {
            admin.close();
        }
    }
}
