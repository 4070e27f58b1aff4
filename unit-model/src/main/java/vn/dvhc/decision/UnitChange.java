package vn.dvhc.decision;

import org.jspecify.annotations.Nullable;
import vn.dvhc.unit.UnitCode;
import vn.dvhc.unit.UnitType;

/**
 * One fact of a decision, in codes as the act writes them. A change names its unit by the code it bears at that point of
 * the day; parents and the receiving end of {@link Succeed} are read at the end of the day, its giving end as of the day
 * before.
 */
public sealed interface UnitChange {

    /** The kinds of change; lets callers switch exhaustively. */
    enum Kind {
        CREATE,
        ABOLISH,
        RENAME,
        RECLASSIFY,
        REPARENT,
        RECODE,
        SUCCEED
    }

    Kind kind();

    /** The unit the change is about; for {@link Succeed} the giving one. */
    UnitCode code();

    Basis basis();

    /** A unit begins. */
    record Create(
            UnitCode code,
            UnitType type,
            String name,
            @Nullable UnitCode parent,
            Basis basis) implements UnitChange {
        @Override
        public Kind kind() {
            return Kind.CREATE;
        }
    }

    /** A unit ends. */
    record Abolish(UnitCode code, Basis basis) implements UnitChange {
        @Override
        public Kind kind() {
            return Kind.ABOLISH;
        }
    }

    /** The unit goes on under another name. */
    record Rename(UnitCode code, String name, Basis basis) implements UnitChange {
        @Override
        public Kind kind() {
            return Kind.RENAME;
        }
    }

    /** The unit goes on as another type, like a commune that becomes a ward. */
    record Reclassify(UnitCode code, UnitType type, Basis basis) implements UnitChange {
        @Override
        public Kind kind() {
            return Kind.RECLASSIFY;
        }
    }

    /** The unit goes on under another parent. */
    record Reparent(UnitCode code, UnitCode parent, Basis basis) implements UnitChange {
        @Override
        public Kind kind() {
            return Kind.REPARENT;
        }
    }

    /** The unit goes on under another code. */
    record Recode(UnitCode code, UnitCode newCode, Basis basis) implements UnitChange {
        @Override
        public Kind kind() {
            return Kind.RECODE;
        }
    }

    /** Something passes from one unit to another. */
    record Succeed(UnitCode code, UnitCode to, Extent extent, Portion portion, Confidence confidence, Basis basis)
            implements UnitChange {
        @Override
        public Kind kind() {
            return Kind.SUCCEED;
        }
    }
}
