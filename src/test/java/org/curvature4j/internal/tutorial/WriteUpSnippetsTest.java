package org.curvature4j.internal.tutorial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.curvature4j.Hessian;
import org.curvature4j.Jacobian;
import org.curvature4j.TensorFunction;
import org.curvature4j.io.RandomPoints;
import org.curvature4j.spectrum.Spectrum;
import org.curvature4j.spectrum.SpectrumBatch;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDIndex;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The code that the write-up shows, run. */
class WriteUpSnippetsTest {
    private static final double TOLERANCE = 1e-12;

    private final long seed = Demo.DEFAULT_SEED;

    @Test
    void jacobianDemo() {
        // snippet: demo-1
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, -1, 2);
        SDVariable w = sd.var("W", Nd4j.createFromArray(new double[][] {{1, -0.7}, {0.4, 0.9}}));
        SDVariable b = sd.var("b", Nd4j.createFromArray(0.5, -0.3));
        sd.math().tanh("y", sd.mmul(x, w, false, true, false).add(b)); // rows are points: tanh(x W' + b)

        INDArray points = Nd4j.createFromArray(new double[][] {{1.2, -0.8}, {0.3, 2.0}});
        INDArray jacobians; // [2, 2, 2]: point, output, input
        try (Jacobian jacobian = Jacobian.of(sd, "y", "x")) {
            jacobians = jacobian.batch(points);
        }
        // end

        assertThat(jacobians.shape()).containsExactly(2, 2, 2);
        assertThat(jacobians.reshape(8).toDoubleVector())
                .containsExactly(
                        new double[] {
                            0.0426228, -0.02983596, 0.30278515, 0.68126658,
                            0.71157776, -0.49810443, 0.05802802, 0.13056305
                        },
                        within(5e-9));
    }

    private static SameDiff net() {
        // snippet: demo-2-net
        SameDiff sd = SameDiff.create();
        SDVariable theta = sd.placeHolder("theta", DataType.DOUBLE, -1, 11);
        SDVariable w1 = sd.reshape(theta.get(SDIndex.all(), SDIndex.interval(0, 4)), -1, 2, 2);
        SDVariable b1 = theta.get(SDIndex.all(), SDIndex.interval(4, 6));
        SDVariable w2 = theta.get(SDIndex.all(), SDIndex.interval(6, 8));
        SDVariable b2 = theta.get(SDIndex.all(), SDIndex.interval(8, 9));
        SDVariable x = sd.reshape(theta.get(SDIndex.all(), SDIndex.interval(9, 11)), -1, 1, 2);
        SDVariable hidden = sd.math().tanh(w1.mul(x).sum(2).add(b1));
        w2.mul(hidden).sum(true, 1).add("y", b2);
        // end
        return sd;
    }

    @Test
    void spectrumDemoAndFastestDirection() {
        SameDiff sd = net();
        // snippet: demo-2
        INDArray point = RandomPoints.of(seed, 1, 11).readRows(0, 1);
        Spectrum spectrum;
        try (Hessian hessian = Hessian.of(sd, "y", "theta")) {
            spectrum = Spectrum.of(hessian.at(point)); // of a matrix [11, 11]
        }
        INDArray eigenvalues = spectrum.values(); // [11], ascending
        System.out.println(spectrum.report());
        // end
        // snippet: exercise-4
        TensorFunction net = TensorFunction.of(sd, "y", "theta");
        double[] fastest = spectrum.vector(spectrum.steepest());
        INDArray direction = Nd4j.createFromArray(fastest).reshape(1, 11);
        INDArray steps = Nd4j.linspace(-2, 2, 161, DataType.DOUBLE).reshape(161, 1);
        INDArray line = steps.mmul(direction).addRowVector(point); // [161, 11]: theta + t v
        INDArray values = net.values(line); // [161, 1]
        INDArray slopes = net.gradient().values(line).mmul(direction.transpose()); // [161, 1]
        // end

        TwoTwoOnePoint same = TwoTwoOnePoint.ofSeed(seed);
        double[] expected = same.spectrum().eigenvalues();
        assertThat(eigenvalues.toDoubleVector()).containsExactly(expected, within(TOLERANCE));
        LineScan walk = LineScan.along("", same.function(), same.numbers(), fastest, 0);
        assertThat(values.reshape(161).toDoubleVector())
                .containsExactly(walk.slice().values(), within(TOLERANCE));
        assertThat(slopes.reshape(161).toDoubleVector())
                .containsExactly(walk.slice().derivatives(), within(TOLERANCE));
    }

    @Test
    void chainRuleExercise() {
        // snippet: exercise-1
        SameDiff sd = SameDiff.create();
        SDVariable point = sd.placeHolder("point", DataType.DOUBLE, -1, 2);
        SDVariable ab = sd.var("ab", Nd4j.createFromArray(new double[][] {{0.7}, {-1.2}}));
        sd.math().tanh("h", point.mmul(ab));
        INDArray row; // [1, 2]
        try (Jacobian jacobian = Jacobian.of(sd, "h", "point")) {
            row = jacobian.at(Nd4j.createFromArray(1.0, 0.5));
        }
        // end

        double slope = 1 - Math.pow(Math.tanh(0.1), 2);
        assertThat(row.shape()).containsExactly(1, 2);
        assertThat(row.reshape(2).toDoubleVector())
                .containsExactly(new double[] {0.7 * slope, -1.2 * slope}, within(TOLERANCE));
    }

    @Test
    void quadraticExercise() {
        INDArray matrix = Nd4j.createFromArray(new double[][] {{2, -1}, {-1, 0.5}});
        // snippet: exercise-2
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, -1, 2);
        SDVariable a = sd.var("A", matrix);
        x.mmul(a).mul(x).sum("f", true, 1);
        INDArray twiceA; // [2, 2]
        try (Hessian hessian = Hessian.of(sd, "f", "x")) {
            twiceA = hessian.at(Nd4j.createFromArray(1.2, -0.8)); // the same at every other point
        }
        // end

        assertThat(twiceA.toDoubleMatrix()).isEqualTo(new double[][] {{4, -2}, {-2, 1}});
    }

    @Test
    void saddleExercise() {
        INDArray grid = Nd4j.createFromArray(new double[][] {{0, 0}, {0.3, -0.4}, {-2, 0}});
        // snippet: exercise-3
        SameDiff sd = SameDiff.create();
        SDVariable point = sd.placeHolder("point", DataType.DOUBLE, -1, 2);
        SDVariable x = point.get(SDIndex.all(), SDIndex.interval(0, 1));
        SDVariable y = point.get(SDIndex.all(), SDIndex.interval(1, 2));
        x.mul(x).mul(x).sub("f", x.mul(y).mul(y).mul(3));
        SpectrumBatch spectra;
        try (Hessian hessian = Hessian.of(sd, "f", "point")) {
            spectra = Spectrum.batch(hessian.batch(grid)); // of [B, 2, 2] at the grid's points [B, 2]
        }
        INDArray eigenvalues = spectra.values(); // [B, 2]
        // end

        assertThat(eigenvalues.reshape(6).toDoubleVector())
                .containsExactly(new double[] {0, 0, -3, 3, -12, 12}, within(TOLERANCE));
    }
}
