package org.curvature4j.bench;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.curvature4j.Hessian;
import org.curvature4j.Jacobian;
import org.curvature4j.PreparedFunction;
import org.curvature4j.TensorFunction;
import org.curvature4j.curvature.DataLoss;
import org.curvature4j.curvature.DataOperator;
import org.curvature4j.internal.tutorial.Functions;
import org.curvature4j.internal.tutorial.ModelGraph;
import org.curvature4j.internal.tutorial.Nets;
import org.curvature4j.krylov.Lanczos;
import org.curvature4j.krylov.LanczosOptions;
import org.curvature4j.spectrum.Spectrum;
import org.curvature4j.spectrum.SpectrumBatch;
import org.curvature4j.spectrum.SpectrumOptions;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The workloads by the public API of this library. */
final class OwnComputations {
    /** New arrays with each computation. */
    static final String FRESH = "new results";
    /** The same arrays with each computation. */
    static final String GIVEN = "given memory";

    private OwnComputations() {}

    static Map<String, Supplier<Computation>> variants(Workload workload, InputFiles inputs) {
        Map<String, Supplier<Computation>> variants = new LinkedHashMap<>();
        variants.put(FRESH, () -> fresh(workload, inputs));
        switch (workload) {
            case HESSIAN_221 -> variants.put(GIVEN, () -> hessiansInto(twoTwoOne(), inputs.array("theta")));
            case NET_OF_INPUT ->
                variants.put(GIVEN, () -> hessiansInto(Hessian.of(Graphs.netOfInput(inputs)), inputs.array("x")));
            case JACOBIAN_2, JACOBIAN_16, JACOBIAN_64 -> variants.put(GIVEN, () -> jacobiansInto(inputs));
            case FIXED_PRODUCT -> variants.put("given Java array", () -> fixedProductInJava(inputs));
            case SINGLE_POINT -> {
                variants.put(GIVEN, () -> oneHessianInto(inputs.array("theta")));
                variants.put("given Java array", () -> oneHessianInJava(inputs.array("theta")));
            }
            default -> {
                // New results only: they are small, or of several functions.
            }
        }
        return variants;
    }

    static Computation fresh(Workload workload, InputFiles inputs) {
        return switch (workload) {
            case JACOBIAN_2, JACOBIAN_16, JACOBIAN_64 -> jacobians(inputs);
            case HESSIAN_221 -> hessians(twoTwoOne(), inputs.array("theta"));
            case SINGLE_POINT -> oneHessian(twoTwoOne(), inputs.array("theta"));
            case SPECTRUM_221 -> spectra(SpectrumOptions.valuesOnly(), inputs.array("theta"));
            case SPECTRUM_VECTORS_221 -> spectra(SpectrumOptions.withVectors(), inputs.array("theta"));
            case HESSIAN_KEPT -> KeptResults.hessians(twoTwoOne(), inputs.array("theta"));
            case SPECTRUM_KEPT -> KeptResults.extremes(twoTwoOne(), inputs.array("theta"));
            case NET_OF_INPUT -> hessians(Hessian.of(Graphs.netOfInput(inputs)), inputs.array("x"));
            case PARAMETERS_385, PARAMETERS_1201 ->
                oneHessian(Hessian.of(Graphs.squaredErrorOfParameters(inputs)), inputs.array("theta"));
            case PRODUCT -> product(inputs);
            case FIXED_PRODUCT -> fixedProduct(inputs);
            case LANCZOS -> lanczos(inputs);
            case SADDLE -> saddle(inputs.array("p"));
            case PREPARATION_750 -> preparation(750, inputs.array("x"));
            case PREPARATION_1500 -> preparation(1500, inputs.array("x"));
            case PREPARATION_3000 -> preparation(3000, inputs.array("x"));
        };
    }

    private static Hessian twoTwoOne() {
        return Hessian.of(function(Nets.twoTwoOne()));
    }

    private static TensorFunction function(ModelGraph model) {
        return TensorFunction.of(model.sd(), model.output(), model.input());
    }

    private static Jacobian jacobian(InputFiles inputs) {
        return Jacobian.of(Graphs.tanhLayer(inputs.array("W"), inputs.array("b")));
    }

    private static Computation jacobians(InputFiles inputs) {
        Jacobian jacobian = jacobian(inputs);
        INDArray points = inputs.array("x");
        return new FreshResults(jacobian, () -> List.of(jacobian.batch(points)));
    }

    private static Computation hessians(Hessian hessian, INDArray points) {
        return new FreshResults(hessian, () -> List.of(hessian.batch(points)));
    }

    private static Computation oneHessian(Hessian hessian, INDArray point) {
        return new FreshResults(hessian, () -> List.of(hessian.at(point)));
    }

    private static Computation hessiansInto(Hessian hessian, INDArray points) {
        long n = points.size(1);
        INDArray results = Nd4j.create(DataType.DOUBLE, points.size(0), n, n);
        return new GivenMemory(hessian, results, target -> hessian.batchInto(target, points));
    }

    private static Computation jacobiansInto(InputFiles inputs) {
        Jacobian jacobian = jacobian(inputs);
        INDArray points = inputs.array("x");
        long n = points.size(1);
        INDArray results = Nd4j.create(DataType.DOUBLE, points.size(0), n, n);
        return new GivenMemory(jacobian, results, target -> jacobian.batchInto(target, points));
    }

    private static Computation oneHessianInto(INDArray point) {
        Hessian hessian = twoTwoOne();
        INDArray result = Nd4j.create(DataType.DOUBLE, point.length(), point.length());
        return new GivenMemory(hessian, result, target -> hessian.atInto(target, point));
    }

    private static Computation oneHessianInJava(INDArray point) {
        Hessian hessian = twoTwoOne();
        double[] numbers = point.dup().reshape(point.length()).toDoubleVector();
        return new JavaArrays(hessian, target -> hessian.atInto(target, numbers), numbers.length, numbers.length);
    }

    private static Computation spectra(SpectrumOptions options, INDArray points) {
        Hessian hessian = twoTwoOne();
        return new FreshResults(hessian, () -> {
            try (INDArray matrices = hessian.batch(points)) {
                SpectrumBatch spectra = Spectrum.batch(matrices, options);
                return options.vectors() ? List.of(spectra.values(), spectra.vectors()) : List.of(spectra.values());
            }
        });
    }

    private static Computation product(InputFiles inputs) {
        PreparedFunction product = Graphs.crossEntropyOfParameters(inputs, WorkloadInputs.CLASSIFIER)
                .hessianVectorProduct()
                .prepare();
        INDArray theta = inputs.array("theta");
        INDArray direction = inputs.array("v");
        return new FreshResults(product, () -> List.of(product.call(theta, direction)));
    }

    private static Computation fixedProduct(InputFiles inputs) {
        DataOperator hessian = classifier(inputs).hessian();
        INDArray direction = inputs.array("v");
        return new FreshResults(hessian, () -> List.of(hessian.apply(direction)));
    }

    private static Computation fixedProductInJava(InputFiles inputs) {
        DataOperator hessian = classifier(inputs).hessian();
        double[] direction = numbers(inputs.array("v"));
        return new JavaArrays(hessian, target -> hessian.apply(direction, target), direction.length);
    }

    /** The operator is made anew each time, so that the part at the point alone is computed in each. */
    private static Computation lanczos(InputFiles inputs) {
        DataLoss loss = classifier(inputs);
        LanczosOptions options = LanczosOptions.top(20)
                .plainSteps(WorkloadInputs.LANCZOS_STEPS)
                .valuesOnly()
                .start(numbers(inputs.array("v")));
        AutoCloseable nothing = () -> {};
        return new FreshResults(nothing, () -> {
            try (DataOperator hessian = loss.hessian()) {
                double[] values = Lanczos.eigenpairs(hessian, options).eigenvalues();
                Arrays.sort(values);
                return List.of(Nd4j.createFromArray(values));
            }
        });
    }

    /** From a SameDiff graph that is there already, since SameDiff takes its own time to make one. */
    private static Computation preparation(int operations, INDArray point) {
        SameDiff graph = Graphs.chain(operations);
        AutoCloseable nothing = () -> {};
        return new FreshResults(nothing, () -> {
            try (Hessian hessian = Hessian.of(TensorFunction.of(graph, "y", "x"))) {
                return List.of(hessian.at(point));
            }
        });
    }

    private static DataLoss classifier(InputFiles inputs) {
        return DataLoss.of(
                Graphs.crossEntropy(inputs, WorkloadInputs.CLASSIFIER),
                "loss",
                Map.of("X", inputs.array("X"), "Y", inputs.array("Y")));
    }

    private static double[] numbers(INDArray array) {
        return array.dup().reshape(array.length()).toDoubleVector();
    }

    private static Computation saddle(INDArray points) {
        Hessian hessian = Hessian.of(function(Functions.monkeySaddle()));
        return new FreshResults(hessian, () -> {
            INDArray matrices = hessian.batch(points);
            return List.of(matrices, Spectrum.batch(matrices).values());
        });
    }
}
