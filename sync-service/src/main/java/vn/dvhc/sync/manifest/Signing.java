package vn.dvhc.sync.manifest;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vn.dvhc.sync.database.Databases;
import vn.dvhc.sync.mandate.Mandate;
import vn.dvhc.sync.plan.Dataset;
import vn.dvhc.sync.plan.Plan;
import vn.dvhc.sync.plan.Plans;
import vn.dvhc.sync.plan.Tier;
import vn.dvhc.sync.units.UnitKnowledge;
import vn.dvhc.time.BusinessClock;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.unit.UnitId;

/** Puts a side's signature under a version. Blocks: call it from a worker. */
@Singleton
class Signing {

    private final Plans plans;
    private final Databases databases;
    private final UnitKnowledge knowledge;
    private final BusinessClock clock;

    @Inject
    Signing(Plans plans, Databases databases, UnitKnowledge knowledge, BusinessClock clock) {
        this.plans = plans;
        this.databases = databases;
        this.knowledge = knowledge;
        this.clock = clock;
    }

    /** How a signature ended. */
    enum Outcome {
        DONE,
        UNKNOWN,
        /** The person may not sign this. */
        FORBIDDEN,
        /** There is nothing to be signed, or no more. */
        REFUSED
    }

    /** @param why in Vietnamese; null if it was done */
    record Answer(Outcome outcome, @Nullable String why) {}

    Answer sign(LocalDate day, String id, int version, Signature.Side side, Mandate signer) throws SQLException {
        Plan plan = plans.current().orElse(null);
        if (plan == null) {
            return new Answer(Outcome.UNKNOWN, null);
        }
        return databases.asOwner(plan.nation(), connection -> {
            Chain.lock(connection);
            Optional<Manifests.Sealed> sealed = Manifests.find(connection, day, id, null);
            if (sealed.isEmpty()) {
                return new Answer(Outcome.UNKNOWN, null);
            }
            if (Reversal.isUndone(connection, day, id, version)) {
                return new Answer(Outcome.REFUSED, "Phiên bản này đã được thu hồi, không ký được nữa.");
            }
            if (Reversal.running(connection, day).contains(id)) {
                return new Answer(Outcome.REFUSED, "Bàn giao này đang được thu hồi; hãy ký sau khi thu hồi xong.");
            }
            Optional<Answer> objection = objection(plan, sealed.get(), version, side, signer);
            if (objection.isPresent()) {
                return objection.get();
            }
            write(connection, day, sealed.get(), side, signer);
            return new Answer(Outcome.DONE, null);
        });
    }

    private Optional<Answer> objection(
            Plan plan, Manifests.Sealed sealed, int version, Signature.Side side, Mandate signer) {
        Manifest manifest = sealed.manifest();
        Manifest.Party party = side == Signature.Side.FROM ? manifest.from() : manifest.to();
        if (party == null) {
            return refused("Các hồ sơ này chưa có đơn vị nhận nên chưa có bên nhận để ký.");
        }
        if (!signer.isOfficer()) {
            return forbidden(
                    "Chỉ cán bộ của đơn vị giao hoặc đơn vị nhận (vai trò province-operator hoặc commune-clerk, gắn với một đơn vị) được ký biên bản;"
                            + " cấp quốc gia không ký thay.");
        }
        if (!mayActFor(plan, manifest, UnitId.parse(party.unit()), signer)) {
            return forbidden("Tài khoản thuộc đơn vị " + signer.unit() + ", không phải của bên "
                    + (side == Signature.Side.FROM ? "giao" : "nhận") + " (" + party.name() + ", " + party.unit()
                    + ") hay đơn vị kế thừa.");
        }
        if (sealed.signatures().stream().anyMatch(signature -> signature.side().equals(side.label()))) {
            return refused("Bên " + (side == Signature.Side.FROM ? "giao" : "nhận") + " đã ký phiên bản này.");
        }
        if (sealed.signatures().stream()
                .anyMatch(signature -> signature.person().equals(signer.person()))) {
            return forbidden("Hai bên phải do hai người khác nhau ký.");
        }
        return version == sealed.latest()
                ? Optional.empty()
                : refused("Chỉ ký được phiên bản mới nhất, là phiên bản " + sealed.latest() + ".");
    }

    /** What a province's databases own, the province hands over: its officers sign for the communes too. */
    private boolean mayActFor(Plan plan, Manifest manifest, UnitId side, Mandate signer) {
        Timeline timeline = knowledge.state().timeline();
        return signer.actsFor(side, timeline)
                || plan.dataset(manifest.dataset())
                                .map(Dataset::owner)
                                .filter(Tier.PROVINCE::equals)
                                .isPresent()
                        && Mandate.province(side, timeline)
                                .filter(province -> signer.actsFor(province, timeline))
                                .isPresent();
    }

    private void write(
            Connection connection, LocalDate day, Manifests.Sealed sealed, Signature.Side side, Mandate signer)
            throws SQLException {
        UnitId unit = signer.unit();
        if (unit == null) {
            throw new IllegalStateException("An officer is of a unit");
        }
        Manifest manifest = sealed.manifest();
        Signature signature = new Signature(
                side.label(),
                manifest.version(),
                sealed.hash(),
                signer.name(),
                signer.person(),
                unit.toString(),
                new Provenance(knowledge.state()).party(unit).name(),
                clock.instant().toString());
        Chain.append(
                connection,
                List.of(new Chain.Draft(
                        "signature",
                        day,
                        manifest.id(),
                        manifest.version(),
                        side.label(),
                        "",
                        Canonical.write(signature))),
                signer.who(),
                "manifest-sign",
                "manifest:" + day + ":" + manifest.id() + ":" + side.label());
    }

    private static Optional<Answer> forbidden(String why) {
        return Optional.of(new Answer(Outcome.FORBIDDEN, why));
    }

    private static Optional<Answer> refused(String why) {
        return Optional.of(new Answer(Outcome.REFUSED, why));
    }
}
