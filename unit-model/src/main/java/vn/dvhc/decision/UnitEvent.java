package vn.dvhc.decision;

import org.jspecify.annotations.Nullable;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitId;
import vn.dvhc.unit.UnitType;

/** A change that took effect, in identities: what a timeline is built from and what is published. */
public sealed interface UnitEvent {

    /** The kinds of event; the label is part of the published contract. */
    enum Kind {
        CREATED("vn.dvhc.unit.created"),
        ENDED("vn.dvhc.unit.ended"),
        RENAMED("vn.dvhc.unit.renamed"),
        RECLASSIFIED("vn.dvhc.unit.reclassified"),
        REPARENTED("vn.dvhc.unit.reparented"),
        RECODED("vn.dvhc.unit.recoded"),
        SUCCEEDED("vn.dvhc.unit.succeeded");

        private final String type;

        Kind(String type) {
            this.type = type;
        }

        /** The CloudEvents type. */
        public String type() {
            return type;
        }

        /** @throws IllegalArgumentException if the contract has no such type */
        public static Kind ofType(String type) {
            for (Kind kind : values()) {
                if (kind.type.equals(type)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("Unknown type of event: " + type);
        }
    }

    Kind kind();

    /** The unit the event is about; for {@link Succeeded} the giving one. */
    UnitId unit();

    Basis basis();

    /** @param parent the unit above it at the end of the day; null for a province */
    record Created(
            UnitId unit,
            UnitType type,
            String name,
            @Nullable UnitId parent,
            Basis basis) implements UnitEvent {
        @Override
        public Kind kind() {
            return Kind.CREATED;
        }
    }

    record Ended(UnitId unit, Basis basis) implements UnitEvent {
        @Override
        public Kind kind() {
            return Kind.ENDED;
        }
    }

    record Renamed(UnitId unit, String name, Basis basis) implements UnitEvent {
        @Override
        public Kind kind() {
            return Kind.RENAMED;
        }
    }

    record Reclassified(UnitId unit, UnitType type, Basis basis) implements UnitEvent {
        @Override
        public Kind kind() {
            return Kind.RECLASSIFIED;
        }
    }

    record Reparented(UnitId unit, UnitId parent, Basis basis) implements UnitEvent {
        @Override
        public Kind kind() {
            return Kind.REPARENTED;
        }
    }

    record Recoded(UnitId unit, UnitCode code, Basis basis) implements UnitEvent {
        @Override
        public Kind kind() {
            return Kind.RECODED;
        }
    }

    record Succeeded(Edge edge) implements UnitEvent {
        @Override
        public Kind kind() {
            return Kind.SUCCEEDED;
        }

        @Override
        public UnitId unit() {
            return edge.from();
        }

        @Override
        public Basis basis() {
            return edge.basis();
        }
    }
}
