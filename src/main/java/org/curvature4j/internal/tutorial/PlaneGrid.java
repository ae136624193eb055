package org.curvature4j.internal.tutorial;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Points of a square around the origin, evenly spaced along both axes, the origin among them.
 *
 * @param half the square reaches from -half to half
 * @param side points along a side, odd
 */
record PlaneGrid(double half, int side) {

    /** The coordinates along an axis, ascending; exactly 0 in the middle. */
    double[] axis() {
        double[] values = new double[side];
        int middle = side / 2;
        for (int i = 0; i < side; i++) {
            values[i] = half * (i - middle) / middle;
        }
        return values;
    }

    /** All points [side * side, 2], x fastest; owned by the caller. */
    INDArray points() {
        double[] axis = axis();
        double[][] points = new double[side * side][];
        for (int i = 0; i < points.length; i++) {
            points[i] = new double[] {axis[i % side], axis[i / side]};
        }
        return Nd4j.createFromArray(points);
    }
}
