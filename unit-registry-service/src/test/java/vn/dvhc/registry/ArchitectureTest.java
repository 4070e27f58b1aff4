package vn.dvhc.registry;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "vn.dvhc.registry", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule DOMAIN_USES_THE_JDK_AND_THE_MODEL_ONLY = classes()
            .that()
            .resideInAnyPackage(
                    "vn.dvhc.registry.act",
                    "vn.dvhc.registry.comparison",
                    "vn.dvhc.registry.decision",
                    "vn.dvhc.registry.impact",
                    "vn.dvhc.registry.plan",
                    "vn.dvhc.registry.rules",
                    "vn.dvhc.registry.succession",
                    "vn.dvhc.registry.table",
                    "vn.dvhc.registry.unit")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "org.jspecify..",
                    "vn.dvhc.unit",
                    "vn.dvhc.decision",
                    "vn.dvhc.timeline",
                    "vn.dvhc.contract",
                    "vn.dvhc.registry.act",
                    "vn.dvhc.registry.decision",
                    "vn.dvhc.registry.comparison",
                    "vn.dvhc.registry.impact",
                    "vn.dvhc.registry.plan",
                    "vn.dvhc.registry.rules",
                    "vn.dvhc.registry.succession",
                    "vn.dvhc.registry.table",
                    "vn.dvhc.registry.unit");

    @ArchTest
    static final ArchRule NOBODY_LOOKS_BACK_AT_THE_CALLERS = noClasses()
            .that()
            .resideOutsideOfPackage("vn.dvhc.registry.api")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("vn.dvhc.registry.api");

    /** A token alone is anybody's who has an account, with a role or without. */
    @ArchTest
    static final ArchRule A_TOKEN_ALONE_OPENS_NOTHING = noMethods()
            .that()
            .areDeclaredInClassesThat()
            .resideInAPackage("vn.dvhc.registry.api")
            .should()
            .beAnnotatedWith("io.quarkus.security.Authenticated");

    @ArchTest
    static final ArchRule ROWS_STAY_IN_THE_STORE = classes()
            .that()
            .areAnnotatedWith("jakarta.persistence.Entity")
            .should()
            .bePackagePrivate()
            .andShould()
            .resideInAPackage("vn.dvhc.registry.store");

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("vn.dvhc.registry.(*)..").should().beFreeOfCycles();
}
