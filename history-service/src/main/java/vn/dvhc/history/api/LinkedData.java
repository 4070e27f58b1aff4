package vn.dvhc.history.api;

import java.io.OutputStream;
import java.time.LocalDate;
import org.eclipse.rdf4j.model.IRI;
import org.eclipse.rdf4j.model.Value;
import org.eclipse.rdf4j.model.ValueFactory;
import org.eclipse.rdf4j.model.impl.SimpleValueFactory;
import org.eclipse.rdf4j.model.vocabulary.DCTERMS;
import org.eclipse.rdf4j.model.vocabulary.RDF;
import org.eclipse.rdf4j.model.vocabulary.SKOS;
import org.eclipse.rdf4j.model.vocabulary.XSD;
import org.eclipse.rdf4j.rio.RDFHandler;
import org.eclipse.rdf4j.rio.turtle.TurtleWriter;
import vn.dvhc.decision.LegalAct;
import vn.dvhc.history.replicate.State;
import vn.dvhc.unit.Unit;
import vn.dvhc.unit.UnitId;

/**
 * Writes the units of a date as linked data: a SKOS concept scheme of that date with a concept a unit, in Turtle. The IRI of a
 * unit is {@code urn:dvhc:unit:} and its id, the same on every date.
 */
final class LinkedData {

    private static final String UNIT = "urn:dvhc:unit:";
    private static final String UNITS = "urn:dvhc:units:";
    private static final String VIETNAMESE = "vi";

    private final State state;
    private final ValueFactory values = SimpleValueFactory.getInstance();
    private final RDFHandler turtle;

    private LinkedData(State state, RDFHandler turtle) {
        this.state = state;
        this.turtle = turtle;
    }

    static void write(State state, OutputStream out) {
        new LinkedData(state, new TurtleWriter(out)).write();
    }

    private void write() {
        turtle.startRDF();
        turtle.handleNamespace(SKOS.PREFIX, SKOS.NAMESPACE);
        turtle.handleNamespace(DCTERMS.PREFIX, DCTERMS.NAMESPACE);
        turtle.handleNamespace(XSD.PREFIX, XSD.NAMESPACE);
        IRI scheme = values.createIRI(UNITS + state.at());
        add(scheme, RDF.TYPE, SKOS.CONCEPT_SCHEME);
        add(scheme, DCTERMS.TITLE, vietnamese("Đơn vị hành chính Việt Nam ngày " + state.at()));
        add(scheme, DCTERMS.VALID, date(state.at()));
        add(scheme, DCTERMS.IDENTIFIER, values.createLiteral(state.digest()));
        for (Unit unit : state.units()) {
            unit(unit, scheme);
        }
        turtle.endRDF();
    }

    private void unit(Unit unit, IRI scheme) {
        IRI concept = iri(unit.id());
        add(concept, RDF.TYPE, SKOS.CONCEPT);
        add(concept, SKOS.IN_SCHEME, scheme);
        add(concept, SKOS.NOTATION, values.createLiteral(unit.code().value()));
        add(concept, SKOS.PREF_LABEL, vietnamese(unit.fullName()));
        add(concept, SKOS.ALT_LABEL, vietnamese(unit.name()));
        add(concept, DCTERMS.TYPE, values.createLiteral(unit.type().label()));
        UnitId parent = unit.parent();
        add(concept, parent == null ? SKOS.TOP_CONCEPT_OF : SKOS.BROADER, parent == null ? scheme : iri(parent));
        add(concept, DCTERMS.ISSUED, date(unit.validFrom()));
        for (LegalAct act : unit.legalBasis()) {
            add(concept, DCTERMS.SOURCE, values.createLiteral(act.number()));
        }
    }

    private void add(IRI subject, IRI predicate, Value object) {
        turtle.handleStatement(values.createStatement(subject, predicate, object));
    }

    private IRI iri(UnitId unit) {
        return values.createIRI(UNIT + unit);
    }

    private Value vietnamese(String text) {
        return values.createLiteral(text, VIETNAMESE);
    }

    private Value date(LocalDate date) {
        return values.createLiteral(date.toString(), XSD.DATE);
    }
}
