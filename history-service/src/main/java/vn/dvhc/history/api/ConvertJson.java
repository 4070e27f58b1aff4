package vn.dvhc.history.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import vn.dvhc.history.convert.Conversion;
import vn.dvhc.history.convert.PlacedUnit;
import vn.dvhc.history.convert.Target;
import vn.dvhc.history.convert.Vintage;
import vn.dvhc.history.convert.VintageGuess;
import vn.dvhc.history.lineage.Weight;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitCode;

/** The published forms of conversions. What is not known is left out. */
final class ConvertJson {

    private ConvertJson() {}

    /**
     * A unit with its place.
     *
     * @param path all names from the unit up
     * @param validTo exclusive; null while the state holds
     */
    @Schema(name = "PlacedUnit")
    record UnitJson(
            String unitId,
            String code,
            String level,
            String fullName,
            String path,
            LocalDate validFrom,
            @Nullable LocalDate validTo) {

        static UnitJson of(PlacedUnit placed) {
            Unit unit = placed.unit();
            return new UnitJson(
                    unit.id().toString(),
                    unit.code().value(),
                    unit.level().label(),
                    unit.fullName(),
                    placed.path(),
                    unit.validFrom(),
                    unit.validTo());
        }
    }

    /**
     * A unit that took over all or a part of the one converted.
     *
     * @param extent full, partial or unknown
     * @param confidence the weakest link: act, strong or likely
     * @param weight the share of the converted unit that it took over, with what was counted and when; the weights of all targets
     *     sum to 1; absent where nobody has counted all of it
     */
    @Schema(name = "Target")
    record TargetJson(
            UnitJson unit,
            String extent,
            String confidence,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            BigDecimal weight,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String weightSource,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            LocalDate weightDate) {

        static TargetJson of(Target target) {
            Weight weight = target.weight();
            return new TargetJson(
                    UnitJson.of(target.unit()),
                    target.extent().label(),
                    target.confidence().label(),
                    weight == null ? null : new BigDecimal(weight.value().toPlainString()),
                    weight == null ? null : weight.source(),
                    weight == null ? null : weight.countedOn());
        }
    }

    /** A time at which a code was borne; {@code to} is exclusive. */
    @Schema(name = "Vintage")
    record VintageJson(LocalDate from, @Nullable LocalDate to, UnitJson unit) {

        static VintageJson of(Vintage vintage) {
            return new VintageJson(vintage.tenure().from(), vintage.tenure().to(), UnitJson.of(vintage.unit()));
        }
    }

    /**
     * What became of one item.
     *
     * @param id as the item had it
     * @param code as the item had it
     * @param at as the item had it
     * @param address as the item had it
     * @param status unchanged, resolved, split, ambiguous, ended or unknown
     * @param from the unit that is meant
     * @param to what it is on the date converted to
     * @param confidence exact, strong or likely: the weakest of reading and links
     * @param reason in Vietnamese, for people
     * @param vintages of an undecided code: when it was borne, and by whom
     * @param candidates of an undecided address: at most ten
     * @param candidateCount how many units fit equally
     */
    @Schema(name = "Conversion")
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record ConversionJson(
            @Schema(description = "As the item had it: text or number", type = SchemaType.STRING) @Nullable
            JsonNode id,

            @Nullable String code,
            @Nullable String at,
            @Nullable String address,
            String status,
            @Nullable UnitJson from,

            @JsonInclude(JsonInclude.Include.ALWAYS) List<TargetJson> to,

            @Nullable String confidence,
            String reason,
            List<VintageJson> vintages,
            List<UnitJson> candidates,
            @Nullable Integer candidateCount) {

        static ConversionJson of(ConvertItem item, Conversion conversion) {
            PlacedUnit from = conversion.from();
            return new ConversionJson(
                    item.id(),
                    item.code(),
                    item.at(),
                    item.address(),
                    conversion.status().label(),
                    from == null ? null : UnitJson.of(from),
                    conversion.to().stream().map(TargetJson::of).toList(),
                    conversion.sureness() == null ? null : conversion.sureness().label(),
                    ConvertTexts.reason(conversion),
                    conversion.vintages().stream().map(VintageJson::of).toList(),
                    conversion.candidates().stream().map(UnitJson::of).toList(),
                    conversion.candidateCount() == 0 ? null : conversion.candidateCount());
        }
    }

    /** A call with items to convert: each has a code, with or without its date at, or an address; an id is given back. */
    @Schema(name = "ConvertItem")
    record ItemJson(
            @Nullable String id,
            @Nullable String code,
            @Nullable String at,
            @Nullable String address) {}

    /** @param to the date to convert to; today if absent */
    @Schema(name = "ConvertRequest")
    record RequestJson(@Nullable LocalDate to, List<ItemJson> items) {}

    /** @param to the date converted to */
    @Schema(name = "Conversions")
    record AnswerJson(LocalDate to, List<ConversionJson> items) {}

    /** Bare codes, at most 100,000. */
    @Schema(name = "VintageRequest")
    record VintageRequestJson(List<String> codes) {}

    /**
     * Dates that explain a list of codes equally.
     *
     * @param to exclusive; null if the range lasts
     * @param inForce entries whose code was borne
     * @param share the same as a share of all entries
     * @param missing codes that nobody bore then; at most twenty
     * @param missingCount entries with such codes
     */
    @Schema(name = "VintageRange")
    record RangeJson(
            LocalDate from, @Nullable LocalDate to, int inForce, double share, List<String> missing, int missingCount) {

        static RangeJson of(VintageGuess.Range range, int codes) {
            return new RangeJson(
                    range.from(),
                    range.to(),
                    range.inForce(),
                    (double) range.inForce() / codes,
                    values(range.missing()),
                    range.missingCount());
        }
    }

    /**
     * As of which dates a list of codes can be read.
     *
     * @param codes entries of the list that have the form of a code
     * @param malformed entries that have not; at most twenty are told
     * @param decided whether the first range explains the list better than all others
     * @param neverBorne codes that nobody ever bore; at most twenty are told
     * @param ranges best first
     * @param rangeCount how many there are in all
     */
    @Schema(name = "VintageGuess")
    record GuessJson(
            int codes,
            List<String> malformed,
            int malformedCount,
            List<String> neverBorne,
            int neverBorneCount,
            boolean decided,
            List<RangeJson> ranges,
            int rangeCount) {

        static GuessJson of(VintageGuess guess, List<String> malformed, int malformedCount, int limit) {
            return new GuessJson(
                    guess.codes(),
                    malformed,
                    malformedCount,
                    values(guess.neverBorne()),
                    guess.neverBorneCount(),
                    guess.isDecided(),
                    guess.ranges().stream()
                            .limit(limit)
                            .map(range -> RangeJson.of(range, guess.codes()))
                            .toList(),
                    guess.rangeCount());
        }
    }

    private static List<String> values(List<UnitCode> codes) {
        return codes.stream().map(UnitCode::value).toList();
    }
}
