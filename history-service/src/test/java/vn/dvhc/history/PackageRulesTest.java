package vn.dvhc.history;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

class PackageRulesTest {

    private final JavaClasses history =
            new ClassFileImporter(List.of(new ImportOption.DoNotIncludeTests())).importPackages("vn.dvhc.history");

    @Test
    void theDomainUsesTheJdkAndTheUnitModelOnly() {
        classes()
                .that()
                .resideInAnyPackage(
                        "vn.dvhc.history.timeline",
                        "vn.dvhc.history.lineage",
                        "vn.dvhc.history.query",
                        "vn.dvhc.history.rebase",
                        "vn.dvhc.history.replicate",
                        "vn.dvhc.history.search",
                        "vn.dvhc.history.convert")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        "vn.dvhc.history.timeline",
                        "vn.dvhc.history.lineage",
                        "vn.dvhc.history.query",
                        "vn.dvhc.history.rebase",
                        "vn.dvhc.history.replicate",
                        "vn.dvhc.history.search",
                        "vn.dvhc.history.convert",
                        "vn.dvhc.unit",
                        "vn.dvhc.decision",
                        "vn.dvhc.timeline",
                        "vn.dvhc.contract",
                        "vn.dvhc.time")
                .check(history);
    }

    @Test
    void thePackagesAreTheWayOfTheData() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("vn.dvhc.history..")
                .layer("ingest")
                .definedBy("vn.dvhc.history.ingest")
                .layer("timeline")
                .definedBy("vn.dvhc.history.timeline")
                .layer("lineage")
                .definedBy("vn.dvhc.history.lineage")
                .layer("replicate")
                .definedBy("vn.dvhc.history.replicate")
                .layer("rebase")
                .definedBy("vn.dvhc.history.rebase")
                .layer("query")
                .definedBy("vn.dvhc.history.query")
                .layer("search")
                .definedBy("vn.dvhc.history.search")
                .layer("convert")
                .definedBy("vn.dvhc.history.convert")
                .layer("api")
                .definedBy("vn.dvhc.history.api")
                .layer("wiring")
                .definedBy("vn.dvhc.history")
                .whereLayer("ingest")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("api")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("query")
                .mayOnlyBeAccessedByLayers("api")
                .whereLayer("replicate")
                .mayOnlyBeAccessedByLayers("api")
                .whereLayer("rebase")
                .mayOnlyBeAccessedByLayers("api")
                .whereLayer("lineage")
                .mayOnlyBeAccessedByLayers("ingest", "query", "rebase", "convert", "api", "wiring")
                .whereLayer("convert")
                .mayOnlyBeAccessedByLayers("api")
                .whereLayer("search")
                .mayOnlyBeAccessedByLayers("convert", "api", "wiring")
                .whereLayer("timeline")
                .mayOnlyBeAccessedByLayers("ingest", "query", "search", "replicate", "api", "wiring")
                .check(history);
    }
}
