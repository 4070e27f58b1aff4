package vn.dvhc.sync.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.BadRequestException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitId;

/** Reads the body that asks for a reconciliation: every name must be known. */
final class ReconciliationRequest {

    static final int MOST_NAMES = 5_000;

    private final Plan plan;
    private final Timeline timeline;

    ReconciliationRequest(Plan plan, Timeline timeline) {
        this.plan = plan;
        this.timeline = timeline;
    }

    /** @throws BadRequestException that says what is wrong */
    Scope scope(@Nullable JsonNode body) {
        if (body == null || body.isMissingNode() || body.isNull()) {
            return Scope.everything(false);
        }
        if (!body.isObject()) {
            throw new BadRequestException("Cần một đối tượng JSON.");
        }
        return new Scope(
                names(body, "datasets", name -> plan.dataset(name).isPresent()),
                names(body, "sources", name -> plan.source(name).isPresent()),
                names(body, "copies", name -> plan.source(name).isPresent()),
                units(body),
                flag(body, "repair"));
    }

    static boolean flag(@Nullable JsonNode body, String field) {
        JsonNode value = body == null ? null : body.get(field);
        if (value == null || value.isNull()) {
            return false;
        }
        if (!value.isBoolean()) {
            throw new BadRequestException("Trường " + field + " phải là true hoặc false.");
        }
        return value.booleanValue();
    }

    private static List<String> names(JsonNode body, String field, Predicate<String> known) {
        List<String> names = texts(body, field);
        for (String name : names) {
            if (!known.test(name)) {
                throw new BadRequestException("Trường " + field + " nêu tên chưa được khai báo: " + name);
            }
        }
        return names;
    }

    /** Each unit by its id, and by its code for datasets that are not re-coded. */
    private List<String> units(JsonNode body) {
        Set<String> lines = new LinkedHashSet<>();
        for (String text : texts(body, "units")) {
            Unit unit = unit(text)
                    .orElseThrow(() -> new BadRequestException("Trường units nêu đơn vị không có hiện nay: " + text
                            + " (cần mã, hoặc mã@ngày thành lập)."));
            lines.add(unit.id().toString());
            lines.add(unit.code().value());
        }
        return List.copyOf(lines);
    }

    private Optional<Unit> unit(String text) {
        if (UnitCode.isWellFormed(text)) {
            return timeline.lastDay().flatMap(day -> timeline.unit(UnitCode.of(text), day));
        }
        try {
            return timeline.find(UnitId.parse(text))
                    .flatMap(history -> timeline.lastDay().flatMap(history::at));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static List<String> texts(JsonNode body, String field) {
        JsonNode list = body.get(field);
        if (list == null || list.isNull()) {
            return List.of();
        }
        if (!list.isArray() || list.size() > MOST_NAMES) {
            throw new BadRequestException("Trường " + field + " phải là danh sách không quá 5.000 tên.");
        }
        List<String> texts = new ArrayList<>(list.size());
        for (JsonNode text : list) {
            if (!text.isTextual()) {
                throw new BadRequestException("Trường " + field + " chỉ gồm các chuỗi.");
            }
            texts.add(text.textValue());
        }
        return texts;
    }
}
