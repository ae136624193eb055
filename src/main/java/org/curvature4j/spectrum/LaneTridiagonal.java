package org.curvature4j.spectrum;

/** Symmetric tridiagonal matrices side by side, one a lane: their diagonals, and the squares of what is beside those. */
final class LaneTridiagonal {

    /** Of each row all lanes. */
    final double[][] diagonal;

    /** Of each row but the last all lanes: the square of the entry to the right of the diagonal. */
    final double[][] squares;

    LaneTridiagonal(int order, int lanes) {
        diagonal = new double[order][lanes];
        squares = new double[order][lanes];
    }
}
