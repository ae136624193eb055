package org.curvature4j.samediff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.transform.Vjp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.loss.LossReduce;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * First derivatives against SameDiff's own, wherever those are right. The other tests hold every row here to finite
 * differences too; where SameDiff differs from both, the row stands in one of the lists below, and must differ.
 */
class GradientOracleTest {
    /** Some of ND4J's constants have single precision, and a logarithm adds 1e-7 to its operand. */
    private static final double TOLERANCE = 1e-6;

    /** SameDiff gives another gradient, or one of another shape. */
    private static final Set<String> WRONG_IN_SAMEDIFF = Set.of(
            "min [2, 3][3]",
            "atan2 [2, 3][3]",
            "mod [2, 3][3]",
            "floorMod [2, 3][3]",
            "variance of all[1]",
            "cumsum",
            "cumsum reverse",
            "cumsum of all, both",
            "cumprod",
            "cumprod exclusive",
            "cumprod reverse",
            "cumprod both",
            "two vectors",
            "cross",
            "pad reflect",
            "pad symmetric",
            "gather",
            "gather by scalar",
            "gather computed",
            "replaceWhere tensor",
            "preciseGelu",
            "softsignDerivative",
            "clipByNorm",
            "avg VALID NCHW 1.0",
            "avg VALID NHWC 1.0",
            "avg SAME NCHW 1.0",
            "avg SAME NHWC 1.0",
            "upsampling2d NHWC",
            "upsampling3d NDHWC",
            "localResponseNormalization");

    /** SameDiff has no gradient, or fails to compute it. */
    private static final Set<String> FAIL_IN_SAMEDIFF = Set.of(
            "logEntropy[1]",
            "cosineSimilarity of a row",
            "mean over computed axes",
            "logSumExp 1",
            "normalizeMoments",
            "row vector",
            "column vector",
            "tensorMmul",
            "setDiag of a stack",
            "matrixBandPart",
            "matrixBandPart open",
            "splitV",
            "flatten",
            "flatten columns",
            "gather 1",
            "gather computed 1",
            "gatherNd",
            "gatherNd rows",
            "embeddingLookup",
            "where",
            "where by rows",
            "mish",
            "logSoftmax 0",
            "sigmoidDerivative",
            "softmaxDerivative",
            "batchNorm",
            "batchNorm NCHW",
            "clipByNorm of all",
            "clipByAvgNorm",
            "oneminus",
            "timesoneminus",
            "select",
            "identity_n",
            "matrix_diag",
            "matrix_diag_part",
            "parallel_stack",
            "broadcast_to",
            "pnormpool2d of 1",
            "pnormpool2d of 2",
            "pnormpool2d of 3",
            "weights OIYX",
            "weights OYXI",
            "roll all",
            "roll all back",
            "roll an axis",
            "roll axes",
            "lgamma",
            "digamma",
            "polygamma");

    /** SameDiff's maximum with broadcasting gives now one gradient, now another. */
    private static final Set<String> UNSTABLE_IN_SAMEDIFF = Set.of("max [2, 3][3]");

    private static final Set<String> LOSSES = Stream.of(
                    LossImportTest.reductions(), LossImportTest.weights(), LossImportTest.others())
            .flatMap(rows -> rows)
            .map(ImportCase::name)
            .collect(Collectors.toSet());

    private static Stream<ImportCase> rows() {
        // Most decompositions have no gradient of SameDiff's: they are held to differences and closed forms.
        Set<String> decompositions =
                DecompositionImportTest.decompositions().map(ImportCase::name).collect(Collectors.toSet());
        return ImportTables.all().filter(row -> row.order() > 0 && !decompositions.contains(row.name()));
    }

    static Stream<ImportCase> comparable() {
        return rows().filter(row -> !WRONG_IN_SAMEDIFF.contains(row.name())
                && !FAIL_IN_SAMEDIFF.contains(row.name())
                && !UNSTABLE_IN_SAMEDIFF.contains(row.name())
                && !hasWeightsByRow(row));
    }

    static Stream<ImportCase> wrong() {
        return rows().filter(row -> WRONG_IN_SAMEDIFF.contains(row.name()));
    }

    static Stream<ImportCase> failing() {
        return rows().filter(row -> FAIL_IN_SAMEDIFF.contains(row.name()) || hasWeightsByRow(row));
    }

    /** SameDiff's gradient of this loss wants weights of another shape than the loss does. */
    private static boolean hasWeightsByRow(ImportCase row) {
        return row.name().startsWith("softmaxCrossEntropy") && row.name().contains("weighted");
    }

    @ParameterizedTest
    @MethodSource("comparable")
    void agreesWithSameDiff(ImportCase row) {
        assertThat(new Comparison(row).distance()).as(row.name()).isLessThan(TOLERANCE);
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void differsWhereSameDiffIsWrong(ImportCase row) {
        assertThat(new Comparison(row).distance()).as(row.name()).isGreaterThan(1e-3);
    }

    @ParameterizedTest
    @MethodSource("failing")
    void hasDerivativesWhereSameDiffHasNone(ImportCase row) {
        Comparison comparison = new Comparison(row);
        assertThat(comparison.ours()).isNotEmpty();
        assertThat(catchThrowable(comparison::theirs)).as(row.name()).isNotNull();
    }

    /** The derivative of twice a loss is twice the loss's; SameDiff gives it once. */
    @Test
    void lossesPassOnWhatIsDoneWithThem() {
        Sample sample = new Sample();
        SDVariable prediction = sample.of(1);
        SDVariable loss =
                sample.sd.loss.meanSquaredError(sample.scalar(0).reshape(1), prediction, null, LossReduce.SUM);
        SDVariable twice = loss.mul(2);
        Graph graph = sample.graph(List.of(twice.name()));
        INDArray ours = ImportChecks.run(Vjp.of(graph, List.of(0)), List.of(sample.values.get("x0"), Nd4j.scalar(1.0)))
                .get(0);
        sample.sd.setLossVariables(twice.name());
        INDArray theirs = sample.sd.calculateGradients(Map.of(), "x0").get("x0");
        assertThat(ours.getDouble(0)).isCloseTo(4, within(1e-15));
        assertThat(theirs.getDouble(0)).isCloseTo(2, within(1e-15));
    }

    /** A weighted sum of a row's outputs, differentiated by both. */
    private static final class Comparison {
        private final Sample sample = new Sample();
        private final SDVariable[] outputs;
        private final Graph graph;
        private final List<INDArray> weights = new ArrayList<>();

        Comparison(ImportCase row) {
            outputs = row.build().apply(sample);
            boolean isLoss = LOSSES.contains(row.name()) && !row.name().equals("times 2");
            graph = sample.graph(Arrays.stream(outputs).map(SDVariable::name).toList());
            graph.outputs().forEach(output -> weights.add(weights(output.shape(), isLoss)));
        }

        /** SameDiff's losses ignore how they are weighted, so that weight is 1. */
        private static INDArray weights(Shape shape, boolean ones) {
            double[] weights = IntStream.range(0, (int) shape.size())
                    .mapToDouble(i -> ones ? 1 : 0.5 + 0.37 * (i % 5) - 0.11 * (i % 7))
                    .toArray();
            return Nd4j.create(weights, shape.toArray(), 'c');
        }

        List<INDArray> ours() {
            Graph graph =
                    sample.graph(Arrays.stream(outputs).map(SDVariable::name).toList());
            List<INDArray> arguments = new ArrayList<>(sample.values.values());
            arguments.addAll(weights);
            List<Integer> all = IntStream.range(0, sample.values.size()).boxed().toList();
            return ImportChecks.run(Vjp.of(graph, all), arguments);
        }

        List<INDArray> theirs() {
            SDVariable sum = null;
            for (int i = 0; i < outputs.length; i++) {
                SDVariable total =
                        outputs[i].mul(sample.sd.constant(weights.get(i))).sum();
                sum = sum == null ? total : sum.add(total);
            }
            sample.sd.setLossVariables(sum.name());
            String[] names = sample.values.keySet().toArray(new String[0]);
            Map<String, INDArray> gradients = sample.sd.calculateGradients(Map.of(), names);
            // None for a variable that only an index depends on.
            return Arrays.stream(names)
                    .map(name -> gradients.getOrDefault(name, Nd4j.zerosLike(sample.values.get(name))))
                    .toList();
        }

        double distance() {
            List<INDArray> ours = ours();
            List<INDArray> theirs = theirs();
            double largest = 0;
            for (int i = 0; i < ours.size(); i++) {
                largest = Math.max(
                        largest, distance(ImportChecks.elements(ours.get(i)), ImportChecks.elements(theirs.get(i))));
            }
            return largest;
        }

        private static double distance(double[] ours, double[] theirs) {
            if (ours.length != theirs.length) {
                return Double.POSITIVE_INFINITY;
            }
            return IntStream.range(0, ours.length)
                    .mapToDouble(i -> Math.abs(ours[i] - theirs[i]) / Math.max(1, Math.abs(ours[i])))
                    .map(difference -> Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference)
                    .max()
                    .orElse(0);
        }
    }
}
