package vn.dvhc.sync.mandate;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ForbiddenException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vn.dvhc.right.Call;
import vn.dvhc.right.Relation;
import vn.dvhc.right.Relations;
import vn.dvhc.right.Standing;
import vn.dvhc.sync.plan.Plans;
import vn.dvhc.sync.plan.Source;
import vn.dvhc.sync.units.UnitKnowledge;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitId;

/**
 * What callers may, by the units in use now: the same rules as at the door, held again where the records are, so that a set of units
 * goes into each query.
 */
@Singleton
public class Mandates {

    private final UnitKnowledge knowledge;
    private final Plans plans;
    private final AtomicReference<@Nullable Relations> latest = new AtomicReference<>();

    @Inject
    Mandates(UnitKnowledge knowledge, Plans plans) {
        this.knowledge = knowledge;
        this.plans = plans;
    }

    /**
     * Over whose affairs the caller may make the call.
     *
     * @return ids of units, at least one; null for everybody's
     * @throws ForbiddenException if over nobody's
     */
    public @Nullable List<String> units(SecurityIdentity caller, Call call) {
        Optional<Set<UnitId>> units = standing(caller).units(call, relations());
        if (units.isPresent() && units.get().isEmpty()) {
            throw new ForbiddenException(
                    "Tài khoản không có quyền này cho đơn vị nào đang có hiệu lực; nếu đơn vị đã chấm dứt, quyền thuộc đơn vị kế thừa.");
        }
        return units.map(some -> some.stream().map(UnitId::toString).toList()).orElse(null);
    }

    /**
     * Whose databases the caller may see in the call: those that serve a province over which it reaches.
     *
     * @return names of sources; null for all
     * @throws ForbiddenException if over nobody's affairs
     */
    public @Nullable Set<String> sources(SecurityIdentity caller, Call call) {
        List<String> units = units(caller, call);
        if (units == null) {
            return null;
        }
        Set<String> held = Set.copyOf(units);
        return plans.current().stream()
                .flatMap(plan -> plan.sources().stream())
                .filter(source -> province(source)
                        .map(UnitId::toString)
                        .filter(held::contains)
                        .isPresent())
                .map(Source::name)
                .collect(Collectors.toSet());
    }

    /** @throws ForbiddenException unless the unit is the caller's own, or below it, and in force; whoever acts for the country may for all */
    public void requireOwn(SecurityIdentity caller, Call call, UnitId unit) {
        Standing standing = standing(caller);
        UnitId own = standing.unit();
        if (!standing.mayEverywhere(call)
                && !(standing.may(call) && own != null && relations().between(own, unit) == Relation.OWN)) {
            throw new ForbiddenException("Đơn vị " + unit + " không phải đơn vị của tài khoản hay đơn vị trực thuộc.");
        }
    }

    /** @throws ForbiddenException unless the caller may make the call about one of the units, or about everything */
    public void requireOneOf(SecurityIdentity caller, Call call, List<UnitId> units) {
        Standing standing = standing(caller);
        if (!standing.mayEverywhere(call) && units.stream().noneMatch(unit -> standing.may(call, unit, relations()))) {
            throw new ForbiddenException("Hồ sơ này không thuộc đơn vị của tài khoản.");
        }
    }

    /** @throws ForbiddenException unless the caller may make the call about everything */
    public void requireEverywhere(SecurityIdentity caller, Call call) {
        if (!standing(caller).mayEverywhere(call)) {
            throw new ForbiddenException("Việc này do cấp quốc gia làm.");
        }
    }

    private static Standing standing(SecurityIdentity caller) {
        return Mandate.of(caller).standing();
    }

    private Optional<UnitId> province(Source source) {
        String code = source.province();
        return code == null || source.vintage() == null
                ? Optional.empty()
                : knowledge
                        .state()
                        .timeline()
                        .unit(UnitCode.of(code), source.vintage())
                        .map(unit -> unit.id());
    }

    private Relations relations() {
        Timeline timeline = knowledge.state().timeline();
        Relations known = latest.get();
        if (known == null || !known.isOf(timeline)) {
            known = new Relations(timeline);
            latest.set(known);
        }
        return known;
    }
}
