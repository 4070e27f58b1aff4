package vn.dvhc.right;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import vn.dvhc.catalogue.Catalogue;
import vn.dvhc.timeline.Enactment;
import vn.dvhc.timeline.Timeline;
import vn.dvhc.timeline.UnitHistory;
import vn.dvhc.timeline.WholeCatalogue;
import vn.dvhc.unit.Level;
import vn.dvhc.unit.UnitId;

/** Over the real reform: Phường Bình Hàn of Tỉnh Hải Dương went into Phường Thành Đông of Thành phố Hải Phòng. */
class RelationsTest {

    private static final UnitId BINH_HAN = UnitId.parse("10510@2004-08-31");
    private static final UnitId THANH_DONG = UnitId.parse("10507@2025-07-01");
    private static final UnitId HAI_DUONG = UnitId.parse("30@2004-08-31");
    private static final UnitId HAI_PHONG = UnitId.parse("31@2025-07-01");
    private static final UnitId BA_DINH = UnitId.parse("00004@2025-07-01");
    private static final UnitId HA_NOI = UnitId.parse("01@2004-08-31");
    private static final UnitId NOBODY_KNOWS = UnitId.parse("99999@2025-07-01");

    private static final Timeline BEFORE = before();
    private static final Relations OLD = new Relations(BEFORE);
    private static final Relations NEW = new Relations(WholeCatalogue.timeline());

    @Test
    void commune_passesToItsSuccessorWithTheReform() {
        assertThat(OLD.between(BINH_HAN, BINH_HAN)).isEqualTo(Relation.OWN);
        assertThat(OLD.between(THANH_DONG, BINH_HAN)).isEqualTo(Relation.FOREIGN);

        assertThat(NEW.between(BINH_HAN, BINH_HAN)).isEqualTo(Relation.FORMER);
        assertThat(NEW.between(BINH_HAN, THANH_DONG)).isEqualTo(Relation.SUCCESSOR);
        assertThat(NEW.between(THANH_DONG, BINH_HAN)).isEqualTo(Relation.PREDECESSOR);
        assertThat(NEW.between(THANH_DONG, THANH_DONG)).isEqualTo(Relation.OWN);
    }

    @Test
    void province_holdsItsCommunes_andWhatPassedToIt() {
        assertThat(OLD.between(HAI_DUONG, BINH_HAN)).isEqualTo(Relation.OWN);
        assertThat(NEW.between(HAI_DUONG, BINH_HAN)).isEqualTo(Relation.FORMER);
        assertThat(NEW.between(HAI_DUONG, HAI_PHONG)).isEqualTo(Relation.SUCCESSOR);
        assertThat(NEW.between(HAI_DUONG, THANH_DONG)).isEqualTo(Relation.SUCCESSOR);
        assertThat(NEW.between(HAI_PHONG, BINH_HAN)).isEqualTo(Relation.PREDECESSOR);
        assertThat(NEW.between(HAI_PHONG, HAI_DUONG)).isEqualTo(Relation.PREDECESSOR);
        assertThat(NEW.between(HAI_PHONG, THANH_DONG)).isEqualTo(Relation.OWN);
        assertThat(NEW.between(HAI_PHONG, HA_NOI)).isEqualTo(Relation.SIBLING);
        assertThat(NEW.between(HAI_PHONG, BA_DINH)).isEqualTo(Relation.FOREIGN);
        assertThat(NEW.between(HA_NOI, BINH_HAN)).isEqualTo(Relation.FOREIGN);
    }

    @Test
    void commune_isNeitherItsProvinceNorItsNeighbour() {
        UnitId neighbour = WholeCatalogue.timeline().units(Catalogue.REFORM, Level.COMMUNE, HAI_PHONG).stream()
                .map(unit -> unit.id())
                .filter(id -> !id.equals(THANH_DONG))
                .findFirst()
                .orElseThrow();

        assertThat(NEW.between(THANH_DONG, neighbour)).isEqualTo(Relation.SIBLING);
        assertThat(NEW.between(THANH_DONG, HAI_PHONG)).isEqualTo(Relation.FOREIGN);
        assertThat(NEW.between(THANH_DONG, HAI_DUONG)).isEqualTo(Relation.FOREIGN);
        assertThat(NEW.between(THANH_DONG, BA_DINH)).isEqualTo(Relation.FOREIGN);
        assertThat(NEW.between(THANH_DONG, NOBODY_KNOWS)).isEqualTo(Relation.FOREIGN);
        assertThat(NEW.between(NOBODY_KNOWS, THANH_DONG)).isEqualTo(Relation.FOREIGN);
    }

    @Test
    void districts_endWithAllTheyHeld() {
        UnitId district = BEFORE.find(BINH_HAN).orElseThrow().last().parent();

        assertThat(OLD.between(district, BINH_HAN)).isEqualTo(Relation.OWN);
        assertThat(OLD.units(district, Reach.LINEAGE.relations())).contains(district, BINH_HAN);
        assertThat(NEW.between(district, BINH_HAN)).isEqualTo(Relation.FORMER);
        assertThat(NEW.units(district, Reach.LINEAGE.relations())).isEmpty();
    }

    @Test
    void everyUnitThatEverWas_isHeldByExactlyOneProvince() {
        Map<UnitId, Integer> holders = new HashMap<>();
        WholeCatalogue.timeline()
                .units(Catalogue.REFORM, Level.PROVINCE, null)
                .forEach(province -> NEW.units(province.id(), Reach.LINEAGE.relations())
                        .forEach(held -> holders.merge(held, 1, Integer::sum)));

        assertThat(holders.values()).containsOnly(1);
        assertThat(holders.keySet())
                .containsExactlyInAnyOrderElementsOf(WholeCatalogue.timeline()
                        .histories()
                        .map(UnitHistory::id)
                        .toList());
    }

    private static Timeline before() {
        return WholeCatalogue.days().stream()
                .filter(day -> day.date().isBefore(Catalogue.REFORM))
                .reduce((earlier, later) -> later)
                .map(Enactment.Enacted::timeline)
                .orElseThrow();
    }
}
