package vn.dvhc.history.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vn.dvhc.unit.Level;

/** A text taken apart: its tokens, which of them are markers, house numbers or streets, and where it may speak of units. */
final class AddressText {

    private static final int LONGEST_NAME = 7;
    private static final int LONGEST_SLOT = 5;
    private static final int SHORT_WORD = 5;

    private static final Map<String, Token> STREET_WORDS = new HashMap<>();

    private static final Set<String> HAMLET_WORDS =
            Set.of("to", "ap", "thon", "xom", "khom", "khu", "kp", "pho", "buon", "lang", "hamlet", "village");

    static {
        String words =
                "đường phố số ngõ ngách hẻm kiệt tổ ấp thôn bản xóm khóm khu kp lô tòa tầng buôn làng sóc ql tl đt"
                        + " street st road rd alley lane hamlet village block";
        Spelling.tokens(words).forEach(word -> STREET_WORDS.put(word.plain(), word));
    }

    private final Gazetteer gazetteer;
    private final List<Token> tokens;
    private final @Nullable Marker[] markers;
    /** The token at which the marker begins that ends before this one; -1 if none does. */
    private final int[] markedFrom;
    /** Whether a mention begins at the token. */
    private final boolean[] begun;
    /** The token after the longest name that begins at the token; 0 if none does. */
    private final int[] longest;

    private final List<Mention> mentions = new ArrayList<>();
    private final List<Claim> claims = new ArrayList<>();

    private AddressText(Gazetteer gazetteer, List<Token> tokens) {
        this.gazetteer = gazetteer;
        this.tokens = tokens;
        this.markers = new Marker[tokens.size()];
        this.markedFrom = new int[tokens.size() + 1];
        this.begun = new boolean[tokens.size()];
        this.longest = new int[tokens.size()];
    }

    static AddressText of(Gazetteer gazetteer, List<Token> tokens) {
        AddressText text = new AddressText(gazetteer, withoutCountry(tokens));
        text.findMarkers();
        text.findMentions();
        text.findClaims();
        return text;
    }

    List<Mention> mentions() {
        return mentions;
    }

    List<Claim> claims() {
        return claims;
    }

    /** Whether words follow the mention that belong to it, or make it the beginning of a longer name. */
    boolean runsOn(Mention mention) {
        int start = mention.marker() == null ? mention.from() : -1;
        return mention.runsOn() || (start >= 0 && mention.edits() == 0 && longest[start] > mention.to());
    }

    /** Adds what the words of the claims may mean if they are misspelt; false if nothing is like them. */
    boolean guess(List<Claim> doubtful) {
        int before = mentions.size();
        for (Claim claim : doubtful) {
            guess(claim, claim.start(), claim.end());
            // Without commas the units above may follow at once.
            for (int end = claim.end() - 1; end > claim.start(); end--) {
                if (begun[end]) {
                    guess(claim, claim.start(), end);
                }
            }
            // Without commas the street comes first and the unit last.
            for (int start = claim.start() + 1; claim.from() == claim.start() && start < claim.end(); start++) {
                guess(claim, start, claim.end());
            }
        }
        return mentions.size() > before;
    }

    private void guess(Claim claim, int start, int end) {
        if (end - start > LONGEST_NAME || isNumber(start, end) || isStreet(start)) {
            return;
        }
        Marker marker = claim.from() < claim.start() ? markers[claim.from()] : end < claim.to() ? markers[end] : null;
        List<Token> words = tokens.subList(start, end);
        int from = marker != null && claim.from() < claim.start() ? claim.from() : start;
        int to = marker != null && from == start ? claim.to() : end;
        for (Trigrams.Near near : gazetteer.near(Spelling.key(words))) {
            mentions.add(new Mention(from, to, words, near.name(), near.edits(), marker, standing(start, end)));
        }
    }

    private boolean isNumber(int start, int end) {
        return end - start == 1 && tokens.get(start).number();
    }

    private static List<Token> withoutCountry(List<Token> tokens) {
        int size = tokens.size();
        if (size > 1 && Set.of("vn", "vietnam").contains(tokens.get(size - 1).plain())) {
            return tokens.subList(0, size - 1);
        }
        boolean named = size > 2
                && tokens.get(size - 2).plain().equals("viet")
                && tokens.get(size - 1).plain().equals("nam");
        return named ? tokens.subList(0, size - 2) : tokens;
    }

    private void findMarkers() {
        Arrays.fill(markedFrom, -1);
        int i = 0;
        while (i < tokens.size()) {
            Marker marker = Marker.at(tokens, i);
            markers[i] = marker;
            int step = marker == null ? 1 : marker.tokens();
            if (marker != null) {
                markedFrom[i + step] = i;
            }
            i += step;
        }
    }

    private void findMentions() {
        StringBuilder key = new StringBuilder(32);
        for (int start = 0; start < tokens.size(); start++) {
            key.setLength(0);
            int longest = Math.min(tokens.size(), start + LONGEST_NAME);
            for (int end = start + 1; end <= longest; end++) {
                Token token = tokens.get(end - 1);
                if (end - 1 > start && !joins(end - 1)) {
                    break;
                }
                if (token.arabic() != null && (end - 1 > start || markedFrom[start] >= 0)) {
                    mention(start, end, gazetteer.find(key + token.arabic()));
                }
                key.append(token.plain());
                mention(start, end, gazetteer.find(key.toString()));
            }
        }
    }

    private boolean joins(int at) {
        return tokens.get(at).gap().isWithinNames()
                && !(tokens.get(at).number() && tokens.get(at - 1).number());
    }

    private void mention(int start, int end, @Nullable Name name) {
        if (name == null) {
            return;
        }
        boolean number = isNumber(start, end) || tokens.get(start).arabic() != null && end - start == 1;
        Marker before = markerBefore(start, number);
        Marker after = before == null && !number ? markerAfter(end) : null;
        Marker marker = before == null ? after : before;
        Mention.Standing standing = standing(start, end);
        if (isTrueMarker(start) && !name.beginsWith(tokens.get(start))) {
            return;
        }
        if (marker == null && (number || isStreet(start) || isTooShort(start, end, standing))) {
            return;
        }
        int from = before == null ? start : markedFrom[start];
        int to = after == null ? end : end + after.tokens();
        List<Token> words = tokens.subList(start, end);
        mentions.add(new Mention(from, to, words, name, 0, marker, standing));
        if (before != null && endsAName(start)) {
            mentions.add(new Mention(start, to, words, name, 0, null, Mention.Standing.BESIDE));
        }
        begun[start] = true;
        longest[start] = Math.max(longest[start], end);
    }

    /** «phuc xa ba dinh»: what looks like a marker is the end of the name before. */
    private boolean endsAName(int end) {
        int marker = markedFrom[end];
        return !tokens.get(marker).accented()
                && mentions.stream().anyMatch(mention -> mention.to() == end && mention.from() < marker);
    }

    /** «Phường Định Công» is no «Phương Đình»: a marker with its own marks begins only «Phường Đúc». */
    private boolean isTrueMarker(int at) {
        Marker marker = markers[at];
        return marker != null && !marker.weak() && tokens.get(at).accented();
    }

    private @Nullable Marker markerBefore(int start, boolean number) {
        int at = markedFrom[start];
        if (at < 0 || tokens.get(start).gap() == Token.Gap.COMMA) {
            return null;
        }
        Marker marker = markers[at];
        // «Hoan Kiem District Ha Noi»: the word belongs to the name before it.
        boolean belongsBefore = marker != null && marker.foreign() && !number && !isBoundary(at);
        return belongsBefore ? null : marker;
    }

    private @Nullable Marker markerAfter(int end) {
        if (end >= tokens.size() || isBoundary(end)) {
            return null;
        }
        Marker marker = markers[end];
        boolean numberFollows = end + 1 < tokens.size() && tokens.get(end + 1).number() && !isBoundary(end + 1);
        return marker != null && marker.foreign() && !numberFollows ? marker : null;
    }

    /** A short syllable among others is no name; an abbreviation like «HCM» is. */
    private boolean isTooShort(int start, int end, Mention.Standing standing) {
        String word = tokens.get(start).plain();
        return end - start == 1
                && word.length() < SHORT_WORD
                && standing != Mention.Standing.APART
                && word.chars().anyMatch(letter -> "aeiouy".indexOf(letter) >= 0);
    }

    /** After a house number or a word like «đường», «thôn» a name is that of a street or hamlet. */
    private boolean isStreet(int start) {
        return start > 0 && !isBoundary(start) && isStreetWord(start - 1);
    }

    private Mention.Standing standing(int start, int end) {
        boolean right = isBoundary(end) || markers[end] != null;
        if (markedFrom[start] >= 0) {
            return right ? Mention.Standing.APART : Mention.Standing.WITHIN;
        }
        if (isBoundary(start) || isMarkedNumber(start - 1)) {
            return right ? Mention.Standing.APART : Mention.Standing.BESIDE;
        }
        if (!right) {
            return Mention.Standing.WITHIN;
        }
        boolean partEnds = end < tokens.size() && isBoundary(end);
        return partEnds ? Mention.Standing.TAIL : Mention.Standing.BESIDE;
    }

    private boolean isStreetWord(int at) {
        Token token = tokens.get(at);
        if (token.number()) {
            return !isMarkedNumber(at) && !(at > 0 && isHamletWord(at - 1));
        }
        if (markers[at] != null || (at > 0 && markers[at - 1] != null && markedFrom[at + 1] == at - 1)) {
            return false;
        }
        Token word = STREET_WORDS.get(token.plain());
        return word != null && token.agreement(word) >= 0;
    }

    /** «tổ 5», «khu phố 3»: the number belongs to the hamlet, what follows may be a unit. */
    private boolean isHamletWord(int at) {
        return HAMLET_WORDS.contains(tokens.get(at).plain());
    }

    private boolean isMarkedNumber(int at) {
        return at >= 0 && tokens.get(at).number() && markedFrom[at] >= 0;
    }

    private boolean isBoundary(int at) {
        return at <= 0 || at >= tokens.size() || tokens.get(at).gap().isBoundary();
    }

    private void findClaims() {
        int runStart = 0;
        int i = 0;
        while (i < tokens.size()) {
            Marker marker = markers[i];
            if (marker != null && isMeant(marker, i)) {
                int end = slotEnd(i + marker.tokens());
                if (end > i + marker.tokens() && !belongsBefore(marker, i)) {
                    bareClaims(runStart, i);
                    claims.add(new Claim(i, end, i + marker.tokens(), end, marker.levels(), Claim.MARKED, false));
                    runStart = end;
                    i = end;
                    continue;
                }
                if (marker.foreign()) {
                    int start = slotStart(Math.max(runStart, i - LONGEST_SLOT), i);
                    bareClaims(runStart, start);
                    if (start < i) {
                        claims.add(new Claim(start, i + 1, start, i, marker.levels(), Claim.MARKED, false));
                    }
                    runStart = i + 1;
                }
            }
            i++;
        }
        bareClaims(runStart, tokens.size());
    }

    private boolean belongsBefore(Marker marker, int at) {
        return marker.foreign()
                && !isBoundary(at)
                && !tokens.get(at + marker.tokens()).number();
    }

    /** A short marker may be anything; a house number or a street word before it makes it part of a street. */
    private boolean isMeant(Marker marker, int at) {
        if (at > 0 && !isBoundary(at) && isStreetWord(at - 1)) {
            return false;
        }
        if (!marker.weak()) {
            return true;
        }
        int next = at + marker.tokens();
        return next < tokens.size()
                && (tokens.get(next).number() || tokens.get(next).gap() == Token.Gap.DOT);
    }

    private int slotEnd(int start) {
        int end = start;
        while (end < tokens.size()
                && end - start < LONGEST_SLOT
                && (end == start
                        ? tokens.get(end).gap() != Token.Gap.COMMA
                        : !isBoundary(end)
                                && markers[end] == null
                                && !(tokens.get(start).number()))) {
            end++;
        }
        return end;
    }

    private int slotStart(int from, int end) {
        int start = end;
        while (start > from && (start == end || !isBoundary(start))) {
            start--;
        }
        return start;
    }

    /** Parts between boundaries that no marker explains; those that begin with a number or street word are streets. */
    private void bareClaims(int from, int to) {
        int start = from;
        for (int i = from + 1; i <= to; i++) {
            if (i == to || isBoundary(i)) {
                if (!isStreetWord(start)) {
                    claims.add(bareClaim(start, i));
                }
                start = i;
            }
        }
    }

    private Claim bareClaim(int start, int end) {
        Name name = gazetteer.find(Spelling.key(tokens.subList(start, end)));
        boolean outermost = start == 0 || end == tokens.size();
        if (name != null && outermost && !name.places(Level.PROVINCE).isEmpty()) {
            return new Claim(start, end, start, end, EnumSet.of(Level.PROVINCE), Claim.MARKED, false);
        }
        boolean district = name != null && !name.places(Level.DISTRICT).isEmpty();
        return new Claim(
                start, end, start, end, EnumSet.of(Level.DISTRICT), district ? Claim.MARKED : Claim.BARE, true);
    }
}
