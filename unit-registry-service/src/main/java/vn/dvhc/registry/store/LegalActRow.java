package vn.dvhc.registry.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.dvhc.registry.act.Act;
import vn.dvhc.registry.act.ActDescription;
import vn.dvhc.registry.act.ActId;

/** A row of {@code legal_act}. */
@Entity
@Table(name = "legal_act")
class LegalActRow {

    @Id
    String id;

    String number;

    @Nullable
    String issuer;

    @Column(name = "signed_year")
    @Nullable
    Integer signedYear;

    @Column(name = "signed_on")
    @Nullable
    LocalDate signedOn;

    @Column(name = "in_force_on")
    @Nullable
    LocalDate inForceOn;

    @Nullable
    String title;

    String[] clauses;

    @Column(name = "document_sha256")
    @Nullable
    String documentSha256;

    @SuppressWarnings("NullAway.Init")
    LegalActRow() {}

    static LegalActRow of(Act act) {
        ActDescription description = act.description();
        LegalActRow row = new LegalActRow();
        row.id = act.id().value();
        row.number = description.number();
        row.issuer = description.issuer();
        row.signedYear = description.year();
        row.signedOn = description.signedOn();
        row.inForceOn = description.inForceOn();
        row.title = description.title();
        row.clauses = description.clauses().toArray(String[]::new);
        row.documentSha256 = description.documentSha256();
        return row;
    }

    Act toAct() {
        return new Act(
                new ActId(id),
                new ActDescription(
                        number, issuer, signedYear, signedOn, inForceOn, title, List.of(clauses), documentSha256));
    }
}
