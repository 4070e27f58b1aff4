package vn.dvhc.sync;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The way of the data, held: deciding is pure, and what captures knows nothing of who enacts. */
@AnalyzeClasses(packages = "vn.dvhc.sync", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule DECIDING_IS_PURE = noClasses()
            .that()
            .resideInAnyPackage("..sync.recode..", "..sync.home..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.sql..",
                    "jakarta..",
                    "io..",
                    "org.eclipse..",
                    "com.fasterxml..",
                    "org.apache..",
                    "..sync.database..");

    @ArchTest
    static final ArchRule THE_PLAN_KNOWS_NO_DATABASE = noClasses()
            .that()
            .resideInAPackage("..sync.plan..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.sql..", "org.apache..", "..sync.database..", "..sync.apply..", "..sync.handover..");

    @ArchTest
    static final ArchRule CAPTURE_KNOWS_NO_HAND_OVER = noClasses()
            .that()
            .resideInAPackage("..sync.capture..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..sync.handover..", "..sync.status..");

    @ArchTest
    static final ArchRule ENACTING_KNOWS_NOBODY_WHO_APPLIES = noClasses()
            .that()
            .resideInAPackage("..sync.handover..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..sync.apply..");
}
