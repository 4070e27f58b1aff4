package vn.dvhc.history.search;

import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vn.dvhc.unit.Level;

/**
 * Reads addresses: free text in any order and spelling that names a commune, a district and a province of one era, or some
 * of them, among streets and houses. A text that fits several units equally is not decided.
 */
public final class AddressReader {

    /** Longer texts are cut: no address is. */
    private static final int MOST_TOKENS = 64;

    /** Less speaks for no unit: a name among other words, or behind a house number. */
    private static final int LEAST_SCORE = 9;

    private static final int RIVAL = 8;

    private final Gazetteer gazetteer;

    public AddressReader(Gazetteer gazetteer) {
        this.gazetteer = gazetteer;
    }

    /** @param at only units as they were on this date; null for any era */
    public AddressReading read(String address, @Nullable LocalDate at) {
        List<Token> tokens = Spelling.tokens(address);
        if (tokens.size() > MOST_TOKENS) {
            tokens = tokens.subList(tokens.size() - MOST_TOKENS, tokens.size());
        }
        AddressText text = AddressText.of(gazetteer, tokens);
        List<Fit> fits = new Fits(gazetteer.timeline(), text, at).weigh();
        if (isDoubtful(fits, text) && text.guess(doubtful(fits, text))) {
            fits = new Fits(gazetteer.timeline(), text, at).weigh();
        }
        return decide(fits, text, tokens);
    }

    private static boolean isDoubtful(List<Fit> fits, AddressText text) {
        return fits.isEmpty()
                || fits.get(0).leavesWords()
                || fits.get(0).place().level() != Level.COMMUNE
                || (!fits.get(0).isComplete() && !unread(fits.get(0), text).isEmpty());
    }

    private static List<Claim> doubtful(List<Fit> fits, AddressText text) {
        return fits.isEmpty() || fits.get(0).leavesWords() ? text.claims() : unread(fits.get(0), text);
    }

    /** Claims that the best reading does not use. */
    private static List<Claim> unread(Fit best, AddressText text) {
        return text.claims().stream().filter(claim -> !best.uses(claim)).toList();
    }

    private static AddressReading decide(List<Fit> fits, AddressText text, List<Token> tokens) {
        if (fits.isEmpty() || fits.get(0).score() < LEAST_SCORE) {
            return fits.isEmpty() || !fits.get(0).contradicts()
                    ? AddressReading.nothing()
                    : contradictory(fits.get(0), tokens);
        }
        Fit best = fits.get(0);
        if (best.contradicts()) {
            return contradictory(best, tokens);
        }
        List<Fit> equals = fits.stream()
                .filter(fit -> fit.score() >= best.score() - Fits.MARGIN || isNamedBeside(best, fit, text))
                .filter(fit -> !fit.contradicts())
                .toList();
        boolean rival = fits.size() > equals.size() && fits.get(equals.size()).score() >= best.score() - RIVAL;
        return new AddressReading(AddressReading.Kind.READ, equals, confidence(best, rival, text), "");
    }

    /** «TX Kinh Môn hoặc TP Chí Linh»: with a marker of its own, the other unit is meant no less. */
    private static boolean isNamedBeside(Fit best, Fit other, AddressText text) {
        return other.place().level() == best.place().level()
                && unread(best, text).stream().anyMatch(claim -> claim.isMarked() && other.isToldExactly(claim));
    }

    private static AddressReading.Confidence confidence(Fit best, boolean rival, AddressText text) {
        Set<Fit.Doubt> doubts = best.doubts();
        if (best.place().level() != Level.COMMUNE && !unread(best, text).isEmpty()) {
            return AddressReading.Confidence.LIKELY;
        }
        Set<Fit.Doubt> grave = EnumSet.of(Fit.Doubt.MISSPELT, Fit.Doubt.WORDS_LEFT);
        if (doubts.stream().anyMatch(grave::contains) || doubts.size() > 2) {
            return AddressReading.Confidence.LIKELY;
        }
        return doubts.isEmpty() && !rival ? AddressReading.Confidence.EXACT : AddressReading.Confidence.STRONG;
    }

    private static AddressReading contradictory(Fit best, List<Token> tokens) {
        String words = best.lost().stream()
                .filter(claim -> claim.weight() == Claim.MARKED)
                .map(claim -> tokens.subList(claim.from(), claim.to()).stream()
                        .map(Token::written)
                        .collect(Collectors.joining(" ")))
                .collect(Collectors.joining(", "));
        return new AddressReading(
                AddressReading.Kind.CONTRADICTORY, List.of(best), AddressReading.Confidence.LIKELY, words);
    }
}
