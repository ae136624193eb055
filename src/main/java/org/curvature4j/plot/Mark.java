package org.curvature4j.plot;

import java.awt.Color;
import java.util.List;

/**
 * What a layer shows, as numbers in units of the axes: for a page, which draws it anew so that it can be zoomed, read and
 * switched off. Arrays aren't copied; what isn't finite is a gap.
 */
@SuppressWarnings("ArrayRecordComponent") // handed from a layer to a page, never compared
sealed interface Mark {

    /** A line through points. */
    record Curve(double[] x, double[] y, Color color, double width, boolean dashed) implements Mark {}

    /**
     * Points without a line.
     *
     * @param symbol circle, diamond, rect, triangle, triangle-down or ring
     */
    record Points(double[] x, double[] y, Color color, String symbol, int size) implements Mark {}

    /** Short strokes upwards from the horizontal axis, one at each value. */
    record Rug(double[] values, Color color) implements Mark {}

    /** Bars from zero to the right, bar i at i of the vertical axis. */
    record Bars(double[] lengths, Color color) implements Mark {}

    /**
     * A number in each cell of an even grid, coloured by the panel's colour bar.
     *
     * @param x middles of the columns, ascending
     * @param y middles of the rows, ascending
     * @param values along x, then along y
     * @param surface whether it is a smooth function, which may be looked at as a surface
     */
    record Cells(double[] x, double[] y, double[] values, boolean surface) implements Mark {}

    /**
     * One of some kinds in each cell.
     *
     * @param kinds indices of the colours, in the order of {@link Cells}
     */
    record Kinds(double[] x, double[] y, int[] kinds, List<Color> colors) implements Mark {}
}
