package org.curvature4j.samediff;

import static org.curvature4j.samediff.ImportCase.coarse;
import static org.curvature4j.samediff.ImportCase.smooth;
import static org.curvature4j.samediff.ImportCase.step;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Mish;
import org.nd4j.linalg.factory.Nd4j;

class ActivationImportTest {

    @ParameterizedTest
    @MethodSource({"activations", "normalizations", "attention"})
    void agreesWithNd4jAndFiniteDifferences(ImportCase row) {
        ImportChecks.check(row);
    }

    static Stream<ImportCase> activations() {
        return Stream.of(
                smooth("relu", s -> s.sd.nn.relu(s.real(2, 3), 0)),
                smooth("relu cutoff", s -> s.sd.nn.relu(s.real(2, 3), 0.3)),
                smooth("relu6", s -> s.sd.nn.relu6(s.within(-3, 9, 2, 3), 0)),
                smooth("leakyRelu", s -> s.sd.nn.leakyRelu(s.real(2, 3), 0.1)),
                smooth("prelu", s -> s.sd.nn.prelu(s.real(2, 3, 2), s.unit(3, 1), 2)),
                smooth("cReLU", s -> s.sd.nn.cReLU(s.real(2, 3))),
                smooth("elu", s -> s.sd.nn.elu(s.real(2, 3))),
                smooth("selu", s -> s.sd.nn.selu(s.real(2, 3))),
                coarse("gelu", 1e-7, s -> s.sd.nn.gelu(s.real(2, 3))),
                coarse("preciseGelu", 0.03, s -> s.sd.nn.preciseGelu(s.real(2, 3))),
                smooth("swish", s -> s.sd.nn.swish(s.real(2, 3))),
                smooth("mish", s -> new Mish(s.sd, s.real(2, 3), false).outputVariable()),
                smooth("sigmoid", s -> s.sd.nn.sigmoid(s.real(2, 3))),
                smooth("logSigmoid", s -> s.sd.nn.logSigmoid(s.real(2, 3))),
                coarse("hardSigmoid", 1e-7, s -> s.sd.nn.hardSigmoid(s.within(-4, 4, 2, 3))),
                smooth("hardTanh", s -> s.sd.nn.hardTanh(s.real(2, 3))),
                smooth("softplus", s -> s.sd.nn.softplus(s.real(2, 3))),
                smooth("softsign", s -> s.sd.nn.softsign(s.real(2, 3))),
                coarse("rationalTanh", 1e-7, s -> s.sd.math.rationalTanh(s.real(2, 3))),
                smooth("rectifiedTanh", s -> s.sd.math.rectifiedTanh(s.real(2, 3))),
                smooth("tanh", s -> s.sd.nn.tanh(s.real(2, 3))),
                smooth("softmax", s -> s.sd.nn.softmax(s.real(2, 3))),
                smooth("softmax 0", s -> s.sd.nn.softmax(s.real(2, 3), 0)),
                smooth("logSoftmax", s -> s.sd.nn.logSoftmax(s.real(2, 3))),
                smooth("logSoftmax 0", s -> s.sd.nn.logSoftmax(s.real(2, 3), 0)),
                step("hardTanhDerivative", s -> s.sd.nn.hardTanhDerivative(s.real(2, 3))),
                step("leakyReluDerivative", s -> s.sd.nn.leakyReluDerivative(s.real(2, 3), 0.1)),
                smooth("softsignDerivative", s -> s.sd.nn.softsignDerivative(s.real(2, 3))),
                smooth("sigmoidDerivative", s -> s.sd.nn.sigmoidDerivative(s.real(2, 3), s.real(2, 3))),
                smooth("softmaxDerivative", s -> s.sd.nn.softmaxDerivative(s.real(2, 3), s.real(2, 3), 1)));
    }

    static Stream<ImportCase> normalizations() {
        return Stream.of(
                smooth("standardize", s -> s.sd.math.standardize(s.real(2, 4), 1)),
                smooth("layerNorm", s -> s.sd.nn.layerNorm(s.real(2, 4), s.real(4), s.real(4), true, 1)),
                smooth("layerNorm without bias", s -> s.sd.nn.layerNorm(s.real(2, 4), s.real(4), false, 1)),
                smooth(
                        "layerNorm NCHW",
                        s -> s.sd.nn.layerNorm(s.real(2, 2, 1, 2), s.real(2), s.real(2), true, 1, 2, 3)),
                smooth(
                        "layerNorm NHWC",
                        s -> s.sd.nn.layerNorm(s.real(2, 1, 2, 2), s.real(2), s.real(2), false, 1, 2, 3)),
                smooth(
                        "batchNorm",
                        s -> s.sd.nn.batchNorm(s.real(2, 3), s.real(3), s.unit(3), s.real(3), s.real(3), 1e-5, 1)),
                smooth(
                        "batchNorm NCHW",
                        s -> s.sd.nn.batchNorm(
                                s.real(2, 2, 1, 2), s.real(2), s.unit(2), s.real(2), s.real(2), 1e-3, 1)),
                smooth("clipByNorm", s -> s.sd.math.clipByNorm(s.real(3, 2), 0.8, 1)),
                smooth("clipByNorm of all", s -> s.sd.clipByNorm(s.real(2, 3), 0.4)),
                smooth("clipByAvgNorm", s -> s.sd.math.clipByAvgNorm(s.real(3, 2), 0.4, 1)));
    }

    static Stream<ImportCase> attention() {
        return Stream.of(
                smooth(
                        "attention",
                        s -> s.sd.nn.dotProductAttention(
                                s.real(2, 2, 3), s.real(2, 2, 2), s.real(2, 1, 2), null, true)),
                smooth(
                        "attention unscaled",
                        s -> s.sd.nn.dotProductAttention(
                                s.real(2, 2, 3), s.real(2, 2, 2), s.real(2, 1, 2), null, false)),
                smooth(
                        "attention masked",
                        s -> s.sd.nn.dotProductAttention(
                                s.real(2, 2, 1),
                                s.real(2, 2, 3),
                                s.real(2, 1, 3),
                                s.sd.constant(Nd4j.createFromArray(new double[][] {{1, 1, 0}, {1, 1, 1}})),
                                true)),
                smooth(
                        "multiHead",
                        s -> s.sd.nn.multiHeadDotProductAttention(
                                s.real(2, 2, 1),
                                s.real(2, 2, 2),
                                s.real(2, 1, 2),
                                s.real(2, 1, 2),
                                s.real(2, 1, 2),
                                s.real(2, 2, 1),
                                s.real(4, 2),
                                null,
                                true)));
    }
}
