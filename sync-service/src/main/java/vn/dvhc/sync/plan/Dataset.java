package vn.dvhc.sync.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vn.dvhc.timeline.Following;

/**
 * A kind of record and the table that holds it.
 *
 * @param owner the tier that writes it: its single writer
 * @param table {@code schema.table} in the owners' databases
 * @param key the columns of the record's global key, one or several
 * @param unit the column of the unit's code
 * @param vintage where the date stands as of which the code is read
 * @param locality the columns that may decide a split (hamlet, street, parcel), asked in order; may be empty
 * @param follows what the records follow when a unit is split
 * @param up the tiers above the owner that hold copies; all of them if not declared
 * @param down the tiers below the owner that hold copies; none if not declared
 * @param personal columns that must not leave the owner's tier, and what becomes of them
 * @param sources the sources whose databases have the table; every source of the owner's tier if not declared
 * @param foreignWrites what becomes of writes to copies by others; undone if not declared
 * @param split what decides records of split units beside assigned localities; nothing if not declared
 * @param journal columns whose every edit is kept, as text before and after; none if not declared
 * @param columns every column with its PostgreSQL type, in the order of the table
 */
public record Dataset(
        String name,
        Tier owner,
        String table,
        List<String> key,
        String unit,
        Vintage vintage,
        List<String> locality,
        Following follows,
        Set<Tier> up,
        Set<Tier> down,
        Map<String, Treatment> personal,
        @Nullable Set<String> sources,
        ForeignWrites foreignWrites,
        Splitting split,
        List<String> journal,
        Map<String, String> columns) {

    /** Between the parts of a key of several columns; no part may hold it. */
    public static final String KEY_SEPARATOR = "\u001f";

    private static final Set<String> TYPES =
            Set.of("text", "date", "timestamptz", "numeric", "integer", "bigint", "boolean");

    /** Types whose text is the same in the log, in SQL and in Java. */
    private static final Set<String> KEY_TYPES = Set.of("text", "integer", "bigint");

    private static final String IDENTIFIER = "[a-z_][a-z0-9_]{0,60}";

    /** Names become part of SQL, so nothing but plain identifiers is accepted. */
    public Dataset {
        locality = locality == null ? List.of() : List.copyOf(locality);
        personal = personal == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(personal));
        sources = sources == null ? null : Set.copyOf(sources);
        foreignWrites = foreignWrites == null ? ForeignWrites.UNDO : foreignWrites;
        split = split == null ? Splitting.NONE : split;
        journal = journal == null ? List.of() : List.copyOf(journal);
        key = key == null ? List.of() : List.copyOf(key);
        columns = columns == null ? Map.of() : columns;
        String place = "datasets." + name;
        Findings found = new Findings();
        found.require(name != null && name.matches(IDENTIFIER), "datasets.name", "chữ thường không dấu, số và _");
        boolean owned = found.require(
                owner == Tier.COMMUNE || owner == Tier.PROVINCE, place + ".owner", "commune hoặc province");
        found.require(
                table != null && table.matches(IDENTIFIER + "\\." + IDENTIFIER),
                place + ".table",
                "có dạng schema.table");
        found.require(!columns.isEmpty(), place + ".columns", "phải nêu các cột");
        for (Map.Entry<String, String> column : columns.entrySet()) {
            found.require(
                    column.getKey().matches(IDENTIFIER) && !column.getKey().startsWith("sync_"),
                    place + ".columns",
                    "tên cột chữ thường không dấu, không bắt đầu bằng sync_: " + column.getKey());
            found.require(
                    column.getValue() != null && TYPES.contains(column.getValue()),
                    place + ".columns." + column.getKey(),
                    "một trong " + TYPES.stream().sorted().toList());
        }
        found.require(!key.isEmpty(), place + ".key", "một hay nhiều cột");
        found.require(new HashSet<>(key).size() == key.size(), place + ".key", "mỗi cột một lần");
        for (String column : key) {
            found.require(
                    KEY_TYPES.contains(columns.getOrDefault(column, "")),
                    place + ".key",
                    column + " phải là một cột kiểu "
                            + KEY_TYPES.stream().sorted().toList());
        }
        found.require("text".equals(columns.get(unit)), place + ".unit", "là một cột kiểu text");
        if (found.require(vintage != null, place + ".vintage", "tên cột, hoặc {rule: source}")) {
            String type = columns.get(vintage.column());
            found.require(
                    vintage.rule() == Vintage.Rule.COLUMN
                            ? "date".equals(type)
                            : type == null && vintage.column().matches(IDENTIFIER),
                    place + ".vintage",
                    vintage.rule() == Vintage.Rule.COLUMN
                            ? "là một cột kiểu date"
                            : "với rule: source, cột " + vintage.column()
                                    + " chỉ có ở bản sao nên không được khai báo");
        }
        for (String column : locality) {
            found.require(
                    "text".equals(columns.get(column)), place + ".locality", column + " phải là một cột kiểu text");
        }
        if (split.address() != null) {
            found.require(
                    "text".equals(columns.get(split.address()))
                            && !split.address().equals(unit)
                            && !key.contains(split.address()),
                    place + ".split.address",
                    "là một cột kiểu text, không phải khoá hay mã đơn vị");
        }
        found.require(follows != null, place + ".follows", "people, land hoặc everything");
        for (Map.Entry<String, Treatment> column : personal.entrySet()) {
            String at = place + ".personal." + column.getKey();
            found.require(column.getValue() != null, at, "drop hoặc pseudonym");
            found.require(columns.containsKey(column.getKey()), at, "là một cột");
            found.require(
                    !key.contains(column.getKey())
                            && !column.getKey().equals(unit)
                            && !locality.contains(column.getKey())
                            && (vintage == null || !column.getKey().equals(vintage.column())),
                    at,
                    "không thể là khoá, mã đơn vị, ngày đọc mã hay địa bàn");
            found.require(
                    column.getValue() != Treatment.PSEUDONYM || "text".equals(columns.get(column.getKey())),
                    at,
                    "chỉ cột kiểu text có thể thay bằng bí danh");
        }
        for (String column : journal) {
            String at = place + ".journal." + column;
            found.require(columns.containsKey(column), at, "là một cột");
            found.require(
                    !personal.containsKey(column),
                    at,
                    "cột cá nhân không được ghi vào nhật ký: nhật ký ở cấp quốc gia");
            found.require(
                    !key.contains(column)
                            && !column.equals(unit)
                            && (vintage == null || !column.equals(vintage.column())),
                    at,
                    "không thể là khoá, mã đơn vị hay ngày đọc mã: sổ bàn giao đã ghi những thay đổi đó");
        }
        found.require(new HashSet<>(journal).size() == journal.size(), place + ".journal", "mỗi cột một lần");
        if (owned) {
            up = tiers(up, above(owner));
            down = tiers(down, Set.of());
            found.require(above(owner).containsAll(up), place + ".up", "chỉ các cấp trên " + owner.label());
            found.require(
                    down.stream().allMatch(tier -> tier.compareTo(owner) < 0),
                    place + ".down",
                    "chỉ các cấp dưới " + owner.label());
            found.require(
                    journal.isEmpty() || up.contains(Tier.NATION),
                    place + ".journal",
                    "nhật ký ở cấp quốc gia nên up phải có nation");
        }
        found.throwIfAny();
        columns = Collections.unmodifiableMap(withVintage(columns, vintage));
    }

    /** One whose copies are put right whenever somebody else writes to them. */
    public Dataset(
            String name,
            Tier owner,
            String table,
            List<String> key,
            String unit,
            Vintage vintage,
            List<String> locality,
            Following follows,
            Set<Tier> up,
            Set<Tier> down,
            Map<String, Treatment> personal,
            @Nullable Set<String> sources,
            Map<String, String> columns) {
        this(
                name,
                owner,
                table,
                key,
                unit,
                vintage,
                locality,
                follows,
                up,
                down,
                personal,
                sources,
                ForeignWrites.UNDO,
                Splitting.NONE,
                List.of(),
                columns);
    }

    private static Set<Tier> tiers(@Nullable Set<Tier> declared, Set<Tier> otherwise) {
        return declared == null ? otherwise : Set.copyOf(declared);
    }

    private static Set<Tier> above(Tier owner) {
        return Arrays.stream(Tier.values())
                .filter(tier -> tier.compareTo(owner) > 0)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Map<String, String> withVintage(Map<String, String> columns, Vintage vintage) {
        Map<String, String> all = new LinkedHashMap<>(columns);
        all.putIfAbsent(vintage.column(), "date");
        return all;
    }

    /** Every column of a record as it is read, in the order of the table; with the vintage, even if a rule makes it. */
    @Override
    public Map<String, String> columns() {
        return columns;
    }

    /** The column names, in the order of the table. */
    public List<String> columnNames() {
        return List.copyOf(columns.keySet());
    }

    /** The columns that the owner's table has. */
    public List<String> storedColumns() {
        List<String> stored = new ArrayList<>(columns.keySet());
        if (vintage.rule() == Vintage.Rule.SOURCE) {
            stored.remove(vintage.column());
        }
        return stored;
    }

    /** The columns that a copy has: all but those that are dropped at the source. */
    public List<String> copiedColumns() {
        List<String> copied = new ArrayList<>(columns.keySet());
        copied.removeIf(column -> personal.get(column) == Treatment.DROP);
        return copied;
    }

    /** The columns that any tier may see: those of the owner's table without the personal ones. */
    public List<String> openColumns() {
        List<String> open = storedColumns();
        open.removeAll(personal.keySet());
        return open;
    }

    /** The columns that a re-coding leaves alone: all but unit and vintage. */
    public List<String> contentColumns() {
        List<String> content = new ArrayList<>(columns.keySet());
        content.remove(unit);
        content.remove(vintage.column());
        return content;
    }

    /** Whether edits of its records are kept. */
    public boolean isJournaled() {
        return !journal.isEmpty();
    }

    /** Whether sync re-codes and hands over its records: only a table that can hold the new vintage can be re-coded safely. */
    public boolean isRecoded() {
        return vintage.rule() == Vintage.Rule.COLUMN;
    }

    /** Whether a source owns records of it. */
    boolean isOwnedBy(Source source) {
        return owner == source.tier() && (sources == null || sources.contains(source.name()));
    }

    /** What a copy of it is like: copies of two declarations hold the same rows and columns if it is equal. */
    public String shape() {
        return String.join(" | ", table, key.toString(), vintage.toString(), personal.toString(), columns.toString());
    }

    /** Whether a tier holds copies. */
    public boolean isCopiedTo(Tier tier) {
        return up.contains(tier) || down.contains(tier);
    }

    /** The record's key as one text; null if a part is missing. */
    public @Nullable String keyOf(List<@Nullable String> values) {
        List<String> names = columnNames();
        List<String> parts = new ArrayList<>(key.size());
        for (String column : key) {
            String part = values.get(names.indexOf(column));
            if (part == null) {
                return null;
            }
            parts.add(part);
        }
        return String.join(KEY_SEPARATOR, parts);
    }

    /** The values of the key's columns. */
    public String[] keyParts(String recordKey) {
        return recordKey.split(KEY_SEPARATOR, -1);
    }

    /** The table that holds copies of this dataset. */
    public String replica() {
        return "replica." + name;
    }
}
