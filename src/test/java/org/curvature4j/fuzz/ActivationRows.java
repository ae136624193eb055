package org.curvature4j.fuzz;

import static org.curvature4j.fuzz.Vocabulary.ofAny;
import static org.curvature4j.fuzz.Vocabulary.ofTwins;

import java.util.stream.Stream;
import org.curvature4j.fuzz.Vocabulary.Row;

/** Activations, over elements and over an axis. */
final class ActivationRows {
    private ActivationRows() {}

    static Stream<Row> rows() {
        return Stream.of(elements(), ofTwins("sd.nn.sigmoidDerivative($0, $1)"), axes())
                .flatMap(rows -> rows);
    }

    private static Stream<Row> elements() {
        return ofAny(
                "sd.nn.relu($0, 0)",
                "sd.nn.relu($0, 0.5)",
                "sd.nn.relu6($0, 0)",
                "sd.nn.leakyRelu($0, 0.1)",
                "sd.nn.elu($0)",
                "sd.nn.selu($0)",
                "sd.nn.gelu($0)",
                "sd.nn.preciseGelu($0)",
                "sd.nn.swish($0)",
                "new Mish(sd, $0, false).outputVariable()",
                "sd.nn.sigmoid($0)",
                "sd.nn.logSigmoid($0)",
                "sd.nn.hardSigmoid($0)",
                "sd.nn.hardTanh($0)",
                "sd.nn.softplus($0)",
                "sd.nn.softsign($0)",
                "sd.math.rationalTanh($0)",
                "sd.math.rectifiedTanh($0)",
                "sd.nn.tanh($0)",
                "sd.nn.hardTanhDerivative($0)",
                "sd.nn.leakyReluDerivative($0, 0.1)",
                "sd.nn.softsignDerivative($0)",
                "new org.nd4j.linalg.api.ops.impl.transforms.custom.ThresholdRelu(sd, $0, 0.3).outputVariable()",
                "sd.nn.dropout($0, 0.5)",
                "sd.nn.dropoutInverted($0, 0.5)");
    }

    private static Stream<Row> axes() {
        return Stream.of(
                d -> d.step("sd.nn.softmax($0)", d.rankFrom(1)),
                d -> d.step("sd.nn.logSoftmax($0)", d.rankFrom(1)),
                d -> d.step("sd.nn.cReLU($0)", d.rankFrom(1)),
                d -> along(d, "sd.nn.softmax($0, %d)"),
                d -> along(d, "sd.nn.logSoftmax($0, %d)"),
                d -> along(d, "sd.math.standardize($0, %d)"),
                d -> along(d, "sd.nn.softmaxDerivative($0, $0, %d)"),
                d -> {
                    long channels = d.size();
                    return d.step("sd.nn.prelu($0, $1, 1)", d.of(d.size(), channels), d.of(channels));
                });
    }

    /** An operation over one axis. */
    static String along(Draw d, String format) {
        String x = d.rankFrom(1);
        return d.step(String.format(format, d.axis(x)), x);
    }
}
