package vn.dvhc.unit;

import java.util.HashMap;
import java.util.Map;

/** The legal types of units, as the catalogue writes them. */
public enum UnitType {
    MUNICIPALITY("thành phố trực thuộc trung ương", "Thành phố"),
    PROVINCE("tỉnh", "Tỉnh"),
    URBAN_DISTRICT("quận", "Quận"),
    RURAL_DISTRICT("huyện", "Huyện"),
    TOWN("thị xã", "Thị xã"),
    PROVINCIAL_CITY("thành phố thuộc tỉnh", "Thành phố"),
    WARD("phường", "Phường"),
    RURAL_COMMUNE("xã", "Xã"),
    TOWNSHIP("thị trấn", "Thị trấn"),
    SPECIAL_ZONE("đặc khu", "Đặc khu");

    private static final Map<String, UnitType> BY_LABEL = new HashMap<>();

    static {
        for (UnitType type : values()) {
            BY_LABEL.put(type.label, type);
        }
    }

    private final String label;
    private final String title;

    UnitType(String label, String title) {
        this.label = label;
        this.title = title;
    }

    /** The catalogue's word in Vietnamese, NFC. */
    public String label() {
        return label;
    }

    /** What stands before the name in a full name: {@code Phường} in «Phường Ba Đình». */
    public String title() {
        return title;
    }

    /** @throws IllegalArgumentException if the catalogue has no such type */
    public static UnitType ofLabel(String label) {
        UnitType type = BY_LABEL.get(label);
        if (type == null) {
            throw new IllegalArgumentException("Unknown type of unit: " + label);
        }
        return type;
    }
}
