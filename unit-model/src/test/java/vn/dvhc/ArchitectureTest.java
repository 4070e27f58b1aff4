package vn.dvhc;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The core is pure: the JDK, and JSpecify's annotations. */
@AnalyzeClasses(packages = "vn.dvhc", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule THE_MODEL_KNOWS_THE_JDK_ONLY =
            classes().should().onlyDependOnClassesThat().resideInAnyPackage("java..", "org.jspecify..", "vn.dvhc..");
}
