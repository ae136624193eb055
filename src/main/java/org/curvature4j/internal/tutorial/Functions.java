package org.curvature4j.internal.tutorial;

import org.curvature4j.io.RandomPoints;
import org.nd4j.autodiff.samediff.SDIndex;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The functions of the lesson's exercises and Rosenbrock's, each of a point (x, y): placeholder {@code point} [-1, 2] to [-1, 1]. */
public final class Functions {
    private static final String INPUT = "point";

    private Functions() {}

    /**
     * Exercise 1: h(x, y) = tanh(a x + b y), output {@code h}; a and b are variables of the graph, shape [].
     *
     * <p>Its Jacobian is (1 - h^2) (a, b).
     */
    public static ModelGraph chainRule(double a, double b) {
        SameDiff sd = SameDiff.create();
        SDVariable point = sd.placeHolder(INPUT, DataType.DOUBLE, -1, 2);
        SDVariable slopeX = sd.var("a", Nd4j.scalar(DataType.DOUBLE, a));
        SDVariable slopeY = sd.var("b", Nd4j.scalar(DataType.DOUBLE, b));
        SDVariable sum =
                coordinate(point, 0).mul(slopeX).add(coordinate(point, 1).mul(slopeY));
        SDVariable h = sd.math().tanh("h", sum);
        return new ModelGraph(
                sd, INPUT, h.name(), "h(x, y) = tanh(" + a + " x " + (b < 0 ? "-" : "+") + " " + Math.abs(b) + " y)");
    }

    /**
     * Exercise 2: f(x) = x'Ax, output {@code f}, with A [2, 2] a variable, symmetric with standard normal entries of the
     * seed: its first three numbers are A[0,0], A[0,1] = A[1,0] and A[1,1].
     *
     * <p>Its Hessian is A + A', which is 2A as long as A is symmetric.
     */
    public static ModelGraph quadratic(long seed) {
        INDArray entries = RandomPoints.of(Models.parameterSeed(seed), 3).readRows(0, 3);
        double corner = entries.getDouble(1);
        INDArray matrix =
                Nd4j.createFromArray(new double[][] {{entries.getDouble(0), corner}, {corner, entries.getDouble(2)}});
        SameDiff sd = SameDiff.create();
        SDVariable point = sd.placeHolder(INPUT, DataType.DOUBLE, -1, 2);
        SDVariable a = sd.var("A", matrix);
        SDVariable f = point.mmul(a).mul(point).sum("f", true, 1);
        return new ModelGraph(sd, INPUT, f.name(), "f(x) = x'Ax, A symmetric 2x2 of seed " + seed);
    }

    /**
     * Exercise 3, the monkey saddle: f(x, y) = x^3 - 3 x y^2, output {@code f}.
     *
     * <p>Its Hessian is [[6x, -6y], [-6y, -6x]], with eigenvalues +-6 sqrt(x^2 + y^2).
     */
    public static ModelGraph monkeySaddle() {
        SameDiff sd = SameDiff.create();
        SDVariable point = sd.placeHolder(INPUT, DataType.DOUBLE, -1, 2);
        SDVariable x = coordinate(point, 0);
        SDVariable y = coordinate(point, 1);
        SDVariable f = x.mul(x).mul(x).sub("f", x.mul(y).mul(y).mul(3));
        return new ModelGraph(sd, INPUT, f.name(), "f(x, y) = x^3 - 3 x y^2, the monkey saddle");
    }

    /**
     * Rosenbrock's function: f(x, y) = (1 - x)^2 + 100 (y - x^2)^2, output {@code f}; a curved valley whose minimum 0 lies
     * at (1, 1). Minimisers are tried on it from (-1.2, 1).
     */
    public static ModelGraph rosenbrock() {
        SameDiff sd = SameDiff.create();
        SDVariable point = sd.placeHolder(INPUT, DataType.DOUBLE, -1, 2);
        SDVariable x = coordinate(point, 0);
        SDVariable valley = coordinate(point, 1).sub(x.mul(x));
        SDVariable slope = x.rsub(1);
        SDVariable f = slope.mul(slope).add("f", valley.mul(valley).mul(100));
        return new ModelGraph(sd, INPUT, f.name(), "f(x, y) = (1 - x)^2 + 100 (y - x^2)^2, Rosenbrock's function");
    }

    /** One coordinate of every point, shape [-1, 1]. */
    private static SDVariable coordinate(SDVariable point, int index) {
        return point.get(SDIndex.all(), SDIndex.interval(index, index + 1));
    }
}
