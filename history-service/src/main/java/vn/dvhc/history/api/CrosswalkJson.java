package vn.dvhc.history.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The published form of a crosswalk; {@link CrosswalkWriter} writes it. */
@Schema(name = "Crosswalk")
record CrosswalkJson(
        LocalDate from,
        LocalDate to,
        @Nullable String level,
        @Nullable String province,
        long sequence,
        int total,
        List<ItemJson> items) {

    /** A unit of the first date. */
    @Schema(name = "CrosswalkItem")
    record ItemJson(
            String unitId,
            String code,
            String level,
            String type,
            String name,
            String fullName,
            @Nullable String province,
            String status,
            boolean complete,
            List<ShareJson> to) {}

    /** A unit in which it lies on the second date. */
    @Schema(name = "CrosswalkShare")
    record ShareJson(
            String unitId,
            String code,
            String level,
            String type,
            String name,
            String fullName,
            @Nullable String province,
            boolean open,
            String extent,
            @Nullable String portion,
            @Nullable String confidence,
            int steps,
            List<String> legalBasis,
            @Nullable String clause,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            BigDecimal weight,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String weightSource,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            LocalDate weightDate) {}
}
