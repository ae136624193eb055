package org.curvature4j.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.curvature4j.Hessian;
import org.curvature4j.Jacobian;
import org.curvature4j.PreparedFunction;
import org.curvature4j.TensorFunction;
import org.curvature4j.internal.tutorial.Functions;
import org.curvature4j.internal.tutorial.ModelGraph;
import org.curvature4j.internal.tutorial.Nets;
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
            case FIRST_RESULT -> variants.put("scripts/curvature", () -> FirstResults.script(inputs));
            case FIXED_PRODUCT -> variants.put("given Java array", () -> OwnLosses.fixedProductInJava(inputs));
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
            case SPECTRUM_221, SPECTRUM_FLOAT -> spectra(SpectrumOptions.valuesOnly(), inputs.array("theta"));
            case SPECTRUM_VECTORS_221 -> spectra(SpectrumOptions.withVectors(), inputs.array("theta"));
            case HESSIAN_KEPT -> KeptResults.hessians(twoTwoOne(), inputs.array("theta"));
            case SPECTRUM_KEPT -> KeptResults.extremes(twoTwoOne(), inputs.array("theta"));
            case NET_OF_INPUT -> hessians(Hessian.of(Graphs.netOfInput(inputs)), inputs.array("x"));
            case PARAMETERS_385, PARAMETERS_1201 ->
                oneHessian(Hessian.of(Graphs.squaredErrorOfParameters(inputs)), inputs.array("theta"));
            case PRODUCT -> OwnLosses.product(inputs);
            case FIXED_PRODUCT -> OwnLosses.fixedProduct(inputs);
            case LANCZOS -> OwnLosses.lanczos(inputs);
            case DENSITY -> OwnLosses.density(inputs);
            case PER_EXAMPLE -> OwnLosses.perExample(inputs);
            case LAPLACIAN -> laplacians(Graphs.netOfInput(inputs), inputs.array("x"));
            case EIGENVALUES_20, EIGENVALUES_32 -> eigenvalues(inputs.array("A"));
            case SADDLE -> saddle(inputs.array("p"));
            case PREPARATION_750 -> preparation(Graphs.chain(750), inputs.array("x"));
            case PREPARATION_1500 -> preparation(Graphs.chain(1500), inputs.array("x"));
            case PREPARATION_3000 -> preparation(Graphs.chain(3000), inputs.array("x"));
            case PREPARATION_OF_SINES -> preparation(Graphs.sines(800), inputs.array("x"));
            case FIRST_RESULT -> FirstResults.plain(inputs);
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

    private static Computation laplacians(TensorFunction function, INDArray points) {
        PreparedFunction laplacian = function.laplacian().prepare();
        return new FreshResults(laplacian, () -> List.of(laplacian.batch(points)));
    }

    private static Computation eigenvalues(INDArray matrices) {
        AutoCloseable nothing = () -> {};
        return new FreshResults(nothing, () -> List.of(Spectrum.batch(matrices).values()));
    }

    private static Computation spectra(SpectrumOptions options, INDArray points) {
        Hessian hessian = Hessian.of(function(Nets.twoTwoOne(points.dataType())));
        return new FreshResults(hessian, () -> {
            try (INDArray matrices = hessian.batch(points)) {
                SpectrumBatch spectra = Spectrum.batch(matrices, options);
                return options.vectors() ? List.of(spectra.values(), spectra.vectors()) : List.of(spectra.values());
            }
        });
    }

    /** From a SameDiff graph that is there already, since SameDiff takes its own time to make one. */
    private static Computation preparation(SameDiff graph, INDArray point) {
        AutoCloseable nothing = () -> {};
        return new FreshResults(nothing, () -> {
            try (Hessian hessian = Hessian.of(TensorFunction.of(graph, "y", "x"))) {
                return List.of(hessian.at(point));
            }
        });
    }

    private static Computation saddle(INDArray points) {
        Hessian hessian = Hessian.of(function(Functions.monkeySaddle()));
        return new FreshResults(hessian, () -> {
            INDArray matrices = hessian.batch(points);
            return List.of(matrices, Spectrum.batch(matrices).values());
        });
    }
}
