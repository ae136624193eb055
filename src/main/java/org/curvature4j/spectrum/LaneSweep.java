package org.curvature4j.spectrum;

import java.util.Arrays;

/**
 * One QR step on many tridiagonal matrices, one a lane, each with a shift of its own: the square-root-free form of Pal,
 * Walker and Kahan (Parlett, The Symmetric Eigenvalue Problem, sections 8.14 and 8.15), from the first row down.
 *
 * <p>Nothing stops it where entries beside the diagonal are zero: the rotation there is the identity, and the step
 * goes on with the next block. So all lanes take the same steps, whatever their matrices look like. Only where a pivot
 * vanishes, with a shift that is an eigenvalue of a leading block to the last bit, do the formulas divide zero by zero;
 * such a lane is done again by itself, with branches. Where no pivot vanishes both ways give the same bits.
 *
 * <p>Results go to other arrays than they come from, so that a lane can be done again.
 */
final class LaneSweep {

    private static final double NEGLIGIBLE_SQUARE = LaneHouseholder.NEGLIGIBLE_SQUARE;

    private final boolean vectors;
    private final double[] gamma;
    private final double[] pivot;
    private final double[] smallest;
    private final double[] ones;

    /** Of each row the rotations of it and the next one; their squares if there are no vectors. */
    final double[][] cosines;

    final double[][] sines;

    /**
     * With vectors, of each row but the last swept the sign of its cosine. Of the last one: what its basis vector is multiplied
     * by, so that entries beside the diagonal are never negative and their squares tell all.
     */
    final double[][] signs;

    LaneSweep(int order, int lanes, boolean vectors) {
        this.vectors = vectors;
        gamma = new double[lanes];
        pivot = new double[lanes];
        smallest = new double[lanes];
        ones = new double[lanes];
        Arrays.fill(ones, 1);
        cosines = new double[order][lanes];
        sines = new double[order][lanes];
        signs = vectors ? new double[order][lanes] : new double[0][];
    }

    /**
     * Sweeps over rows 0 to {@code last}. Behind its active rows a lane has zeros, and gets zeros.
     *
     * @param active the last active row of each lane, 0 for a lane that is done
     */
    void run(LaneTridiagonal from, LaneTridiagonal to, double[] shift, int[] active, int last, int lanes) {
        for (int lane = 0; lane < lanes; lane++) {
            double g = from.diagonal[0][lane] - shift[lane];
            gamma[lane] = g;
            pivot[lane] = g * g;
        }
        System.arraycopy(pivot, 0, smallest, 0, lanes);
        for (int i = 0; i < last; i++) {
            step(i, from, to, shift, lanes);
        }
        Lanes.product(to.squares[last - 1], sines[last - 1], pivot, lanes);
        double[] bottom = to.diagonal[last];
        for (int lane = 0; lane < lanes; lane++) {
            bottom[lane] = shift[lane] + gamma[lane];
        }
        if (vectors) {
            finishRotations(last, lanes);
        }
        for (int lane = 0; lane < lanes; lane++) {
            // NaN isn't above it either.
            if (!(smallest[lane] >= NEGLIGIBLE_SQUARE) && active[lane] > 0) {
                runAlone(lane, from, to, shift[lane], active[lane], last);
            }
        }
    }

    private void step(int i, LaneTridiagonal from, LaneTridiagonal to, double[] shift, int lanes) {
        double[] square = from.squares[i];
        double[] c = cosines[i];
        double[] s = sines[i];
        if (i > 0) {
            Lanes.beside(to.squares[i - 1], sines[i - 1], pivot, square, lanes);
        }
        Lanes.rotation(c, s, pivot, square, lanes);
        Lanes.lower(smallest, pivot, lanes);
        if (vectors) {
            Lanes.sign(signs[i], i == 0 ? ones : signs[i - 1], gamma, lanes);
        }
        Lanes.advance(gamma, to.diagonal[i], c, s, from.diagonal[i + 1], shift, lanes);
        Lanes.pivot(pivot, gamma, c, lanes);
    }

    private void finishRotations(int last, int lanes) {
        for (int i = 0; i < last; i++) {
            Lanes.roots(cosines[i], sines[i], signs[i], lanes);
        }
        double[] before = signs[last - 1];
        double[] sign = signs[last];
        for (int lane = 0; lane < lanes; lane++) {
            // The last pivot may be 0, where any sign will do.
            sign[lane] = before[lane] * Math.copySign(1, gamma[lane]);
        }
    }

    /** The same for one lane, with pivots that vanish taken for exact zeros. */
    private void runAlone(int lane, LaneTridiagonal from, LaneTridiagonal to, double shift, int active, int last) {
        double g = from.diagonal[0][lane] - shift;
        double p = g * g;
        double c = 1;
        double s = 0;
        double sign = 1;
        double nextSign = Math.copySign(1, g);
        for (int i = 0; i < active; i++) {
            double square = from.squares[i][lane];
            double sum = p + square;
            if (i > 0) {
                to.squares[i - 1][lane] = s * sum;
            }
            double oldC = c;
            double oldSign = sign;
            boolean vanishes = p < NEGLIGIBLE_SQUARE;
            c = !vanishes ? p / sum : square < NEGLIGIBLE_SQUARE ? 1 : 0;
            s = !vanishes ? square / sum : 1 - c;
            sign = nextSign;
            setRotation(i, lane, c, s, sign);
            double d = from.diagonal[i + 1][lane];
            double oldG = g;
            g = c * (d - shift) - s * oldG;
            to.diagonal[i][lane] = oldG + (d - g);
            // The pivot is g / sqrt(c), and in the limit of c = 0 what the rotation before leaves of the entry beside
            // it.
            p = c > 0 ? g * g / c : oldC * square;
            nextSign = c > 0 ? sign * Math.copySign(1, g) : -oldSign;
        }
        to.squares[active - 1][lane] = s * p;
        to.diagonal[active][lane] = shift + g;
        setRotation(active, lane, 1, 0, nextSign);
        for (int i = active + 1; i <= last; i++) {
            to.squares[i - 1][lane] = 0;
            to.diagonal[i][lane] = 0;
            setRotation(i, lane, 1, 0, 1);
        }
    }

    private void setRotation(int i, int lane, double c, double s, double sign) {
        if (vectors) {
            cosines[i][lane] = sign * Math.sqrt(c);
            sines[i][lane] = Math.sqrt(s);
            signs[i][lane] = sign;
        }
    }
}
