package vn.dvhc.sync.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a plan from YAML; {@code ${NAME:default}} is taken from the environment. */
public final class PlanReader {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z0-9_]+)(?::([^}]*))?}");

    private static final ObjectMapper YAML = YAMLMapper.builder()
            .addModule(new JavaTimeModule())
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private PlanReader() {}

    /**
     * @throws IllegalArgumentException with the place and the reason if the plan is not valid
     * @throws IOException if the file can't be read
     */
    public static Plan read(Path file, Map<String, String> environment) throws IOException {
        return parse(Files.readString(file), environment);
    }

    static Plan parse(String yaml, Map<String, String> environment) {
        try {
            return YAML.readValue(resolve(yaml, environment), Plan.class);
        } catch (JsonProcessingException malformed) {
            Throwable cause = malformed.getCause();
            String reason =
                    cause instanceof IllegalArgumentException ? cause.getMessage() : malformed.getOriginalMessage();
            throw new IllegalArgumentException("Tệp khai báo nguồn dữ liệu không đọc được: " + reason, malformed);
        }
    }

    private static String resolve(String yaml, Map<String, String> environment) {
        Matcher placeholders = PLACEHOLDER.matcher(yaml);
        return placeholders.replaceAll(found -> {
            String value = environment.getOrDefault(found.group(1), found.group(2));
            if (value == null) {
                throw new IllegalArgumentException("Biến môi trường chưa đặt: " + found.group(1));
            }
            return Matcher.quoteReplacement(value);
        });
    }
}
