package org.curvature4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.io.RandomPoints;
import org.curvature4j.op.LinearAlgebra;
import org.curvature4j.samediff.ImportRules;
import org.curvature4j.samediff.Smoothness;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDIndex;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.custom.LogMatrixDeterminant;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** The code that docs/matrices.md shows, run and held to closed forms. */
class MatricesSnippetsTest {
    private static double[] numbers(INDArray array) {
        return HostArray.numbers("numbers", array);
    }

    /** n = 500, held to the formulas of Rasmussen and Williams, Gaussian Processes for Machine Learning, section 5.4. */
    @Test
    void likelihoodOfAGaussianProcess() {
        int n = 500;
        INDArray places = Nd4j.linspace(DataType.DOUBLE, 0, 10.0 / (n - 1), n).reshape(n, 1);
        INDArray y = Transforms.sin(places)
                .add(RandomPoints.of(1, n, 1).readRows(0, n).mul(0.2));
        INDArray distances = places.sub(places.transpose()); // [n, n]
        // snippet: gaussian-process
        SameDiff sd = SameDiff.create();
        SDVariable t = sd.placeHolder("t", DataType.DOUBLE, 3); // log length, log amplitude, log noise
        SDVariable squares = sd.constant(distances.mul(distances)); // [n, n]
        SDVariable identity = sd.constant(Nd4j.eye(n).castTo(DataType.DOUBLE));
        SDVariable width = sd.math().exp(t.get(SDIndex.point(0)).mul(-2));
        SDVariable amplitude = sd.math().exp(t.get(SDIndex.point(1)).mul(2));
        SDVariable noise = sd.math().exp(t.get(SDIndex.point(2)).mul(2));
        SDVariable k =
                sd.math().exp(squares.mul(width).mul(-0.5)).mul(amplitude).add(identity.mul(noise));
        SDVariable white = sd.linalg().triangularSolve(sd.linalg().cholesky(k), sd.constant(y), true, false);
        sd.math().square(white).sum().add(sd.linalg().logdet(k)).mul("nll", 0.5);
        INDArray hessian = Hessian.of(TensorFunction.of(sd, "nll", "t")).at(Nd4j.createFromArray(0.1, 0.2, -1.5));
        // end
        INDArray expected = closedForm(distances, y, 0.1, 0.2, -1.5);
        double scale = expected.amaxNumber().doubleValue();
        assertThat(numbers(hessian)).containsExactly(numbers(expected), within(1e-10 * scale));
        assertThat(hessian).isEqualTo(hessian.transpose());
    }

    /** d2 nll = a'K_i W K_j a - a'K_ij a / 2 + tr(W K_ij) / 2 - tr(W K_i W K_j) / 2, W the inverse of K and a = W y. */
    private static INDArray closedForm(INDArray distances, INDArray y, double length, double amplitude, double noise) {
        INDArray scaled = distances.mul(distances).mul(Math.exp(-2 * length));
        INDArray kernel = Transforms.exp(scaled.mul(-0.5)).mul(Math.exp(2 * amplitude));
        INDArray white = Nd4j.eye(y.length()).castTo(DataType.DOUBLE).mul(Math.exp(2 * noise));
        INDArray byLength = kernel.mul(scaled);
        INDArray[] first = {byLength, kernel.mul(2), white.mul(2)};
        INDArray none = Nd4j.zeros(DataType.DOUBLE, y.length(), y.length());
        INDArray[][] second = {
            {byLength.mul(scaled).sub(byLength.mul(2)), byLength.mul(2), none},
            {byLength.mul(2), kernel.mul(4), none},
            {none, none, white.mul(4)}
        };
        int n = Math.toIntExact(y.length());
        INDArray w = Nd4j.createFromArray(new org.hipparchus.linear.CholeskyDecomposition(
                        new org.hipparchus.linear.Array2DRowRealMatrix(
                                kernel.add(white).toDoubleMatrix(), false),
                        1e-10,
                        1e-300)
                .getSolver()
                .getInverse()
                .getData());
        INDArray a = w.mmul(y);
        INDArray result = Nd4j.zeros(DataType.DOUBLE, 3, 3);
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                INDArray left = w.mmul(first[i]);
                INDArray right = w.mmul(first[j]);
                double value = first[i].mmul(a).mul(right.mmul(a)).sumNumber().doubleValue()
                        - 0.5 * second[i][j].mmul(a).mul(a).sumNumber().doubleValue()
                        + 0.5 * w.mul(second[i][j]).sumNumber().doubleValue()
                        - 0.5 * left.mul(right.transpose()).sumNumber().doubleValue();
                result.putScalar(i, j, value);
            }
        }
        assertThat(n).isEqualTo(500);
        return result;
    }

    /** Fermions that don't touch each other, in a harmonic trap: the energy is known, and the same everywhere. */
    @Test
    void localEnergyOfASlaterDeterminant() {
        INDArray points = RandomPoints.of(2, 50, 4).readRows(0, 50);
        // snippet: slater
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, -1, 4); // four fermions on a line
        SDVariable[] hermite = {
            x.mul(0).add(1),
            x.mul(2),
            x.mul(x).mul(4).sub(2),
            x.mul(x).mul(8).sub(12).mul(x)
        };
        SDVariable well = sd.math().exp(x.mul(x).mul(-0.5));
        SDVariable orbitals = sd.stack(2, hermite).mul(sd.expandDims(well, 2)); // [B, particle, orbital]
        new LogMatrixDeterminant(sd, orbitals, false).outputVariable().rename("log psi");
        TensorFunction logPsi = TensorFunction.of(sd, "log psi", "x");
        try (PreparedDerivatives prepared = logPsi.prepare(Quantity.GRADIENT, Quantity.LAPLACIAN)) {
            Quantities<INDArray> there = prepared.batch(points);
            INDArray slopes = there.gradient(); // [B, 4]
            INDArray squares = points.mul(points).sub(slopes.mul(slopes)).sum(1);
            INDArray energies = squares.sub(there.laplacian()).mul(0.5); // -1/2 (laplacian psi) / psi + 1/2 |x|^2
            // end
            double exact = 0.5 + 1.5 + 2.5 + 3.5;
            assertThat(energies.toDoubleVector())
                    .containsExactly(
                            IntStream.range(0, 50).mapToDouble(i -> exact).toArray(), within(1e-8));
        }
    }

    /** A factor model: the likelihood of one row of data by loadings and noise, at many of both. */
    @Test
    void likelihoodOfACovariance() {
        INDArray points = RandomPoints.of(3, 40, 6).readRows(0, 40);
        // snippet: covariance
        SameDiff sd = SameDiff.create();
        SDVariable p = sd.placeHolder("p", DataType.DOUBLE, -1, 6); // three loadings, three logarithms of variances
        SDVariable loading = sd.reshape(p.get(SDIndex.all(), SDIndex.interval(0, 3)), -1, 3, 1);
        SDVariable variances = sd.math().exp(p.get(SDIndex.all(), SDIndex.interval(3, 6)));
        SDVariable identity = sd.constant(Nd4j.eye(3).castTo(DataType.DOUBLE));
        SDVariable sigma = sd.mmul(loading, loading, false, true, false)
                .add(sd.expandDims(variances, 1).mul(identity)); // [B, 3, 3]
        sd.linalg().logdet(sigma).rename("log det");
        try (Hessian hessian = Hessian.of(TensorFunction.of(sd, "log det", "p"))) {
            INDArray hessians = hessian.batch(points); // [40, 6, 6], by fused code: a fraction of a microsecond each
            // end
            assertThat(hessian.describe()).startsWith("fused code");
            assertThat(numbers(hessians.slice(7))).containsExactly(woodbury(points.getRow(7)), within(1e-9));
        }
    }

    /** By central differences of log det = sum of logarithms + log(1 + sum of l^2 / v), twice. */
    private static double[] woodbury(INDArray point) {
        double[] p = numbers(point);
        double h = 1e-3;
        double[] result = new double[36];
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 6; j++) {
                double[] weights = {-1.0 / 12, 2.0 / 3, -2.0 / 3, 1.0 / 12};
                double[] steps = {2 * h, h, -h, -2 * h};
                double sum = 0;
                for (int a = 0; a < 4; a++) {
                    double[] moved = p.clone();
                    moved[i] += steps[a];
                    sum += weights[a] / h * slope(moved, j);
                }
                result[i * 6 + j] = sum;
            }
        }
        return result;
    }

    private static double slope(double[] p, int j) {
        double q = 1;
        for (int i = 0; i < 3; i++) {
            q += p[i] * p[i] * Math.exp(-p[3 + i]);
        }
        double part = Math.exp(-p[3 + j % 3]);
        return j < 3 ? 2 * p[j] * part / q : 1 - p[j - 3] * p[j - 3] * part / q;
    }

    /** What SameDiff has no operation for is a rule away. */
    @Test
    void eigenvaluesOfASymmetricMatrix() {
        // snippet: eigenvalues
        ImportRules rules = ImportRules.standard()
                .with(
                        "svd",
                        Smoothness.KINKS,
                        call -> List.of(LinearAlgebra.eigenvalues(
                                call.ops(), call.input(0)))); // in the place of singular values
        SameDiff sd = SameDiff.create();
        SDVariable a = sd.placeHolder("a", DataType.DOUBLE, -1, 3, 3);
        sd.linalg().svd("lambda", a, false, false);
        TensorFunction lambda = TensorFunction.builder(sd)
                .output("lambda")
                .withRespectTo("a")
                .rules(rules)
                .build();
        INDArray slopes = lambda.jacobian().call(Nd4j.createFromArray(2.0, 0, 0, 0, 5, 0, 0, 0, 3)); // [3, 9]
        // end
        assertThat(numbers(slopes))
                .containsExactly(
                        1, 0, 0, 0, 0, 0, 0, 0, 0, /**/ 0, 0, 0, 0, 0, 0, 0, 0, 1, /**/ 0, 0, 0, 0, 1, 0, 0, 0, 0);
    }

    @Test
    void pointsWithoutAResultAreCounted() {
        SameDiff sd = SameDiff.create();
        sd.linalg().logdet(sd.placeHolder("a", DataType.DOUBLE, -1, 3, 3)).rename("log det");
        INDArray eye = Nd4j.eye(3).castTo(DataType.DOUBLE);
        INDArray covariances = Nd4j.stack(0, eye, eye.sub(0.5), eye.mul(2));
        try (Hessian hessian = Hessian.of(TensorFunction.of(sd, "log det", "a"))) {
            // snippet: singular
            KinkReport report = hessian.kinks(covariances); // [3, 3, 3], of which one isn't positive definite
            String told = report.words(); // logdet -> log det: 1 of 3 not positive definite to rounding, ...
            // end
            assertThat(told)
                    .isEqualTo(
                            "logdet -> log det: 1 of 3 not positive definite to rounding, where the result is NaN or has no"
                                    + " digits");
        }
    }
}
