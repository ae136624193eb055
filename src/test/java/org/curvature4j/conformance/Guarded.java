package org.curvature4j.conformance;

import static java.lang.Math.PI;
import static org.curvature4j.op.Elementwise.ABS;
import static org.curvature4j.op.Elementwise.ACOS;
import static org.curvature4j.op.Elementwise.ACOSH;
import static org.curvature4j.op.Elementwise.ASIN;
import static org.curvature4j.op.Elementwise.ATAN2;
import static org.curvature4j.op.Elementwise.CBRT;
import static org.curvature4j.op.Elementwise.CEIL;
import static org.curvature4j.op.Elementwise.ERFINV;
import static org.curvature4j.op.Elementwise.FLOOR;
import static org.curvature4j.op.Elementwise.LGAMMA;
import static org.curvature4j.op.Elementwise.MAX;
import static org.curvature4j.op.Elementwise.MIN;
import static org.curvature4j.op.Elementwise.POW;
import static org.curvature4j.op.Elementwise.ROUND;
import static org.curvature4j.op.Elementwise.SIGN;
import static org.curvature4j.op.Elementwise.SQRT;

import java.util.List;
import org.curvature4j.graph.Op;
import org.curvature4j.op.CardinalSine;
import org.curvature4j.op.EntropyTerm;
import org.curvature4j.op.Extremum;
import org.curvature4j.op.NormRoot;
import org.curvature4j.op.Polygamma;
import org.curvature4j.op.PowerDerivative;
import org.curvature4j.op.Product;
import org.curvature4j.op.ScaledBesselI;

/**
 * A point at which an operation has a kink or its rule guards itself, and what it is there by closed form or convention.
 * The derivatives are those along a line through the point: of {@code t -> sum of op(point + t direction)} at 0.
 *
 * @param op the operation
 * @param point one number an operand; for an operation that reduces, its only operand
 * @param direction of the line
 * @param derivatives the value and the first three derivatives; NaN for one that must not be a finite number
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Guarded(Op op, double[] point, double[] direction, double[] derivatives) {
    private static final double ROOT_PI = Math.sqrt(PI);
    private static final double EULER = 0.5772156649015329;
    private static final double APERY = 1.2020569031595942;
    private static final double NOT_FINITE = Double.NaN;

    private static Guarded of(Op op, double at, double value, double first, double second, double third) {
        return new Guarded(op, new double[] {at}, new double[] {1}, new double[] {value, first, second, third});
    }

    private static Guarded along(Op op, double[] point, double[] direction, double... derivatives) {
        return new Guarded(op, point, direction, derivatives);
    }

    static List<Guarded> points() {
        double[] byFirst = {1, 0};
        double[] bySecond = {0, 1};
        double[] origin = {0, 0};
        Extremum.Largest largest = new Extremum.Largest(List.of(0));
        return List.of(
                of(ABS, 0, 0, 0, 0, 0),
                of(ABS, -0.0, 0, 0, 0, 0),
                of(SIGN, 0, 0, 0, 0, 0),
                of(FLOOR, 1, 1, 0, 0, 0),
                of(CEIL, 1, 1, 0, 0, 0),
                of(ROUND, 1.5, 2, 0, 0, 0),
                of(SQRT, 0, 0, NOT_FINITE, NOT_FINITE, NOT_FINITE),
                of(CBRT, 0, 0, NOT_FINITE, NOT_FINITE, NOT_FINITE),
                of(ACOSH, 1, 0, NOT_FINITE, NOT_FINITE, NOT_FINITE),
                of(ASIN, 1, Math.PI / 2, NOT_FINITE, NOT_FINITE, NOT_FINITE),
                of(ACOS, 1, 0, NOT_FINITE, NOT_FINITE, NOT_FINITE),
                of(new CardinalSine(0), 0, 1, 0, -PI * PI / 3, 0),
                of(new CardinalSine(0), 1, 0, -1, 2, PI * PI - 6),
                of(new CardinalSine(1), 0, 0, -PI * PI / 3, 0, Math.pow(PI, 4) / 5),
                of(new CardinalSine(2), 0, -PI * PI / 3, 0, Math.pow(PI, 4) / 5, 0),
                of(ERFINV, 0, 0, ROOT_PI / 2, 0, Math.pow(ROOT_PI, 3) / 4),
                of(ERFINV, 1, NOT_FINITE, NOT_FINITE, NOT_FINITE, NOT_FINITE),
                of(ERFINV, -1, NOT_FINITE, NOT_FINITE, NOT_FINITE, NOT_FINITE),
                of(new ScaledBesselI(0, 0), 0, 1, 0, 1.5, 0),
                of(new ScaledBesselI(0, 1), 0, 0, 1.5, 0, 4.375),
                of(new ScaledBesselI(0, 2), 0, 1.5, 0, 4.375, 0),
                of(new ScaledBesselI(1, 2), 0, 0, 1.875, 0, 6.5625),
                of(new ScaledBesselI(1, 0), 0, 0, 0.5, 0, 1.875),
                of(new ScaledBesselI(1, 1), 0, 0.5, 0, 1.875, 0),
                of(LGAMMA, 1, 0, -EULER, PI * PI / 6, -2 * APERY),
                of(LGAMMA, 0, NOT_FINITE, NOT_FINITE, NOT_FINITE, NOT_FINITE),
                of(LGAMMA, -1, NOT_FINITE, NOT_FINITE, NOT_FINITE, NOT_FINITE),
                of(new Polygamma(0), 1, -EULER, PI * PI / 6, -2 * APERY, Math.pow(PI, 4) / 15),
                of(new Polygamma(1), -0.5, PI * PI / 2 + 4, 16 - 14 * APERY, Math.pow(PI, 4) + 96, -3.4742498266672253),
                of(new NormRoot(0), 0, 0, 0, NOT_FINITE, NOT_FINITE),
                of(new NormRoot(1), 0, 0, NOT_FINITE, NOT_FINITE, NOT_FINITE),
                of(new NormRoot(2), 0, NOT_FINITE, NOT_FINITE, NOT_FINITE, NOT_FINITE),
                of(new EntropyTerm(0), 0, 0, NOT_FINITE, NOT_FINITE, NOT_FINITE),
                of(new EntropyTerm(1), 0, NOT_FINITE, NOT_FINITE, NOT_FINITE, NOT_FINITE),
                of(new EntropyTerm(2), 0, NOT_FINITE, NOT_FINITE, NOT_FINITE, NOT_FINITE),
                along(new Product(true), new double[] {0, Double.POSITIVE_INFINITY}, bySecond, 0, 0, 0, 0),
                along(MAX, new double[] {2, 2}, byFirst, 2, 0.5, 0, 0),
                along(MAX, new double[] {2, 2}, bySecond, 2, 0.5, 0, 0),
                along(MAX, new double[] {2, 2}, new double[] {1, 1}, 2, 1, 0, 0),
                along(MIN, new double[] {2, 2}, byFirst, 2, 0.5, 0, 0),
                along(MIN, new double[] {2, 2}, bySecond, 2, 0.5, 0, 0),
                along(largest, new double[] {3, 3, 1}, new double[] {1, 0, 1}, 3, 0.5, 0, 0),
                along(ATAN2, new double[] {0, -1}, byFirst, Math.PI, -1, 0, 2),
                along(ATAN2, origin, byFirst, 0, NOT_FINITE, NOT_FINITE, NOT_FINITE),
                // x^p at p = 0, where its derivative by x is 0 and that one's by p is not: 1/x, and log(x)^k by p
                // alone.
                along(POW, new double[] {2, 0}, byFirst, 1, 0, 0, 0),
                along(POW, new double[] {2, 0}, bySecond, 1, log(1), log(2), log(3)),
                along(POW, new double[] {2, 0}, new double[] {1, 1}, 1, log(1), log(2) + 1, log(3) + 3 * log(1) - 0.75),
                along(POW, origin, byFirst, 1, 0, 0, 0),
                along(POW, origin, bySecond, 1, 0, NOT_FINITE, NOT_FINITE),
                along(POW, new double[] {0, 3}, byFirst, 0, 0, 0, 6),
                along(POW, new double[] {0, 3}, bySecond, 0, 0, 0, 0),
                along(new PowerDerivative(1, 0), new double[] {0, 1}, byFirst, 1, 0, 0, 0),
                along(new PowerDerivative(1, 0), new double[] {2, 0}, bySecond, 0, 0.5, log(1), 1.5 * log(2)),
                along(new PowerDerivative(2, 0), new double[] {0, 2}, byFirst, 2, 0, 0, 0),
                along(new PowerDerivative(0, 1), new double[] {2, 0}, byFirst, log(1), 0.5, -0.25, 0.25),
                along(new PowerDerivative(0, 2), new double[] {1, 0}, byFirst, 0, 0, 2, -6),
                along(new PowerDerivative(1, 1), new double[] {2, 0}, byFirst, 0.5, -0.25, 0.25, -0.375),
                along(new PowerDerivative(1, 2), new double[] {1, 0}, byFirst, 0, 2, -6, 22),
                along(new PowerDerivative(2, 1), new double[] {2, 0}, byFirst, -0.25, 0.25, -0.375, 0.75),
                along(new PowerDerivative(2, 2), new double[] {1, 0}, byFirst, 2, -6, 22, -100));
    }

    private static double log(int power) {
        return Math.pow(Math.log(2), power);
    }

    @Override
    public String toString() {
        return op.name() + " at " + java.util.Arrays.toString(point) + " along " + java.util.Arrays.toString(direction);
    }
}
