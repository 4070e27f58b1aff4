package vn.dvhc.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import vn.dvhc.gateway.route.PathGuard;
import vn.dvhc.gateway.route.Route;
import vn.dvhc.gateway.route.RouteTable;

class PackageRulesTest {

    private final JavaClasses door = new ClassFileImporter(java.util.List.of(new ImportOption.DoNotIncludeTests()))
            .importPackages("vn.dvhc.gateway");

    @Test
    void whatDecidesAboutPathsUsesTheJdkOnly() {
        classes()
                .that()
                .belongToAnyOf(PathGuard.class, Route.class, RouteTable.class)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", "vn.dvhc.gateway.route")
                .check(door);
    }

    @Test
    void whatRemembersCallersUsesTheJdkOnly() {
        classes()
                .that()
                .haveSimpleName("BareCodes")
                .or()
                .haveSimpleName("LookUpPath")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", "vn.dvhc.gateway.caller")
                .check(door);
    }

    @Test
    void whatResolvesAddressesUsesTheJdkAndTheModelOnly() {
        classes()
                .that()
                .haveNameMatching(
                        "vn\\.dvhc\\.gateway\\.redirect\\.(UrlTemplate|AskedUrl|UrlPattern|Resolution|Resolver|RedirectMap|Uses)(\\$.*)?")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        "vn.dvhc.decision",
                        "vn.dvhc.timeline",
                        "vn.dvhc.unit",
                        "vn.dvhc.gateway.redirect")
                .check(door);
    }

    @Test
    void whatCountsUsesTheJdkOnly() {
        classes()
                .that()
                .haveNameMatching("vn\\.dvhc\\.gateway\\.limit\\.(Quota|Verdict|Purse|Purses|AddressPrefix)(\\$.*)?")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", "vn.dvhc.gateway.limit")
                .check(door);
    }

    @Test
    void identityAndRouteDoNotKnowEachOther() {
        noClasses()
                .that()
                .resideInAPackage("..identity..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("..route..")
                .check(door);
        noClasses()
                .that()
                .resideInAPackage("..route..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..identity..", "io.quarkus.oidc..", "io.quarkus.security..")
                .check(door);
    }

    @Test
    void changesKnowNobodyWhoFollowsThem() {
        noClasses()
                .that()
                .resideInAPackage("..change..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "vn.dvhc.gateway.stream..",
                        "vn.dvhc.gateway.subscribe..",
                        "vn.dvhc.gateway.store..",
                        "..identity..",
                        "..route..",
                        "io.vertx..",
                        "java.sql..")
                .check(door);
        noClasses()
                .that()
                .resideInAnyPackage("vn.dvhc.gateway.stream..", "..identity..", "..route..", "..caller..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..subscribe..", "vn.dvhc.gateway.store..")
                .check(door);
    }

    @Test
    void whatHoldsChangesUsesTheJdkAndTheModelOnly() {
        classes()
                .that()
                .resideInAPackage("..change..")
                .and()
                .haveSimpleNameNotEndingWith("EventReader")
                .and()
                .haveNameNotMatching(".*(TopicFollower|LogFollower|HandOverFollower|FollowsTheLog).*")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        "vn.dvhc.contract",
                        "vn.dvhc.timeline",
                        "vn.dvhc.unit",
                        "vn.dvhc.gateway.change")
                .check(door);
    }

    @Test
    void whatDecidesAboutRightsUsesTheJdkAndTheModelOnly() {
        classes()
                .that()
                .resideInAPackage("..gateway.right..")
                .and()
                .haveSimpleNameNotStartingWith("DoorRights")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        "vn.dvhc.right",
                        "vn.dvhc.timeline",
                        "vn.dvhc.unit",
                        "vn.dvhc.gateway.right")
                .check(door);
    }
}
