package org.curvature4j.cli;

import org.curvature4j.spectrum.SymmetricSpectrum;

/**
 * Which eigenvector a slice follows.
 *
 * @param name for people
 * @param index of its eigenvalue, counted from the smallest
 */
record Direction(String name, int index) {
    private static final String FASTEST = "fastest";
    private static final String FLATTEST = "flattest";

    /** @throws UsageException if the text is neither of the two words nor a number */
    static void check(String text) {
        if (!text.equals(FASTEST) && !text.equals(FLATTEST) && !text.matches("\\d{1,9}")) {
            throw new UsageException("--direction: expected fastest, flattest or the index of an eigenvalue, counted"
                    + " from 0 in ascending order, got '" + text + "'");
        }
    }

    /** @throws UsageException if there is no such eigenvalue */
    static Direction of(String text, SymmetricSpectrum spectrum) {
        if (text.equals(FASTEST)) {
            return new Direction(FASTEST, spectrum.steepest());
        }
        if (text.equals(FLATTEST)) {
            return new Direction(FLATTEST, spectrum.flattest());
        }
        int index = Integer.parseInt(text);
        if (index >= spectrum.order()) {
            throw new UsageException(
                    "--direction: expected an index from 0 to " + (spectrum.order() - 1) + ", got " + index);
        }
        return new Direction("eigenvector " + index, index);
    }

    /** Another one to set it off: the flattest, or beside that the fastest. */
    Direction contrast(SymmetricSpectrum spectrum) {
        return index == spectrum.flattest() ? of(FASTEST, spectrum) : of(FLATTEST, spectrum);
    }
}
