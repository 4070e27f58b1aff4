package vn.dvhc.gateway.redirect;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vn.dvhc.gateway.route.Problem;
import vn.dvhc.gateway.store.DoorDatabase;
import vn.dvhc.unit.Level;

/** Reads what portals say about their addresses, and writes what they get. */
final class PatternForm {

    static final Problem NOT_READABLE = bad("no-json", "Nội dung phải là một đối tượng JSON.");

    private static final int LONGEST_DESCRIPTION = 200;
    private static final Problem NO_TEMPLATE = bad(
            "no-template",
            "template và successor là địa chỉ https có đúng một {code}, trong đường dẫn hoặc là giá trị của tham số duy nhất"
                    + " (https://cong.example.vn/xa/{code}/thu-tuc, https://cong.example.vn/xa?ma={code}). Đường dẫn chỉ gồm chữ cái"
                    + " không dấu, chữ số và các dấu / . _ ~ -; không có chữ số kề {code}.");
    private static final Problem NO_VINTAGE = bad(
            "no-vintage", "vintage là ngày dạng 2025-06-30, từ ngày đầu tiên của danh mục đến hôm nay, hoặc bỏ trống.");
    private static final Problem NO_LEVEL = bad("no-level", "level là province, district hoặc commune, hoặc bỏ trống.");
    private static final Problem NO_DESCRIPTION =
            bad("no-description", "Trường description là một chuỗi dài tối đa 200 ký tự, không có ký tự NUL.");
    private static final Problem NO_SUNSET = bad("no-sunset", "sunset là ngày dạng 2027-06-30, hoặc bỏ trống.");

    private PatternForm() {}

    static Problem bad(String slug, String detail) {
        return new Problem(slug, "Yêu cầu không hợp lệ", 400, detail);
    }

    /** The object; empty if the body is none. */
    static Optional<JsonObject> object(Buffer body) {
        try {
            return Optional.of(new JsonObject(body));
        } catch (DecodeException malformed) {
            return Optional.empty();
        }
    }

    /**
     * What is wrong with the form.
     *
     * @param first the first known day of the register
     * @param last today
     */
    static Optional<Problem> problem(JsonObject form, LocalDate first, LocalDate last) {
        if (template(form, "template").isEmpty() || template(form, "successor").isEmpty()) {
            return Optional.of(NO_TEMPLATE);
        }
        LocalDate vintage = date(form, "vintage");
        if (form.getValue("vintage") != null && (vintage == null || vintage.isBefore(first) || vintage.isAfter(last))) {
            return Optional.of(NO_VINTAGE);
        }
        if (form.getValue("level") != null && level(form) == null) {
            return Optional.of(NO_LEVEL);
        }
        if (!isDescribed(form.getValue("description"))) {
            return Optional.of(NO_DESCRIPTION);
        }
        return form.getValue("sunset") != null && date(form, "sunset") == null
                ? Optional.of(NO_SUNSET)
                : Optional.empty();
    }

    private static boolean isDescribed(@Nullable Object description) {
        return description == null
                || (description instanceof String text
                        && text.length() <= LONGEST_DESCRIPTION
                        && DoorDatabase.isText(text));
    }

    /** Of a form without problem. */
    static PatternStore.Wish wish(JsonObject form) {
        return new PatternStore.Wish(
                template(form, "template").orElseThrow(),
                date(form, "vintage"),
                level(form),
                template(form, "successor").orElseThrow(),
                (String) form.getValue("description"),
                date(form, "sunset"));
    }

    private static Optional<UrlTemplate> template(JsonObject form, String field) {
        return form.getValue(field) instanceof String text ? UrlTemplate.read(text) : Optional.empty();
    }

    private static @Nullable LocalDate date(JsonObject form, String field) {
        return form.getValue(field) instanceof String text
                ? date(text).filter(date -> date.getYear() < 10_000).orElse(null)
                : null;
    }

    /** Empty if the text is no ISO date. */
    static Optional<LocalDate> date(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeException malformed) {
            return Optional.empty();
        }
    }

    private static @Nullable Level level(JsonObject form) {
        for (Level level : Level.values()) {
            if (level.label().equals(form.getValue("level"))) {
                return level;
            }
        }
        return null;
    }

    static JsonObject json(UrlPattern pattern) {
        LocalDate vintage = pattern.vintage();
        Level level = pattern.level();
        LocalDate sunset = pattern.sunset();
        return new JsonObject()
                .put("id", pattern.id())
                .put("owner", pattern.owner())
                .put("template", pattern.template().toString())
                .put("vintage", vintage == null ? null : vintage.toString())
                .put("level", level == null ? null : level.label())
                .put("successor", pattern.successor().toString())
                .put("description", pattern.description())
                .put("sunset", sunset == null ? null : sunset.toString())
                .put("createdAt", pattern.createdAt().toString())
                .put("changedAt", pattern.changedAt().toString());
    }

    static JsonObject json(PatternStore.Host host) {
        return new JsonObject()
                .put("host", host.host())
                .put("owner", host.owner())
                .put("createdAt", host.createdAt().toString())
                .put("changedAt", host.changedAt().toString());
    }

    static JsonObject json(Uses.Use use) {
        return new JsonObject()
                .put("day", use.key().day().toString())
                .put("client", use.key().client().isEmpty() ? null : use.key().client())
                .put("pattern", use.key().pattern())
                .put("code", use.key().code())
                .put("count", use.count().times())
                .put("lastAt", use.count().last().toString());
    }
}
