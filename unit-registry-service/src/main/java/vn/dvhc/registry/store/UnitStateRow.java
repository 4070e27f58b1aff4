package vn.dvhc.registry.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import vn.dvhc.unit.Unit;

/** A row of {@code unit_state}. */
@Entity
@Table(name = "unit_state")
@IdClass(UnitStateRow.Key.class)
class UnitStateRow {

    @Id
    @Column(name = "unit_id")
    String unitId;

    @Id
    @Column(name = "valid_from")
    LocalDate validFrom;

    @Column(name = "valid_to")
    @Nullable
    LocalDate validTo;

    String code;

    String level;

    String type;

    String name;

    @Column(name = "parent_id")
    @Nullable
    String parentId;

    @Column(name = "legal_basis")
    String[] legalBasis;

    @SuppressWarnings("NullAway.Init")
    UnitStateRow() {}

    static UnitStateRow of(Unit state) {
        UnitStateRow row = new UnitStateRow();
        row.unitId = state.id().toString();
        row.validFrom = state.validFrom();
        row.validTo = state.validTo();
        row.code = state.code().value();
        row.level = state.level().label();
        row.type = state.type().label();
        row.name = state.name();
        row.parentId = state.parent() == null ? null : state.parent().toString();
        row.legalBasis = Texts.actNumbers(state.legalBasis());
        return row;
    }

    record Key(String unitId, LocalDate validFrom) {}
}
