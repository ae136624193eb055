package org.curvature4j.fuzz;

import java.util.stream.Stream;
import org.curvature4j.fuzz.Vocabulary.Row;

/** Products of matrices, layers, convolutions, normalisation, attention. */
final class NetworkRows {
    private static final String CONFIG = "Conv2DConfig.builder().kH(2L).kW(2L).sH(1L).sW(%d)"
            + ".dataFormat(\"%s\").paddingMode(PaddingMode.%s).build()";

    private NetworkRows() {}

    static Stream<Row> rows() {
        return Stream.of(products(), layers(), normalizations(), convolutions(), pools(), rearrangements(), attention())
                .flatMap(rows -> rows);
    }

    private static Stream<Row> products() {
        return Stream.of(
                NetworkRows::product,
                d -> d.step("sd.linalg.matmul($0, $1)", d.of(2, 3), d.of(3, 2)),
                d -> d.step("sd.mmul($0, $1)", d.of(3), d.of(3, d.size())),
                d -> d.step("sd.mmul($0, $1)", d.of(d.size(), 3), d.of(3)),
                d -> d.step("sd.mmul($0, $1)", d.of(2, 2, 3), d.of(2, 3, 1)),
                d -> d.step(
                        "sd.batchMmul(new SDVariable[] {$0, $1}, new SDVariable[] {$1, $0}, false, true)[1]",
                        d.fresh(2, 2),
                        d.fresh(2, 2)),
                d -> d.step("sd.tensorMmul($0, $1, new int[] {1}, new int[] {0})", d.of(2, 3), d.of(3, 2)),
                d -> d.step(
                        "new TensorMmul(sd, $0, $1, new int[][] {{1, 2}, {0, 1}}).outputVariable()",
                        d.of(2, 2, 2),
                        d.of(2, 2)));
    }

    private static String product(Draw d) {
        long rows = d.size();
        long inner = d.size();
        long columns = d.size();
        boolean left = d.random.nextBoolean();
        boolean right = d.random.nextBoolean();
        return d.step(
                "sd.mmul($0, $1, " + left + ", " + right + ", " + d.random.nextBoolean() + ")",
                left ? d.of(inner, rows) : d.of(rows, inner),
                right ? d.of(columns, inner) : d.of(inner, columns));
    }

    private static Stream<Row> layers() {
        return Stream.of(
                d -> d.step("sd.nn.linear($0, $1, $2)", d.of(d.size(), 3), d.of(3, 2), d.of(2)),
                d -> d.step("sd.nn.reluLayer($0, $1, $2)", d.of(d.size(), 3), d.of(3, 2), d.of(2)),
                d -> d.step("sd.nn.biasAdd($0, $1, false)", d.of(d.size(), 3), d.of(3)),
                d -> d.step("sd.nn.biasAdd($0, $1, true)", d.of(1, 2, 1, 2), d.of(2)));
    }

    private static Stream<Row> normalizations() {
        return Stream.of(
                d -> d.step("sd.nn.layerNorm($0, $1, $2, true, 1)", d.of(2, 3), d.of(3), d.of(3)),
                d -> d.step("sd.nn.layerNorm($0, $1, false, 1)", d.of(2, 3), d.of(3)),
                d -> d.step(
                        "sd.nn.batchNorm($0, $1, $2, $3, $4, 0.001, 1)",
                        d.of(2, 2),
                        d.of(2),
                        d.within(0.1, 2, d.of(2)),
                        d.of(2),
                        d.of(2)),
                d -> ActivationRows.along(d, "sd.math.clipByNorm($0, 0.8, %d)"),
                d -> d.step("sd.clipByNorm($0, 0.8)", d.rankFrom(1)),
                d -> ActivationRows.along(d, "sd.math.clipByAvgNorm($0, 0.4, %d)"),
                d -> d.step(
                        "sd.cnn.localResponseNormalization($0, LocalResponseNormalizationConfig.builder()"
                                + ".alpha(0.1).beta(0.75).bias(1.5).depth(1).build())",
                        d.of(1, 3, 1, 2)));
    }

    private static Stream<Row> convolutions() {
        Stream<Row> planes = Stream.of(
                        "sd.cnn.conv2d($0, $1, %s)",
                        "sd.cnn.conv2d($0, $1, $2, %s)", "sd.cnn.depthWiseConv2d($0, $1, $2, %s)")
                .map(code -> d -> convolution(d, code));
        return Stream.concat(
                planes,
                Stream.of(
                        d -> d.step(
                                "sd.cnn.separableConv2d($0, $1, $2, $3, "
                                        + String.format(CONFIG, 1, "NCHW", d.choice("VALID", "SAME")) + ")",
                                d.of(1, 1, 3, 2),
                                d.of(2, 2, 1, 1),
                                d.of(1, 1, 1, 2),
                                d.of(2)),
                        d -> d.step(
                                "sd.cnn.conv1d($0, $1, Conv1DConfig.builder().k(2L).s(1L).p(0L).dataFormat(\"NCW\")"
                                        + ".paddingMode(PaddingMode." + d.choice("VALID", "SAME", "CAUSAL")
                                        + ").build())",
                                d.of(1, 1, 4),
                                d.of(2, 1, 1)),
                        d -> d.step(
                                "sd.cnn.conv3d($0, $1, Conv3DConfig.builder().kD(2L).kH(2L).kW(1L)"
                                        + ".dataFormat(\"NDHWC\").build())",
                                d.of(1, 2, 3, 1, 1),
                                d.of(2, 2, 1, 1, 2)),
                        d -> d.step(
                                "sd.cnn.deconv2d($0, $1, DeConv2DConfig.builder().kH(2L).kW(2L).sH(1L).sW(2L).build())",
                                d.of(1, 1, 2, 2),
                                d.of(2, 2, 1, 1)),
                        d -> d.step(
                                "sd.cnn.im2Col($0, Conv2DConfig.builder().kH(2L).kW(2L).sH(1L).sW(1L).pH(1L).build())",
                                d.of(1, 1, 2, 2))));
    }

    private static String convolution(Draw d, String code) {
        boolean last = d.random.nextBoolean();
        String config =
                String.format(CONFIG, d.random.nextInt(1, 3), last ? "NHWC" : "NCHW", d.choice("VALID", "SAME"));
        String step = String.format(code, config);
        String x = last ? d.of(1, 3, 2, 1) : d.of(1, 1, 3, 2);
        String weights = d.of(2, 2, 1, 2);
        return step.contains("$2") ? d.step(step, x, weights, d.of(2)) : d.step(step, x, weights);
    }

    private static Stream<Row> pools() {
        Stream<Row> planes = Stream.of("sd.cnn.maxPooling2d($0, %s)", "sd.cnn.avgPooling2d($0, %s)")
                .map(code -> d -> {
                    boolean last = d.random.nextBoolean();
                    String config = "Pooling2DConfig.builder().kH(2L).kW(2L).sH(1L).sW(2L).isNHWC(" + last
                            + ").paddingMode(PaddingMode." + d.choice("VALID", "SAME") + ").extra("
                            + d.choice("0.0", "1.0") + ").build()";
                    return d.step(String.format(code, config), last ? d.of(1, 3, 2, 1) : d.of(1, 1, 3, 2));
                });
        Stream<Row> solids = Stream.of("max", "avg")
                .map(name -> d -> d.step(
                        "sd.cnn." + name + "Pooling3d($0, Pooling3DConfig.builder().kD(2L).kH(1L).kW(2L).build())",
                        d.of(1, 1, 2, 2, 2)));
        return Stream.concat(planes, solids);
    }

    private static Stream<Row> rearrangements() {
        return Stream.of(
                d -> d.step("sd.cnn.upsampling2d($0, 2, 1, true)", d.of(1, 1, 2, 3)),
                d -> d.step("sd.cnn.spaceToDepth($0, 2, DataFormat.NCHW)", d.of(1, 1, 2, 4)),
                d -> d.step("sd.cnn.depthToSpace($0, 2, DataFormat.NHWC)", d.of(1, 1, 2, 4)));
    }

    private static Stream<Row> attention() {
        return Stream.of(
                d -> d.step(
                        "sd.nn.dotProductAttention($0, $1, $2, null, " + d.random.nextBoolean() + ")",
                        d.of(1, 2, 2),
                        d.of(1, 2, 2),
                        d.of(1, 1, 2)),
                d -> d.step(
                        "sd.nn.multiHeadDotProductAttention($0, $1, $2, $3, $4, $5, $6, null, true)",
                        d.of(1, 2, 1),
                        d.of(1, 2, 2),
                        d.of(1, 1, 2),
                        d.of(1, 2, 2),
                        d.of(1, 2, 2),
                        d.of(1, 2, 1),
                        d.of(2, 2)));
    }
}
