package org.curvature4j.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.curvature4j.Hessian;
import org.curvature4j.PreparedFunction;
import org.curvature4j.curvature.DataLoss;
import org.curvature4j.curvature.DataOperator;
import org.curvature4j.krylov.DensityOptions;
import org.curvature4j.krylov.Lanczos;
import org.curvature4j.krylov.LanczosOptions;
import org.curvature4j.krylov.SpectralDensity;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The workloads that are of losses in parameters, by the public API of this library. */
final class OwnLosses {
    /** Where the density is compared, and how wide its Gaussians are there. */
    private static final double[] PLACES = new double[200];

    private static final double WIDTH = 0.05;

    static {
        Arrays.setAll(PLACES, i -> -1 + 0.025 * i);
    }

    private OwnLosses() {}

    static Computation perExample(InputFiles inputs) {
        Hessian hessian = Hessian.of(Graphs.squaredErrorOfExamples(inputs));
        INDArray theta = inputs.array("theta");
        INDArray rows = inputs.array("X");
        INDArray labels = inputs.array("Y").reshape(rows.size(0), 1);
        return new FreshResults(hessian, () -> List.of(hessian.perExample(theta, rows, labels)));
    }

    static Computation product(InputFiles inputs) {
        PreparedFunction product = Graphs.crossEntropyOfParameters(inputs, WorkloadInputs.CLASSIFIER)
                .hessianVectorProduct()
                .prepare();
        INDArray theta = inputs.array("theta");
        INDArray direction = inputs.array("v");
        return new FreshResults(product, () -> List.of(product.call(theta, direction)));
    }

    static Computation fixedProduct(InputFiles inputs) {
        DataOperator hessian = classifier(inputs).hessian();
        INDArray direction = inputs.array("v");
        return new FreshResults(hessian, () -> List.of(hessian.apply(direction)));
    }

    static Computation fixedProductInJava(InputFiles inputs) {
        DataOperator hessian = classifier(inputs).hessian();
        double[] direction = numbers(inputs.array("v"));
        return new JavaArrays(hessian, target -> hessian.apply(direction, target), direction.length);
    }

    /** The operator is made anew each time, so that the part at the point alone is computed in each. */
    static Computation lanczos(InputFiles inputs) {
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

    /** By the probes of the seed, which the others are given as arrays. */
    static Computation density(InputFiles inputs) {
        DataLoss loss = loss(inputs, WorkloadInputs.DIGITS);
        DensityOptions options = DensityOptions.standard()
                .steps(WorkloadInputs.PROBE_STEPS)
                .probes(WorkloadInputs.PROBES)
                .seed(WorkloadInputs.SEED);
        AutoCloseable nothing = () -> {};
        return new FreshResults(nothing, () -> {
            try (DataOperator hessian = loss.hessian()) {
                SpectralDensity density = SpectralDensity.of(hessian, options).withWidth(WIDTH);
                return List.of(Nd4j.createFromArray(density.density(PLACES)));
            }
        });
    }

    private static DataLoss classifier(InputFiles inputs) {
        return loss(inputs, WorkloadInputs.CLASSIFIER);
    }

    private static DataLoss loss(InputFiles inputs, int... widths) {
        return DataLoss.of(
                Graphs.crossEntropy(inputs, widths), "loss", Map.of("X", inputs.array("X"), "Y", inputs.array("Y")));
    }

    private static double[] numbers(INDArray array) {
        return array.dup().reshape(array.length()).toDoubleVector();
    }
}
