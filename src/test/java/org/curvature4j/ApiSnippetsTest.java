package org.curvature4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.tutorial.FiniteDifferences;
import org.curvature4j.internal.tutorial.Models;
import org.curvature4j.io.Npy;
import org.curvature4j.io.RandomPoints;
import org.curvature4j.onnx.OnnxFile;
import org.curvature4j.op.Custom;
import org.curvature4j.op.Ops;
import org.curvature4j.operator.LinearOperator;
import org.curvature4j.plot.Scale;
import org.curvature4j.plot.SpectrumPlot;
import org.curvature4j.samediff.ImportRules;
import org.curvature4j.samediff.SameDiffExport;
import org.curvature4j.samediff.Smoothness;
import org.curvature4j.spectrum.Spectrum;
import org.curvature4j.spectrum.SpectrumBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.custom.Lgamma;
import org.nd4j.linalg.api.ops.impl.transforms.custom.MatrixDeterminant;
import org.nd4j.linalg.factory.Nd4j;

/** The code that docs/api.md shows, run. */
class ApiSnippetsTest {
    private static final double TOLERANCE = 1e-12;

    @TempDir
    private Path folder;

    /** The graph that most of the page is about. */
    private static SameDiff net() {
        // snippet: net
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, -1, 3); // -1: any number of examples
        SDVariable w1 = sd.var("W1", RandomPoints.of(1, 3, 4).readRows(0, 3)); // [3, 4], standard normal
        SDVariable b1 = sd.var("b1", RandomPoints.of(2, 4).readRows(0, 4));
        SDVariable w2 = sd.var("W2", RandomPoints.of(3, 4, 2).readRows(0, 4));
        SDVariable logits = sd.math().tanh(x.mmul(w1).add(b1)).mmul(w2).rename("logits"); // [-1, 2]
        sd.nn().softmax("probabilities", logits, 1);
        // end
        return sd;
    }

    private static INDArray points(int count) {
        return RandomPoints.of(7, count, 3).readRows(0, count);
    }

    /** Compares all numbers in C order. */
    private static void assertClose(INDArray one, INDArray other, double tolerance) {
        assertThat(one.dup('c').reshape(one.length()).toDoubleVector())
                .containsExactly(other.dup('c').reshape(other.length()).toDoubleVector(), within(tolerance));
    }

    @Test
    void jacobian() {
        SameDiff sd = net();
        INDArray points = points(1000);
        // snippet: jacobian
        INDArray one;
        INDArray many;
        try (Jacobian jacobian = Jacobian.of(sd, "probabilities", "x")) {
            one = jacobian.at(Nd4j.createFromArray(0.1, -0.4, 2.0)); // [2, 3]: output, input
            many = jacobian.batch(points); // points [1000, 3] to [1000, 2, 3]
        }
        // end

        assertThat(one.shape()).containsExactly(2, 3);
        TensorFunction f = TensorFunction.of(sd, "probabilities", "x");
        INDArray expected = FiniteDifferences.jacobian(f, points);
        assertThat(many.shape()).containsExactly(1000, 2, 3);
        assertClose(many, expected, 1e-9);
    }

    @Test
    void hessianAndSpectrum() throws IOException {
        SameDiff sd = net();
        INDArray points = points(50);
        // snippet: hessian
        TensorFunction first = TensorFunction.builder(sd)
                .output("logits")
                .component(0)
                .withRespectTo("x")
                .build();
        INDArray one;
        INDArray many;
        try (Hessian hessian = Hessian.of(first)) {
            one = hessian.at(Nd4j.createFromArray(0.1, -0.4, 2.0)); // [3, 3]
            many = hessian.batch(points); // [B, 3, 3]
        }
        // end
        // snippet: spectrum
        Spectrum spectrum = Spectrum.of(one);
        INDArray values = spectrum.values(); // [3], ascending
        INDArray vectors = spectrum.vectors(); // [3, 3], in columns
        System.out.println(spectrum.classification() + " " + spectrum.conditionNumber());
        System.out.println(spectrum.report());
        SpectrumBatch spectra = Spectrum.batch(many);
        INDArray all = spectra.values(); // [B, 3]
        System.out.println(spectra.counts()); // how many convex, concave, saddles ...
        // end
        Path file = folder.resolve("spectrum.svg");
        // snippet: figure
        double tolerance = spectrum.inertia().tolerance();
        SpectrumPlot.of(spectrum.eigenvalues(), tolerance, "one logit in its input", Scale.AUTOMATIC)
                .save(file); // .png or .svg
        // end

        assertClose(many, FiniteDifferences.hessian(first, points), 1e-7);
        assertClose(one.mmul(vectors), vectors.mulRowVector(values), TOLERANCE);
        assertThat(all.shape()).containsExactly(50, 3);
        assertThat(file).isNotEmptyFile();
    }

    @Test
    void parameters() {
        SameDiff sd = net();
        // snippet: parameters
        SDVariable labels = sd.placeHolder("labels", DataType.DOUBLE, -1, 2);
        sd.loss().softmaxCrossEntropy("loss", labels, sd.getVariable("logits"), null);
        INDArray features = RandomPoints.of(4, 8, 3).readRows(0, 8);
        INDArray classes = Nd4j.eye(2).castTo(DataType.DOUBLE).repeat(0, 4); // one-hot

        TensorFunction loss = TensorFunction.builder(sd)
                .output("loss")
                .withRespectToParameters() // or .withRespectTo("W1", "b1")
                .feed("x", features)
                .feed("labels", classes)
                .build();
        for (Block block : loss.blocks()) {
            System.out.println(block); // name, shape and where it lies among the 24 numbers
        }
        INDArray matrix;
        try (Hessian hessian = Hessian.of(loss)) {
            matrix = hessian.atPresent(); // [24, 24], at the weights that the graph holds
        }
        // end

        INDArray expected = FiniteDifferences.hessian(loss, loss.point().reshape(1, 24));
        assertThat(loss.blocks().stream().map(Block::name)).containsExactly("W1", "b1", "W2");
        assertThat(loss.blocks().get(2).offset()).isEqualTo(16);
        assertThat(matrix.shape()).containsExactly(24, 24);
        assertClose(matrix, expected, 1e-8);
    }

    @Test
    void products() {
        SameDiff sd = net();
        INDArray point = Nd4j.createFromArray(0.1, -0.4, 2.0);
        INDArray direction = Nd4j.createFromArray(1.0, 0.5, -0.5);
        INDArray cotangent = Nd4j.createFromArray(1.0, 2.0);
        // snippet: products
        TensorFunction f = TensorFunction.of(sd, "probabilities", "x");
        INDArray forward = f.jvp().call(point, direction); // J v, [2]
        INDArray backward = f.vjp().call(point, cotangent); // u' J, [3]
        TensorFunction g = TensorFunction.builder(sd)
                .output("logits")
                .component(0)
                .withRespectTo("x")
                .build();
        INDArray bent = g.hessianVectorProduct().call(point, direction); // H v, [3], without H
        // end
        // snippet: operators
        double[] product;
        double[] pulled;
        double[] matrix;
        try (LinearOperator hessian = g.hessianOperator(point);
                LinearOperator jacobian = f.jacobianOperator(point);
                LinearOperator gaussNewton = f.gaussNewtonOperator(point)) { // J'J
            product = hessian.apply(new double[] {1, 0, 0}); // [3], a column of H
            pulled = jacobian.adjoint().apply(new double[] {0.5, -0.5}); // [3], u' J
            matrix = gaussNewton.toDense(); // [3, 3], row-major
        }
        // end

        INDArray jacobian = f.jacobian().call(point);
        assertThat(product).containsExactly(g.hessian().call(point).getColumn(0).toDoubleVector(), within(TOLERANCE));
        assertThat(pulled)
                .containsExactly(
                        Nd4j.createFromArray(0.5, -0.5)
                                .reshape(1, 2)
                                .mmul(jacobian)
                                .toDoubleVector(),
                        within(TOLERANCE));
        assertThat(matrix)
                .containsExactly(
                        jacobian.transpose().mmul(jacobian).dup('c').data().asDouble(), within(TOLERANCE));
        assertClose(forward, jacobian.mmul(direction.reshape(3, 1)), TOLERANCE);
        assertClose(backward, cotangent.reshape(1, 2).mmul(jacobian), TOLERANCE);
        assertClose(bent, g.hessian().call(point).mmul(direction.reshape(3, 1)), TOLERANCE);
    }

    @Test
    void thirdDerivatives() {
        SameDiff sd = Models.byName("monkey-saddle", 0).sd();
        // snippet: third
        TensorFunction f = TensorFunction.of(sd, "f", "point"); // x^3 - 3 x y^2
        TensorFunction third = f.hessian().jacobian();
        INDArray tensor = third.call(Nd4j.createFromArray(0.3, 0.9)); // [2, 2, 2]
        // end

        assertThat(tensor.shape()).containsExactly(2, 2, 2);
        assertThat(tensor.reshape(8).toDoubleVector())
                .containsExactly(new double[] {6, 0, 0, -6, 0, -6, -6, 0}, within(TOLERANCE));
    }

    @Test
    void vmap() {
        SameDiff sd = net();
        INDArray point = Nd4j.createFromArray(0.1, -0.4, 2.0);
        INDArray directions = RandomPoints.of(5, 10, 3).readRows(0, 10);
        // snippet: vmap
        TensorFunction g = TensorFunction.builder(sd)
                .output("logits")
                .component(1)
                .withRespectTo("x")
                .build();
        TensorFunction along = g.hessianVectorProduct().vmap(10, -1, 0); // the same point, rows of directions
        INDArray rows = along.call(point, directions); // [3] and [10, 3] to [10, 3]
        // end

        assertClose(rows, directions.mmul(g.hessian().call(point)), TOLERANCE);
    }

    @Test
    void manyCalls() {
        SameDiff sd = net();
        INDArray point = Nd4j.createFromArray(0.1, -0.4, 2.0);
        // snippet: prepare
        TensorFunction gradient = TensorFunction.builder(sd)
                .output("logits")
                .component(0)
                .withRespectTo("x")
                .build()
                .gradient();
        try (PreparedFunction prepared = gradient.prepare()) {
            for (int step = 0; step < 100; step++) {
                try (INDArray slope = prepared.at(point)) { // compiled once, called often
                    point.addi(slope.mul(0.01));
                }
            }
        }
        // end

        TensorFunction f = TensorFunction.builder(sd)
                .output("logits")
                .component(0)
                .withRespectTo("x")
                .build();
        TensorFunction first = f;
        INDArray points = Nd4j.rand(DataType.DOUBLE, 5, 3);
        // snippet: reuse
        double[] numbers = {0.1, -0.4, 2.0};
        double[] matrix = new double[9];
        try (Hessian reused = Hessian.of(first);
                INDArray results = Nd4j.createUninitialized(DataType.DOUBLE, points.size(0), 3, 3)) {
            reused.atInto(matrix, numbers); // [3, 3], row-major
            reused.batchInto(results, points);
        }
        // end
        // snippet: together
        INDArray values;
        double[] step;
        try (PreparedDerivatives newton = first.prepare(Quantity.VALUE, Quantity.GRADIENT, Quantity.HESSIAN)) {
            Quantities<double[]> here = newton.at(numbers);
            step = here.gradient(); // [3]; here.value() has one number, here.hessian() 9, row-major
            values = newton.batch(points).value(); // [B], beside gradient() [B, 3] and hessian() [B, 3, 3]
        }
        // end
        assertThat(step)
                .containsExactly(gradient.call(Nd4j.createFromArray(numbers)).toDoubleVector(), within(TOLERANCE));
        assertThat(values.shape()).containsExactly(5);
        try (Hessian hessian = Hessian.of(first)) {
            assertThat(matrix).containsExactly(hessian.at(numbers));
        }

        double before = f.call(Nd4j.createFromArray(0.1, -0.4, 2.0)).getDouble(0);
        assertThat(f.call(point).getDouble(0)).isGreaterThan(before + 0.1);
    }

    @Test
    void files() {
        Path model = folder.resolve("net.fb");
        net().save(model.toFile(), false);
        Path input = folder.resolve("points.npy");
        Npy.write(input, points(5));
        Path output = folder.resolve("jacobians.npy");
        // snippet: files
        SameDiff sd = SameDiff.load(model.toFile(), false);
        try (Jacobian jacobian = Jacobian.of(sd, "probabilities", "x")) {
            Npy.write(output, jacobian.batch(Npy.read(input)));
        }
        // end

        assertThat(Npy.read(output).shape()).containsExactly(5, 2, 3);
    }

    @Test
    void export() throws IOException {
        SameDiff sd = net();
        Path file = folder.resolve("hessian.fb");
        INDArray point = Nd4j.createFromArray(0.1, -0.4, 2.0);
        // snippet: export
        TensorFunction hessian = TensorFunction.builder(sd)
                .output("logits")
                .component(0)
                .withRespectTo("x")
                .build()
                .hessian();
        hessian.toSameDiff().save(file.toFile(), false);

        SameDiff plain = SameDiff.load(file.toFile(), false); // this half needs ND4J alone
        INDArray matrix = plain.output(Map.of("point", point), "result").get("result"); // [3, 3]
        // end

        assertThat(Files.size(file)).isPositive();
        assertThat(hessian.inputNames()).isEqualTo(List.of("point"));
        assertClose(matrix, hessian.call(point), TOLERANCE);
    }

    @Test
    void exportOfAnOnnxModel() {
        Path file = folder.resolve("net.fb");
        INDArray x = Nd4j.createFromArray(new double[][] {{0.1, -0.4, 2, 1}, {0, 1, 0.5, -3}});
        // snippet: export-onnx
        SameDiff net = OnnxFile.load(Path.of("examples/net.onnx"));
        SameDiffExport.runnable(net, Map.of("x", Shape.of(2, 4)), net.outputs()).save(file.toFile(), false);

        INDArray y = SameDiff.load(file.toFile(), false).outputSingle(Map.of("x", x), "y"); // [2, 1]
        // end

        assertThat(y.shape()).containsExactly(2, 1);
        assertClose(y, TensorFunction.of(net, "y", "x").values(x), TOLERANCE);
    }

    @Test
    void ruleWithADerivativeOfItsOwn() {
        // snippet: rule-kernel
        ImportRules rules = ImportRules.standard().with("lgamma", Smoothness.SMOOTH, call -> {
            Ops o = call.ops();
            Node x = call.input(0);
            Node value = o.apply(new Custom.Kernel("lgamma"), x); // computed by ND4J
            Node slope = o.apply(new Custom.Kernel("digamma"), x);
            return List.of(o.withPartials(value, List.of(x), List.of(slope)));
        });
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, -1, 2);
        new Lgamma(sd, x).outputVariable().rename("f");
        TensorFunction f = TensorFunction.builder(sd)
                .output("f")
                .withRespectTo("x")
                .rules(rules)
                .build();
        INDArray slopes = f.jacobian().call(Nd4j.createFromArray(1.0, 0.5));
        // end

        assertThatThrownBy(() -> TensorFunction.builder(sd)
                        .output("f")
                        .component(0)
                        .withRespectTo("x")
                        .rules(rules)
                        .build()
                        .hessian()
                        .prepare())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("kernel 'digamma': expected a derivative, got none");
        // Psi(1) = -gamma, psi(1/2) = -gamma - 2 log 2: Abramowitz and Stegun 6.3.2 and 6.3.3.
        double gamma = 0.5772156649015329;
        assertThat(slopes.reshape(4).toDoubleVector())
                .containsExactly(new double[] {-gamma, 0, 0, -gamma - 2 * Math.log(2)}, within(1e-10));
    }

    @Test
    void ruleInPrimitives() {
        // snippet: rule-primitives
        ImportRules rules = ImportRules.standard().with("matrix_determinant", Smoothness.SMOOTH, call -> {
            Ops o = call.ops();
            Node m = call.input(0); // 2 by 2 matrices only, here
            Shape one = Shape.of(1, 1);
            Node main = o.mul(o.slice(m, List.of(0L, 0L), one), o.slice(m, List.of(1L, 1L), one));
            Node side = o.mul(o.slice(m, List.of(0L, 1L), one), o.slice(m, List.of(1L, 0L), one));
            return List.of(o.reshape(o.sub(main, side), Shape.of()));
        });
        SameDiff sd = SameDiff.create();
        SDVariable m = sd.placeHolder("m", DataType.DOUBLE, 2, 2);
        new MatrixDeterminant(sd, m).outputVariable().rename("det");
        TensorFunction det = TensorFunction.builder(sd)
                .output("det")
                .withRespectTo("m")
                .rules(rules)
                .build();
        INDArray hessian = det.hessian().call(Nd4j.createFromArray(1.0, 2.0, 3.0, 4.0));
        // end

        assertThat(det.call(Nd4j.createFromArray(1.0, 2.0, 3.0, 4.0)).getDouble(0))
                .isEqualTo(-2);
        assertThat(hessian.reshape(16).toDoubleVector())
                .containsExactly(new double[] {0, 0, 0, 1, 0, 0, -1, 0, 0, -1, 0, 0, 1, 0, 0, 0}, within(0.0));
    }
}
