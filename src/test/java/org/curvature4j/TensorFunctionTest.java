package org.curvature4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.curvature4j.internal.tutorial.ModelGraph;
import org.curvature4j.internal.tutorial.Models;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class TensorFunctionTest {

    /** f(x, y) = x^2 y^3 as a placeholder [2]. */
    private static TensorFunction monomial() {
        SameDiff sd = SameDiff.create();
        SDVariable p = sd.placeHolder("p", DataType.DOUBLE, 1, 2);
        SDVariable x = p.get(org.nd4j.autodiff.samediff.SDIndex.all(), org.nd4j.autodiff.samediff.SDIndex.point(0));
        SDVariable y = p.get(org.nd4j.autodiff.samediff.SDIndex.all(), org.nd4j.autodiff.samediff.SDIndex.point(1));
        x.mul(x).mul(sd.math().cube(y)).rename("f");
        return TensorFunction.of(sd, "f", "p");
    }

    private static INDArray row(double... values) {
        return Nd4j.createFromArray(values);
    }

    @Test
    void composesToThirdDerivatives() {
        double x = 0.7;
        double y = -1.3;
        TensorFunction third = monomial().hessian().jacobian();
        assertThat(third.outputShape().toArray()).containsExactly(2, 2, 2);
        double[] expected = {0, 6 * y * y, 6 * y * y, 12 * x * y, 6 * y * y, 12 * x * y, 12 * x * y, 6 * x * x};
        assertThat(third.call(row(x, y)).reshape(8).toDoubleVector()).containsExactly(expected, within(1e-13));
        TensorFunction reversed = monomial().gradient().jacobian().jacobian(DerivativeMode.REVERSE);
        assertThat(reversed.call(row(x, y)).reshape(8).toDoubleVector()).containsExactly(expected, within(1e-13));
    }

    @Test
    void takesProductsWithoutTheMatrix() {
        double x = 0.7;
        double y = -1.3;
        TensorFunction f = monomial();
        double[] product = f.hessianVectorProduct().call(row(x, y), row(2, -1)).toDoubleVector();
        assertThat(product)
                .containsExactly(
                        new double[] {2 * 2 * y * y * y - 6 * x * y * y, 2 * 6 * x * y * y - 6 * x * x * y},
                        within(1e-13));
        assertThat(f.jvp().call(row(x, y), row(2, -1)).getDouble(0))
                .isCloseTo(2 * 2 * x * y * y * y - 3 * x * x * y * y, within(1e-13));
        assertThat(f.vjp().call(row(x, y), row(2)).toDoubleVector())
                .containsExactly(new double[] {2 * 2 * x * y * y * y, 2 * 3 * x * x * y * y}, within(1e-13));
    }

    @Test
    void vmapsOverAnyAxisOfAnyInput() {
        TensorFunction hvp = monomial().hessianVectorProduct();
        INDArray points = Nd4j.createFromArray(new double[][] {{0.7, -1.3}, {0.2, 0.4}, {-1, 2}});
        INDArray directions = Nd4j.createFromArray(new double[][] {{1, 0, 2}, {0.5, -1, 3}});
        INDArray both = hvp.vmap(3, 0, 1).call(points, directions);
        INDArray shared = hvp.vmap(3, 0, -1).call(points, row(1, 2));
        assertThat(both.shape()).containsExactly(3, 2);
        for (int i = 0; i < 3; i++) {
            assertThat(both.getRow(i)).isEqualTo(hvp.call(points.getRow(i), directions.getColumn(i)));
            assertThat(shared.getRow(i)).isEqualTo(hvp.call(points.getRow(i), row(1, 2)));
        }
        INDArray nested = monomial().gradient().vmap(3, 0).vmap(2, 1).call(Nd4j.stack(1, points, points.mul(2)));
        assertThat(nested.shape()).containsExactly(2, 3, 2);
        assertThat(nested.slice(1).getRow(2)).isEqualTo(monomial().gradient().call(row(-2, 4)));
    }

    @Test
    void anEmptyBatchAndABatchOfOneWork() {
        ModelGraph model = Models.byName("two-two-one", 0);
        try (Hessian hessian = Hessian.of(model.sd(), model.output(), model.input())) {
            assertThat(hessian.batch(Nd4j.create(DataType.DOUBLE, 0, 11)).shape())
                    .containsExactly(0, 11, 11);
            INDArray thetas = References.array("net221_theta");
            INDArray one = hessian.batch(thetas.get(org.nd4j.linalg.indexing.NDArrayIndex.interval(5, 6)));
            assertThat(one.slice(0)).isEqualTo(hessian.batch(thetas).slice(5));
            assertThat(hessian.at(thetas.getRow(5))).isEqualTo(one.slice(0));
            assertThatThrownBy(() -> hessian.batch(Nd4j.zeros(DataType.DOUBLE, 3, 10)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("points: expected [B, 11] or [B, ...] with 11 numbers a point, got [3, 10]");
        }
    }

    @Test
    void neverModifiesThePointsAndTakesAnyViewOfThem() {
        ModelGraph model = Models.byName("two-two-one", 0);
        INDArray thetas = References.array("net221_theta");
        INDArray copy = thetas.dup();
        try (Hessian hessian = Hessian.of(model.sd(), model.output(), model.input())) {
            INDArray expected = hessian.batch(thetas);
            assertThat(hessian.batch(thetas.dup('f'))).isEqualTo(expected);
            assertThat(hessian.batch(thetas.transpose().dup().transpose())).isEqualTo(expected);
        }
        assertThat(thetas).isEqualTo(copy);
    }

    @Test
    void isSafeForSeveralThreads() {
        ModelGraph model = Models.byName("mlp:4-6-1", 3);
        INDArray points = References.array("mlp_points");
        try (Hessian hessian = Hessian.of(model.sd(), model.output(), model.input())) {
            INDArray expected = hessian.batch(points);
            List<INDArray> results = IntStream.range(0, 16)
                    .parallel()
                    .mapToObj(i -> hessian.batch(points))
                    .toList();
            assertThat(results).allSatisfy(result -> assertThat(result).isEqualTo(expected));
        }
    }

    @Test
    void refusesAGraphInWhichExamplesMix() {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, -1, 3);
        x.sub(x.mean(true, 0)).sum("centred", 1);
        sd.math().square(x).mean("loss");
        assertThatThrownBy(() -> TensorFunction.of(sd, "centred", "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'centred'")
                .hasMessageContaining("mixes them");
        assertThatThrownBy(() -> TensorFunction.of(sd, "loss", "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a first axis that counts the examples of [x]");
        TensorFunction whole = TensorFunction.builder(sd)
                .output("loss")
                .withRespectTo("x")
                .shape("x", 2, 3)
                .build();
        assertThat(whole.inputSize()).isEqualTo(6);
        assertThat(whole.hessian().call(Nd4j.zeros(DataType.DOUBLE, 6)).getDouble(4, 4))
                .isCloseTo(2.0 / 6, within(1e-15));
    }

    @Test
    void examplesOfABatchDontMix() {
        ModelGraph model = Models.byName("mlp:4-6-2", 3);
        INDArray points = References.array("mlp_points").dup();
        TensorFunction function = TensorFunction.of(model.sd(), model.output(), model.input());
        INDArray before = function.jacobian().values(points);
        points.getRow(7).assign(1e6);
        INDArray after = function.jacobian().values(points);
        for (int i = 0; i < points.rows(); i++) {
            assertThat(after.slice(i).equals(before.slice(i))).isEqualTo(i != 7);
        }
    }

    @Test
    void differentiatesBySeveralTensorsInTheOrderGiven() {
        SameDiff sd = SameDiff.create();
        SDVariable a = sd.var("a", Nd4j.createFromArray(new double[][] {{1, 2}, {3, 4}}));
        SDVariable b = sd.var("b", Nd4j.createFromArray(5.0, 6.0));
        a.mmul(b.reshape(2, 1)).sum("f");
        TensorFunction f = TensorFunction.of(sd, "f", "b", "a");
        assertThat(f.blocks().stream().map(Block::toString))
                .containsExactly("Block[name=b, shape=[2], offset=0]", "Block[name=a, shape=[2, 2], offset=2]");
        assertThat(f.point().toDoubleVector()).containsExactly(5, 6, 1, 2, 3, 4);
        try (Hessian hessian = Hessian.of(f)) {
            assertThat(hessian.atPresent().getRow(0).toDoubleVector()).containsExactly(0, 0, 1, 0, 1, 0);
        }
    }

    @Test
    void differentiatesByAPlaceholderAndAllParametersTogether() {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, -1, 2);
        SDVariable w = sd.var("w", Nd4j.createFromArray(3.0, 4.0));
        sd.var("unused", Nd4j.createFromArray(9.0));
        x.mul(w).sum("f", true, 1);
        TensorFunction f = TensorFunction.builder(sd)
                .output("f")
                .withRespectTo("x")
                .withRespectToParameters()
                .build();
        assertThat(f.blocks().stream().map(Block::name)).containsExactly("x", "w");
        assertThat(f.gradient().call(row(1, 2, 3, 4)).toDoubleVector()).containsExactly(3, 4, 1, 2);

        TensorFunction other = TensorFunction.builder(sd)
                .output("f")
                .withRespectToParameters()
                .withRespectTo("x")
                .build();
        assertThat(other.blocks().stream().map(Block::name)).containsExactly("w", "x");
        assertThat(other.gradient().call(row(3, 4, 1, 2)).toDoubleVector()).containsExactly(1, 2, 3, 4);
    }

    /** Where a name stands twice, one of its places would be forgotten, and with it columns of results. */
    @Test
    void refusesANameTwice() {
        SameDiff sd = monomialGraph();
        assertThatThrownBy(() -> TensorFunction.builder(sd).withRespectTo("point", "point"))
                .hasMessage("with respect to: expected each name once, got 'point' again");
        assertThatThrownBy(
                        () -> TensorFunction.builder(sd).withRespectTo("point").withRespectTo("point"))
                .hasMessage("with respect to: expected each name once, got 'point' again");
        assertThatThrownBy(() -> TensorFunction.builder(sd).perPoint("label").perPoint("label"))
                .hasMessage("per point: expected each name once, got 'label' again");
    }

    @Test
    void keepsFloat32() {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.FLOAT, -1, 2);
        sd.math().exp(x).sum("f", true, 1);
        try (Hessian hessian = Hessian.of(sd, "f", "x")) {
            INDArray result = hessian.batch(Nd4j.createFromArray(new float[][] {{0.5f, -1}}));
            assertThat(result.dataType()).isEqualTo(DataType.FLOAT);
            assertThat(result.getFloat(0, 0, 0)).isCloseTo((float) Math.exp(0.5), within(1e-6f));
            assertThat(result.getFloat(0, 0, 1)).isZero();
        }
    }

    @Test
    void namesWhatIsWrongWithAQuestion() {
        SameDiff sd = monomialGraph();
        assertThatThrownBy(() -> TensorFunction.of(sd, "nothing", "p")).hasMessageContaining("nothing");
        assertThatThrownBy(() -> TensorFunction.of(sd, "f", "q"))
                .hasMessageContaining("variable 'q'")
                .hasMessageContaining("[p]");
        assertThatThrownBy(() -> TensorFunction.of(sd, "f")).hasMessageContaining("with respect to");
        assertThatThrownBy(() -> TensorFunction.builder(sd).withRespectTo("p").build())
                .hasMessageContaining("output");
        assertThatThrownBy(() -> TensorFunction.of(sd, "f", "p").point()).hasMessageContaining("placeholders");
        ModelGraph two = Models.byName("tanh", 0);
        assertThatThrownBy(() -> Hessian.of(two.sd(), two.output(), two.input()))
                .hasMessageContaining("expected a function with one result, got [2]");
        TensorFunction second = TensorFunction.builder(two.sd())
                .output(two.output())
                .withRespectTo(two.input())
                .component(1)
                .build();
        try (Hessian hessian = Hessian.of(second)) {
            assertThat(hessian.at(row(0, 0)).shape()).containsExactly(2, 2);
        }
    }

    @Test
    void refusesAHessianThatNoArrayHolds() {
        SameDiff sd = SameDiff.create();
        SDVariable w = sd.var("w", Nd4j.zeros(DataType.DOUBLE, 50_000));
        w.mul(w).sum().rename("loss");
        TensorFunction loss = TensorFunction.of(sd, "loss", "w");
        assertThatThrownBy(() -> Hessian.of(loss))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'loss': expected at most 46340 parameters for a whole Hessian, got 50000 (a matrix of more"
                        + " doesn't fit a Java array; hessianVectorProduct() never makes it)");
    }

    @Test
    void exportsADerivativeThatRunsByNd4jAlone(@TempDir Path folder) {
        ModelGraph model = Models.byName("two-two-one", 0);
        TensorFunction hessian =
                TensorFunction.of(model.sd(), model.output(), model.input()).hessian();
        File file = folder.resolve("hessian.fb").toFile();
        hessian.toSameDiff().save(file, false);
        INDArray theta = References.array("net221_theta").getRow(0).dup();
        INDArray loaded = SameDiff.load(file, false)
                .output(Map.of(hessian.inputNames().get(0), theta), "result")
                .get("result");
        INDArray expected = References.array("net221_hessian").slice(0);
        assertThat(loaded.sub(expected).amaxNumber().doubleValue()).isLessThan(1e-13);
    }

    private static SameDiff monomialGraph() {
        SameDiff sd = SameDiff.create();
        SDVariable p = sd.placeHolder("p", DataType.DOUBLE, 1, 2);
        p.mul(p).sum("f");
        return sd;
    }

    /** A classifier with layer norm and gelu: its parameter Hessian and third derivatives against differences. */
    @Test
    void deepNetWithLayerNormGeluAndCrossEntropyMatchesFiniteDifferences() {
        TensorFunction loss = classifier();
        double[] theta = loss.point().toDoubleVector();
        int n = theta.length;
        double step = 1e-5;
        TensorFunction gradient = loss.gradient();
        try (Hessian hessian = Hessian.of(loss);
                PreparedFunction gradients = gradient.prepare()) {
            INDArray exact = hessian.atPresent();
            List<INDArray> shifted = new ArrayList<>();
            for (int j = 0; j < n; j++) {
                for (int sign : new int[] {1, -1}) {
                    double[] moved = theta.clone();
                    moved[j] += sign * step;
                    shifted.add(row(moved).reshape(1, n));
                }
            }
            INDArray differences = gradients.batch(Nd4j.concat(0, shifted.toArray(INDArray[]::new)));
            double scale = exact.amaxNumber().doubleValue();
            for (int j = 0; j < n; j++) {
                INDArray column = differences
                        .getRow(2L * j)
                        .sub(differences.getRow(2L * j + 1))
                        .div(2 * step);
                assertThat(column.sub(exact.getColumn(j)).amaxNumber().doubleValue())
                        .isLessThan(1e-8 * Math.max(1, scale));
            }
            assertThat(exact).isEqualTo(exact.transpose());
            INDArray direction =
                    row(IntStream.range(0, n).mapToDouble(i -> Math.sin(i + 1)).toArray());
            INDArray third = loss.hessianVectorProduct().jvp().call(row(theta), direction, direction);
            double[] ahead = theta.clone();
            double[] behind = theta.clone();
            Arrays.setAll(ahead, i -> theta[i] + step * direction.getDouble(i));
            Arrays.setAll(behind, i -> theta[i] - step * direction.getDouble(i));
            INDArray change =
                    hessian.at(row(ahead)).sub(hessian.at(row(behind))).div(2 * step);
            INDArray expected = change.mmul(direction.reshape(n, 1)).reshape(n);
            double size = expected.amaxNumber().doubleValue();
            assertThat(third.sub(expected).amaxNumber().doubleValue()).isLessThan(1e-7 * Math.max(1, size));
        }
    }

    private static TensorFunction classifier() {
        SameDiff sd = SameDiff.create();
        Nd4j.getRandom().setSeed(11);
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, -1, 3);
        SDVariable labels = sd.placeHolder("labels", DataType.DOUBLE, -1, 3);
        SDVariable w1 = sd.var("w1", Nd4j.randn(DataType.DOUBLE, 3, 4));
        SDVariable b1 = sd.var("b1", Nd4j.randn(DataType.DOUBLE, 4));
        SDVariable gain = sd.var("gain", Nd4j.randn(DataType.DOUBLE, 4).addi(1));
        SDVariable bias = sd.var("bias", Nd4j.randn(DataType.DOUBLE, 4));
        SDVariable w2 = sd.var("w2", Nd4j.randn(DataType.DOUBLE, 4, 3));
        SDVariable w3 = sd.var("w3", Nd4j.randn(DataType.DOUBLE, 3, 3));
        SDVariable hidden = sd.nn().gelu(sd.nn().layerNorm(x.mmul(w1).add(b1), gain, bias, false, 1));
        SDVariable logits = sd.nn().tanh(hidden.mmul(w2)).mmul(w3);
        sd.loss().softmaxCrossEntropy("loss", labels, logits, null);
        INDArray data = Nd4j.randn(DataType.DOUBLE, 5, 3);
        INDArray classes = Nd4j.eye(3).castTo(DataType.DOUBLE);
        INDArray targets = Nd4j.concat(0, classes, classes.getRows(0, 1));
        return TensorFunction.builder(sd)
                .output("loss")
                .withRespectToParameters()
                .feed("x", data)
                .feed("labels", targets)
                .build();
    }
}
