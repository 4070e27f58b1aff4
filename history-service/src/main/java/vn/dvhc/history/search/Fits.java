package vn.dvhc.history.search;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vn.dvhc.timeline.DatedEdge;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.timeline.UnitHistory;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.UnitId;

/** Weighs every place that the mentions of one text may mean, each with the units above it that the text names. */
final class Fits {

    /** Readings whose scores differ by no more are equally good. */
    static final int MARGIN = 3;

    private static final int COMPLETE = 4;
    private static final int IN_ORDER = 1;
    private static final int RUNS_ON = -6;
    private static final int OTHER_ERA = -2;
    private static final int FORMER_DISTRICT = 5;
    private static final int LATER_PROVINCE = 8;

    /** Kept though not among the best, to tell whether the best has rivals. */
    private static final int KEPT = 12;

    private final Timeline timeline;
    private final AddressText text;
    private final @Nullable LocalDate at;
    private final Map<Level, List<Mention>> mentions = new EnumMap<>(Level.class);
    private final Map<UnitId, Fit> best = new LinkedHashMap<>();
    private int top;

    /** @param at only places of this date; null for any */
    Fits(Timeline timeline, AddressText text, @Nullable LocalDate at) {
        this.timeline = timeline;
        this.text = text;
        this.at = at;
        for (Level level : Level.values()) {
            List<Mention> ofLevel = new ArrayList<>();
            for (Mention mention : text.mentions()) {
                if (mention.isOf(level)) {
                    ofLevel.add(mention);
                }
            }
            mentions.put(level, ofLevel);
        }
    }

    /** The best reading of each unit, best first; of equally good ones the one of the later era first. */
    List<Fit> weigh() {
        for (Level level : Level.values()) {
            for (Mention mention : of(level)) {
                for (Place place : mention.name().places(level)) {
                    if (at == null || place.isInForce(at)) {
                        weigh(place, mention);
                    }
                }
            }
        }
        return best.values().stream()
                .filter(fit -> fit.score() >= top - KEPT)
                .sorted(Comparator.comparingInt(Fit::score)
                        .thenComparing(fit -> fit.place().from())
                        .reversed()
                        .thenComparing(fit -> fit.place().unit()))
                .toList();
    }

    private List<Mention> of(Level level) {
        return mentions.getOrDefault(level, List.of());
    }

    private void weigh(Place place, Mention own) {
        Place districtAbove = place.level() == Level.COMMUNE ? place.at(Level.DISTRICT) : null;
        Place provinceAbove = place.level() == Level.PROVINCE ? null : place.at(Level.PROVINCE);
        Fit.Above district = districtAbove == null ? null : above(districtAbove, own, null);
        Fit.Above province = null;
        if (provinceAbove != null) {
            province = above(provinceAbove, own, district);
            if (province == null) {
                province = laterProvince(provinceAbove, own, district);
            }
        }
        if (place.level() == Level.COMMUNE && districtAbove == null) {
            district = formerDistrict(place, own, province);
        }
        int score = own.evidence(place)
                + (district == null ? 0 : district.evidence())
                + (province == null ? 0 : province.evidence());
        if (score + COMPLETE + IN_ORDER >= top - KEPT) {
            keep(place, own, district, province, score);
        }
    }

    private void keep(
            Place place, Mention own, Fit.@Nullable Above district, Fit.@Nullable Above province, int evidence) {
        List<Claim> lost = lost(place, own, district, province);
        boolean runsOn =
                runsOn(own, district, province) || (district != null && runsOn(district.mention(), null, province));
        int score = evidence + order(own, district, province) + (runsOn ? RUNS_ON : 0);
        for (Claim claim : lost) {
            score -= claim.weight();
        }
        if (Fit.isComplete(place, district, province)) {
            score += COMPLETE;
        }
        Fit fit = new Fit(place, own, district, province, score, lost, runsOn);
        if (fit.score() >= top - KEPT) {
            top = Math.max(top, fit.score());
            best.merge(place.unit(), fit, (one, other) -> other.score() >= one.score() ? other : one);
        }
    }

    /** Words after a name that name no unit above it most likely belong to it. */
    private boolean runsOn(Mention mention, Fit.@Nullable Above district, Fit.@Nullable Above province) {
        return text.runsOn(mention)
                && (district == null || district.mention().from() != mention.to())
                && (province == null || province.mention().from() != mention.to());
    }

    private Fit.@Nullable Above above(Place place, Mention own, Fit.@Nullable Above taken) {
        Fit.Above found = null;
        for (Mention mention : of(place.level())) {
            if (isFree(mention, own, taken)) {
                boolean sameEra =
                        mention.name() == place.name() || mention.name().isOtherNameOf(place.unit());
                if (sameEra || mention.name().names(place.unit())) {
                    int evidence = mention.evidence(place) + (sameEra ? 0 : OTHER_ERA);
                    if (found == null || evidence > found.evidence()) {
                        found = new Fit.Above(mention, place, evidence, sameEra);
                    }
                }
            }
        }
        return found;
    }

    /** After the reform people go on writing the district that was abolished. */
    private Fit.@Nullable Above formerDistrict(Place place, Mention own, Fit.@Nullable Above taken) {
        for (Mention mention : of(Level.DISTRICT)) {
            if (isFree(mention, own, taken)) {
                for (DatedEdge edge : timeline.edgesTo(place.unit())) {
                    UnitId district = districtOf(edge.edge().from());
                    if (district != null && mention.name().names(district)) {
                        Place former = mention.name().places(Level.DISTRICT).get(0);
                        int evidence = Math.min(FORMER_DISTRICT, mention.evidence(former) - FORMER_DISTRICT);
                        return new Fit.Above(mention, former, evidence, false);
                    }
                }
            }
        }
        return null;
    }

    private @Nullable UnitId districtOf(UnitId unit) {
        return unit.level() == Level.DISTRICT
                ? unit
                : timeline.find(unit)
                        .map(UnitHistory::last)
                        .map(last -> last.parent())
                        .filter(parent -> parent.level() == Level.DISTRICT)
                        .orElse(null);
    }

    /** After the reform people write the old commune and district under the new province. */
    private Fit.@Nullable Above laterProvince(Place province, Mention own, Fit.@Nullable Above taken) {
        List<DatedEdge> edges = timeline.edgesFrom(province.unit());
        if (edges.isEmpty()) {
            return null;
        }
        for (Mention mention : of(Level.PROVINCE)) {
            if (isFree(mention, own, taken) && mention.edits() == 0) {
                for (DatedEdge edge : edges) {
                    if (mention.name().names(edge.edge().to())) {
                        return new Fit.Above(
                                mention, mention.name().places(Level.PROVINCE).get(0), LATER_PROVINCE, false);
                    }
                }
            }
        }
        return null;
    }

    private static boolean isFree(Mention mention, Mention own, Fit.@Nullable Above taken) {
        return !mention.overlaps(own) && (taken == null || !mention.overlaps(taken.mention()));
    }

    private static int order(Mention own, Fit.@Nullable Above district, Fit.@Nullable Above province) {
        if (district == null || province == null) {
            return 0;
        }
        int first = own.from();
        int second = district.mention().from();
        int third = province.mention().from();
        return (first < second && second < third) || (first > second && second > third) ? IN_ORDER : 0;
    }

    private List<Claim> lost(Place place, Mention own, Fit.@Nullable Above district, Fit.@Nullable Above province) {
        List<Claim> lost = null;
        for (Claim claim : text.claims()) {
            if (!claim.isToldBy(own, place.level())
                    && !isTold(claim, district, Level.DISTRICT)
                    && !isTold(claim, province, Level.PROVINCE)
                    && (!claim.betweenOnly() || isBetween(claim, own, province))
                    && isUnfilled(claim, place, own, district, province)) {
                if (lost == null) {
                    lost = new ArrayList<>(2);
                }
                lost.add(claim);
            }
        }
        return lost == null ? List.of() : lost;
    }

    private static boolean isTold(Claim claim, Fit.@Nullable Above above, Level level) {
        return above != null && claim.isToldBy(above.mention(), level);
    }

    private static boolean isBetween(Claim claim, Mention own, Fit.@Nullable Above province) {
        if (province == null) {
            return false;
        }
        int first = Math.min(own.from(), province.mention().from());
        int last = Math.max(own.from(), province.mention().from());
        return claim.from() > first && claim.from() < last;
    }

    /** A level counts as filled by words without marker only if no other words bear the marker. */
    private static boolean isUnfilled(
            Claim claim, Place place, Mention own, Fit.@Nullable Above district, Fit.@Nullable Above province) {
        for (Level level : claim.levels()) {
            Mention filling = place.level() == level
                    ? own
                    : level == Level.DISTRICT
                            ? mentionOf(district)
                            : level == Level.PROVINCE ? mentionOf(province) : null;
            if (filling == null || (claim.isMarked() && filling.marker() == null && level != Level.PROVINCE)) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Mention mentionOf(Fit.@Nullable Above above) {
        return above == null ? null : above.mention();
    }
}
