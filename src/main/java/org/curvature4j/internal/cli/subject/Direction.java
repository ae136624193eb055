package org.curvature4j.internal.cli.subject;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.curvature4j.internal.cli.report.UsageException;
import org.curvature4j.spectrum.Spectrum;

/**
 * Which eigenvector a slice follows.
 *
 * @param name for people
 * @param index of its eigenvalue, counted from the smallest
 */
public record Direction(String name, int index) {
    private static final String FASTEST = "fastest";
    private static final String FLATTEST = "flattest";

    /** @throws UsageException if the text is neither of the two words nor a number */
    public static void check(String text) {
        if (!text.equals(FASTEST) && !text.equals(FLATTEST) && !text.matches("0|[1-9]\\d{0,8}")) {
            throw new UsageException("--direction: expected fastest, flattest or the number of an eigenvalue, counted"
                    + " from 0 in ascending order, got '" + text + "'");
        }
    }

    /** @throws UsageException if there is no such eigenvalue */
    public static Direction of(String text, Spectrum spectrum) {
        if (text.equals(FASTEST)) {
            return new Direction(FASTEST, spectrum.steepest());
        }
        if (text.equals(FLATTEST)) {
            return new Direction(FLATTEST, spectrum.flattest());
        }
        int number = Integer.parseInt(text);
        if (number >= spectrum.order()) {
            throw new UsageException(
                    "--direction: expected a number from 0 to " + (spectrum.order() - 1) + ", got " + number);
        }
        return new Direction("eigenvector " + number, number);
    }

    /** As part of a sentence: {@code the fastest direction}, {@code eigenvector 3}. */
    public String words() {
        return isNamed() ? "the " + name + " direction" : name;
    }

    private boolean isNamed() {
        return name.equals(FASTEST) || name.equals(FLATTEST);
    }

    /** What a figure of some of them is called. */
    public static String title(List<Direction> directions) {
        String names = directions.stream().map(Direction::name).collect(Collectors.joining(" and "));
        String title = names.substring(0, 1).toUpperCase(Locale.ROOT) + names.substring(1);
        if (!directions.get(directions.size() - 1).isNamed()) {
            return title;
        }
        boolean several = directions.size() > 1 && directions.stream().allMatch(Direction::isNamed);
        return title + (several ? " directions" : " direction");
    }

    /** Another one to set it off: the flattest, or beside that the fastest. */
    public Direction contrast(Spectrum spectrum) {
        return index == spectrum.flattest() ? of(FASTEST, spectrum) : of(FLATTEST, spectrum);
    }
}
