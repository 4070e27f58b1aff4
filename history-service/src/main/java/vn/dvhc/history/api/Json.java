package vn.dvhc.history.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import vn.dvhc.contract.EdgeData;
import vn.dvhc.decision.Basis;
import vn.dvhc.decision.Extent;
import vn.dvhc.decision.LegalAct;
import vn.dvhc.history.query.CodeLife;
import vn.dvhc.history.query.Kinship;
import vn.dvhc.history.query.Known;
import vn.dvhc.history.query.Reading;
import vn.dvhc.history.query.Relative;
import vn.dvhc.history.query.UnitPage;
import vn.dvhc.history.query.UnitView;
import vn.dvhc.timeline.DatedEdge;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.Unit;

/** The published forms of the answers. Dates are ISO; {@code …To} dates are exclusive; null means still so, or none. */
final class Json {

    private Json() {}

    /** A unit that stands above another. */
    @Schema(name = "Parent")
    record ParentJson(
            String unitId,
            String code,
            String level,
            String type,
            String name,
            String fullName,
            @Nullable ParentJson parent) {

        static @Nullable ParentJson of(@Nullable UnitView view) {
            if (view == null) {
                return null;
            }
            Unit state = view.state();
            return new ParentJson(
                    state.id().toString(),
                    state.code().value(),
                    state.level().label(),
                    state.type().label(),
                    state.name(),
                    state.fullName(),
                    of(view.parent()));
        }
    }

    /**
     * A unit.
     *
     * @param validFrom first day of the state told
     * @param unitFrom first day of the unit's life
     * @param asOf only if the code came without a date: the date it was read at
     * @param ambiguousBefore only if the code came without a date and meant another unit before this one
     * @param hit only in answers to a search: why the unit is in it
     */
    @Schema(name = "Unit")
    record UnitJson(
            String unitId,
            String code,
            String level,
            String type,
            String name,
            String fullName,
            @Nullable ParentJson parent,
            LocalDate validFrom,
            @Nullable LocalDate validTo,
            LocalDate unitFrom,
            @Nullable LocalDate unitTo,
            List<String> legalBasis,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            LocalDate asOf,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            LocalDate ambiguousBefore,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            HitJson hit) {

        static UnitJson of(UnitView view) {
            return of(view, null);
        }

        static UnitJson of(UnitView view, @Nullable Reading reading) {
            return of(view, reading, null);
        }

        static UnitJson found(UnitView view, HitJson hit) {
            return of(view, null, hit);
        }

        private static UnitJson of(UnitView view, @Nullable Reading reading, @Nullable HitJson hit) {
            Unit state = view.state();
            return new UnitJson(
                    state.id().toString(),
                    state.code().value(),
                    state.level().label(),
                    state.type().label(),
                    state.name(),
                    state.fullName(),
                    ParentJson.of(view.parent()),
                    state.validFrom(),
                    state.validTo(),
                    view.born(),
                    view.ended(),
                    state.legalBasis().stream().map(LegalAct::number).toList(),
                    reading == null ? null : reading.asOf(),
                    reading == null ? null : reading.ambiguousBefore(),
                    hit);
        }
    }

    /**
     * Why a unit was found.
     *
     * @param score from 0.001 to 1; more is better
     * @param match parts, exact, marks (other diacritics), prefix, word (a later word begins so) or misspelt
     * @param inForce whether the unit bears this name on the date of the answer
     * @param now what it is or became by today, if it is not as told: at most five
     */
    @Schema(name = "Hit")
    record HitJson(
            double score,
            String match,
            boolean inForce,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<NamedUnitJson> now) {}

    /** A unit in few words. */
    @Schema(name = "NamedUnit")
    record NamedUnitJson(String unitId, String code, String fullName) {

        static NamedUnitJson of(Unit unit) {
            return new NamedUnitJson(unit.id().toString(), unit.code().value(), unit.fullName());
        }
    }

    /**
     * What passed from one unit to another, with the day of its enactment.
     *
     * @param note what an early link rests on where no act says it
     */
    @Schema(name = "Edge")
    record EdgeJson(
            String from,
            String to,
            LocalDate date,
            String extent,
            @Nullable String portion,
            String confidence,
            List<String> legalBasis,
            @Nullable String clause,
            @Nullable String note) {

        static List<EdgeJson> of(List<DatedEdge> edges) {
            return edges.stream().map(EdgeJson::of).toList();
        }

        static EdgeJson of(DatedEdge dated) {
            EdgeData edge = EdgeData.of(dated.edge());
            return new EdgeJson(
                    edge.from(),
                    edge.to(),
                    dated.date(),
                    edge.extent(),
                    edge.portion(),
                    edge.confidence(),
                    edge.legalBasis(),
                    edge.clause(),
                    edge.note());
        }
    }

    /**
     * A unit that came before or after another.
     *
     * @param confidence the weakest of the edges: act, strong or likely; null if there are none
     * @param unchanged it is the unit asked for, which goes on
     * @param open nothing is known beyond it
     * @param extent how much of the unit asked for lies in it, through all edges: full, partial or unknown
     * @param weakest the link of the way that says least; null if there are no edges
     * @param openBecause why nothing is known beyond it; null unless open
     */
    @Schema(name = "Relative")
    record RelativeJson(
            UnitJson unit,
            @Nullable String confidence,
            boolean unchanged,
            boolean open,
            String extent,
            @Nullable WeakestJson weakest,
            @Nullable OpenJson openBecause,
            List<EdgeJson> edges) {

        static List<RelativeJson> of(List<Relative> relatives) {
            return relatives.stream().map(RelativeJson::of).toList();
        }

        static RelativeJson of(Relative relative) {
            return new RelativeJson(
                    UnitJson.of(relative.unit()),
                    relative.confidence() == null ? null : relative.confidence().label(),
                    relative.unchanged(),
                    relative.open(),
                    relative.extent().label(),
                    WeakestJson.of(relative.edges()),
                    OpenJson.of(relative),
                    EdgeJson.of(relative.edges()));
        }
    }

    /** The link of a way that is least sure, and among those equally sure the one that tells least of the extent. */
    @Schema(name = "WeakestLink")
    record WeakestJson(String from, String to, LocalDate date, String confidence, String extent) {

        /** From least telling to most. */
        private static final List<Extent> TELLING = List.of(Extent.UNKNOWN, Extent.PARTIAL, Extent.FULL);

        static @Nullable WeakestJson of(List<DatedEdge> edges) {
            return edges.stream()
                    .max(Comparator.comparing((DatedEdge step) -> step.edge().confidence())
                            .thenComparing(step -> -TELLING.indexOf(step.edge().extent())))
                    .map(step -> new WeakestJson(
                            step.edge().from().toString(),
                            step.edge().to().toString(),
                            step.date(),
                            step.edge().confidence().label(),
                            step.edge().extent().label()))
                    .orElse(null);
        }
    }

    /**
     * Why a way ends.
     *
     * @param reason no-successor-recorded, no-predecessor-recorded or before-first-day
     * @param detail the same for people
     * @param legalBasis the acts that ended the unit, if it was followed to its end
     */
    @Schema(name = "Open")
    record OpenJson(String reason, String detail, List<String> legalBasis) {

        static @Nullable OpenJson of(Relative relative) {
            Relative.Lost lost = relative.lost();
            return lost == null
                    ? null
                    : new OpenJson(
                            lost.reason().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                            Texts.lost(lost, relative.unit().state()),
                            lost.endedBy().actNumbers());
        }
    }

    /** Who came after a unit. */
    @Schema(name = "Successors")
    record SuccessorsJson(UnitJson unit, LocalDate on, List<RelativeJson> successors) {

        static SuccessorsJson of(Kinship.Told told) {
            return of(told.unit(), told.reading(), told.on(), told.relatives());
        }

        static SuccessorsJson of(UnitView unit, @Nullable Reading reading, LocalDate on, List<Relative> successors) {
            return new SuccessorsJson(UnitJson.of(unit, reading), on, RelativeJson.of(successors));
        }
    }

    /** From whom a unit came. */
    @Schema(name = "Predecessors")
    record PredecessorsJson(UnitJson unit, LocalDate on, List<RelativeJson> predecessors) {

        static PredecessorsJson of(Kinship.Told told) {
            return new PredecessorsJson(
                    UnitJson.of(told.unit(), told.reading()), told.on(), RelativeJson.of(told.relatives()));
        }
    }

    /** What a change rests on. */
    @Schema(name = "Basis")
    record BasisJson(
            List<String> legalBasis,
            @Nullable String clause,
            @Nullable String note) {

        static @Nullable BasisJson of(@Nullable Basis basis) {
            return basis == null ? null : new BasisJson(basis.actNumbers(), basis.clause(), basis.note());
        }
    }

    /**
     * One unit while it bore a code.
     *
     * @param endedBy what ended the unit; null unless its life ended with the tenure
     * @param goesOnAs the code the unit took afterwards
     */
    @Schema(name = "Tenure")
    record TenureJson(
            String unitId,
            LocalDate from,
            @Nullable LocalDate to,
            List<UnitJson> states,
            @Nullable BasisJson endedBy,
            @Nullable String goesOnAs,
            List<EdgeJson> received,
            List<EdgeJson> passedOn) {

        static TenureJson of(CodeLife.Bearer bearer) {
            return new TenureJson(
                    bearer.tenure().unit().toString(),
                    bearer.tenure().from(),
                    bearer.tenure().to(),
                    bearer.states().stream().map(UnitJson::of).toList(),
                    BasisJson.of(bearer.endedBy()),
                    bearer.goesOnAs() == null ? null : bearer.goesOnAs().value(),
                    EdgeJson.of(bearer.received()),
                    EdgeJson.of(bearer.passedOn()));
        }
    }

    /** Every unit that ever bore a code, in order of time. */
    @Schema(name = "CodeTimeline")
    record CodeTimelineJson(String code, List<TenureJson> tenures) {

        static CodeTimelineJson of(CodeLife life) {
            return new CodeTimelineJson(
                    life.code().value(),
                    life.bearers().stream().map(TenureJson::of).toList());
        }
    }

    /**
     * A part of a list of units, by code.
     *
     * @param total units in the whole list
     * @param next the cursor of the next part; null on the last
     */
    @Schema(name = "UnitPage")
    record UnitPageJson(
            LocalDate at,
            int total,
            List<UnitJson> items,
            @Nullable String next) {

        static UnitPageJson of(UnitPage page) {
            Cursor next = page.next() == null ? null : new Cursor(page.at(), page.next());
            return new UnitPageJson(
                    page.at(),
                    page.total(),
                    page.units().stream().map(UnitJson::of).toList(),
                    next == null ? null : next.toString());
        }
    }

    /** How many units of each level are in force on a date. */
    @Schema(name = "Counts")
    record CountsJson(LocalDate at, int province, int district, int commune) {

        static CountsJson of(LocalDate at, Map<Level, Integer> counts) {
            return new CountsJson(
                    at,
                    counts.getOrDefault(Level.PROVINCE, 0),
                    counts.getOrDefault(Level.DISTRICT, 0),
                    counts.getOrDefault(Level.COMMUNE, 0));
        }
    }

    /**
     * What this replica holds, or the units in force on a date.
     *
     * @param sequence last message of the log that the answer holds; with a date, the last before those of later days
     * @param lastDay date of the last enactment; null if there was none
     * @param digest equal on every replica and service that holds the same
     * @param at only if a date was given
     * @param units only if a date was given: how many units the digest is of
     */
    @Schema(name = "Digest")
    record DigestJson(
            long sequence,
            @Nullable LocalDate lastDay,
            String digest,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            LocalDate at,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Integer units) {}

    /** A time at which a code is known. */
    @Schema(name = "Known")
    record KnownJson(
            UnitJson unit, LocalDate from, @Nullable LocalDate to, List<RelativeJson> successors) {

        static KnownJson of(Known known) {
            return new KnownJson(
                    UnitJson.of(known.unit()),
                    known.tenure().from(),
                    known.tenure().to(),
                    RelativeJson.of(known.successors()));
        }
    }
}
