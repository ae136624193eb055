package org.curvature4j.internal.tutorial;

import java.util.List;
import org.curvature4j.Hessian;
import org.curvature4j.TensorFunction;
import org.curvature4j.io.RandomPoints;
import org.curvature4j.plot.ParameterBlock;
import org.curvature4j.spectrum.Spectrum;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The 2-2-1 net of demo 2 at the seed's point: what the demo and exercise 4 both look at.
 *
 * @param function y of theta
 * @param theta the point [1, 11], standard normal
 * @param hessian of y there [11, 11]
 * @param spectrum of the Hessian, with vectors
 */
record TwoTwoOnePoint(TensorFunction function, INDArray theta, INDArray hessian, Spectrum spectrum) {

    static final int SIZE = 11;

    /** How theta is laid out. */
    static final List<ParameterBlock> BLOCKS = List.of(
            new ParameterBlock("W1", 4),
            new ParameterBlock("b1", 2),
            new ParameterBlock("W2", 2),
            new ParameterBlock("b2", 1),
            new ParameterBlock("x", 2));

    /** The names of theta's numbers. */
    static final List<String> NAMES = List.of(
            "W1[0,0]", "W1[0,1]", "W1[1,0]", "W1[1,1]", "b1[0]", "b1[1]", "W2[0]", "W2[1]", "b2", "x[0]", "x[1]");

    static TwoTwoOnePoint ofSeed(long seed) {
        ModelGraph model = Nets.twoTwoOne();
        TensorFunction function = TensorFunction.of(model.sd(), model.output(), model.input());
        INDArray theta = RandomPoints.of(seed, 1, SIZE).readRows(0, 1);
        try (Hessian prepared = Hessian.of(function)) {
            INDArray hessian = prepared.at(theta);
            return new TwoTwoOnePoint(function, theta, hessian, Spectrum.of(hessian));
        }
    }

    double[] numbers() {
        return JavaRows.flat(theta);
    }

    /**
     * The Hessian by hand. With hidden unit k's sum z = w'x + b, its output h = tanh(z), slope s = 1 - h^2 and weight v,
     *
     * <pre>H = sum over k of v h'' q q' + v s d2z + s (e q' + q e')</pre>
     *
     * <p>where h'' = -2 h s, q is the gradient of z (x at w, 1 at b, w at x), d2z is 1 wherever a w meets its x, and e
     * is the unit vector of v.
     */
    static double[][] hessianByHand(double[] theta) {
        double[][] hessian = new double[SIZE][SIZE];
        for (int k = 0; k < 2; k++) {
            int w = 2 * k;
            double z = theta[w] * theta[9] + theta[w + 1] * theta[10] + theta[4 + k];
            double s = 1 / Math.pow(Math.cosh(z), 2);
            double v = theta[6 + k];
            double[] q = new double[SIZE];
            q[w] = theta[9];
            q[w + 1] = theta[10];
            q[4 + k] = 1;
            q[9] = theta[w];
            q[10] = theta[w + 1];
            for (int i = 0; i < SIZE; i++) {
                for (int j = 0; j < SIZE; j++) {
                    hessian[i][j] += -2 * v * Math.tanh(z) * s * q[i] * q[j];
                }
                hessian[i][6 + k] += s * q[i];
                hessian[6 + k][i] += s * q[i];
            }
            for (int j = 0; j < 2; j++) {
                hessian[w + j][9 + j] += v * s;
                hessian[9 + j][w + j] += v * s;
            }
        }
        return hessian;
    }
}
