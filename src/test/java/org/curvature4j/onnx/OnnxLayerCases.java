package org.curvature4j.onnx;

import java.util.List;
import onnx.Onnx.TensorProto.DataType;

/** Uses of recurrent layers, of quantised numbers, of bits and of scikit-learn's models. */
final class OnnxLayerCases {
    private static final long[] ONE = {};
    /** ONNX Runtime computes these in float32, whatever the type of their input. */
    private static final double SINGLE = 1e-5;

    private OnnxLayerCases() {}

    static void addTo(OnnxCases cases) {
        recurrent(cases);
        quantized(cases);
        logic(cases);
        activations(cases);
        linear(cases);
        cases.add("Det", 11).input(2, 3, 3);
    }

    /** X [steps, batch, inputs], W, R and B. */
    private static OnnxModels recurrent(OnnxCases cases, String operator, int gates, int directions) {
        return cases.add(operator, 14)
                .input(4, 2, 3)
                .input(directions, gates * 2L, 3)
                .input(directions, gates * 2L, 2)
                .input(directions, gates * 4L)
                .with("hidden_size", 2)
                .outputs(operator.equals("LSTM") ? 3 : 2)
                .between(-1, 1);
    }

    private static void recurrent(OnnxCases cases) {
        for (String operator : List.of("RNN", "GRU", "LSTM")) {
            int gates = operator.equals("RNN") ? 1 : operator.equals("GRU") ? 3 : 4;
            recurrent(cases, operator, gates, 1);
            recurrent(cases, operator, gates, 1).with("direction", "reverse").looksAt(1);
            recurrent(cases, operator, gates, 2).with("direction", "bidirectional");
            recurrent(cases, operator, gates, 2)
                    .whole(DataType.INT32, new long[] {2}, 4, 2)
                    .input(2, 2, 2)
                    .with("direction", "bidirectional");
            recurrent(cases, operator, gates, 1).with("clip", 0.25f);
        }
        recurrent(cases, "GRU", 3, 1).with("linear_before_reset", 1L);
        recurrent(cases, "RNN", 1, 2)
                .with("direction", "bidirectional")
                .words("activations", "LeakyRelu", "HardSigmoid")
                .floats("activation_alpha", 0.1, 0.3)
                .floats("activation_beta", 0.2, 0.4);
        recurrent(cases, "RNN", 1, 1).words("activations", "Softsign");
        recurrent(cases, "GRU", 3, 1).words("activations", "LeakyRelu", "Elu");
        recurrent(cases, "LSTM", 4, 1)
                .skipped()
                .input(1, 2, 2)
                .input(1, 2, 2)
                .input(1, 6)
                .looksAt(2);
        recurrent(cases, "LSTM", 4, 1).with("input_forget", 1L);
    }

    private static void quantized(OnnxCases cases) {
        cases.add("DequantizeLinear", 13)
                .whole(DataType.UINT8, new long[] {2, 2}, 3, 200, 17, 0)
                .constant(new long[] {2}, 0.5, 0.25)
                .whole(DataType.UINT8, new long[] {2}, 10, 20);
        cases.add("DequantizeLinear", 21)
                .whole(DataType.INT8, new long[] {2, 4}, 3, -100, 17, 0, 1, 2, 3, -4)
                .constant(new long[] {2, 2}, 0.5, 0.25, 2, 4)
                .with("block_size", 2L);
        cases.add("QuantizeLinear", 13)
                .constant(new long[] {5}, -40, -0.75, 0.25, 0.75, 30)
                .constant(ONE, 0.5)
                .whole(DataType.INT8, ONE, 3);
    }

    private static void logic(OnnxCases cases) {
        double[] special = {Double.NaN, Double.POSITIVE_INFINITY, -1, Double.NEGATIVE_INFINITY};
        cases.add("Not", 1).booleans(true, false);
        cases.add("IsNaN", 13).constant(new long[] {4}, special);
        cases.add("IsInf", 10).constant(new long[] {4}, special);
        cases.add("IsInf", 10).constant(new long[] {4}, special).with("detect_negative", 0L);
        for (String name : List.of("BitwiseAnd", "BitwiseOr", "BitwiseXor")) {
            cases.add(name, 18).integers(12, -7, 5).integers(10, 3, 1);
        }
        cases.add("BitwiseNot", 18).integers(12, -7);
        cases.add("BitwiseNot", 18).whole(DataType.UINT8, new long[] {2}, 200, 250);
        for (String direction : List.of("LEFT", "RIGHT")) {
            cases.add("BitShift", 11)
                    .whole(DataType.UINT8, new long[] {3}, 129, 5, 9)
                    .whole(DataType.UINT8, new long[] {3}, 1, 2, 5)
                    .with("direction", direction);
        }
        cases.add("Round", 11).constant(new long[] {6}, 0.5, 1.5, 2.5, -0.5, -1.5, 0.49999999999999994);
        cases.add("Mod", 13).integers(7, -7, 7, -7).integers(3, 3, -3, -3);
        cases.add("Mod", 13)
                .input(4)
                .constant(new long[] {4}, 0.3, -0.3, 0.7, -0.7)
                .with("fmod", 1L);
        cases.add("CastLike", 15).input(3).integers(1);
        cases.add("Range", 11).integer(3).integer(20).integer(4);
        cases.add("Range", 11).constant(ONE, 2).constant(ONE, -1).constant(ONE, -0.75);
    }

    private static void activations(OnnxCases cases) {
        long[] shape = {3};
        cases.add("Shrink", 9).input(9).with("lambd", 0.5f).with("bias", 0.25f).within(SINGLE);
        cases.add("Swish", 24).constant(shape, -1, 0, 2).with("alpha", 0f).gives(-0.5, 0, 1);
        cases.add("SwiGLU", 28)
                .constant(shape, -1, 0, 2)
                .constant(shape, 2, 3, 4)
                .with("alpha", 0f)
                .gives(-1, 0, 4);
        cases.add("Affine", 1)
                .constant(shape, -1, 0, 2)
                .with("alpha", 2f)
                .with("beta", 0.5f)
                .gives(-1.5, 0.5, 4.5);
        cases.add("ScaledTanh", 1)
                .constant(shape, -1, 0, 2)
                .with("alpha", 2f)
                .with("beta", 0.5f)
                .gives(2 * Math.tanh(-0.5), 0, 2 * Math.tanh(1));
        cases.add("ParametricSoftplus", 1)
                .constant(shape, -1, 0, 2)
                .with("alpha", 2f)
                .with("beta", 0.5f)
                .gives(2 * Math.log1p(Math.exp(-0.5)), 2 * Math.log(2), 2 * Math.log1p(Math.exp(1)));
    }

    private static void linear(OnnxCases cases) {
        String set = "ai.onnx.ml";
        double[] weights = {0.5, -1, 2, 0.25, 1.5, -0.75};
        cases.add("LinearRegressor", 13)
                .input(4, 3)
                .floats("coefficients", weights)
                .floats("intercepts", 0.1, -0.2)
                .with("targets", 2L)
                .of(set);
        for (String transform : List.of("NONE", "SOFTMAX", "LOGISTIC")) {
            cases.add("LinearClassifier", 13)
                    .input(4, 3)
                    .floats("coefficients", weights)
                    .floats("intercepts", 0.1, -0.2)
                    .list("classlabels_ints", 3, 7)
                    .with("post_transform", transform)
                    .outputs(2)
                    .looksAt(1)
                    .within(SINGLE)
                    .of(set);
        }
        cases.add("LinearClassifier", 13)
                .input(4, 3)
                .floats("coefficients", weights)
                .floats("intercepts", 0.1, -0.2)
                .list("classlabels_ints", 3, 7)
                .outputs(2)
                .of(set);
        for (String kernel : List.of("LINEAR", "POLY", "RBF", "SIGMOID")) {
            cases.add("SVMRegressor", 13)
                    .input(4, 3)
                    .floats("support_vectors", weights)
                    .floats("coefficients", 1.5, -0.5)
                    .floats("rho", 0.25)
                    .floats("kernel_params", 0.5, 0.75, 3)
                    .with("kernel_type", kernel)
                    .with("n_supports", 2L)
                    .of(set);
        }
        cases.add("Scaler", 13)
                .input(4, 3)
                .floats("scale", 2, 3, 4)
                .floats("offset", 0.5, 1, -1)
                .within(SINGLE)
                .of(set);
        for (String norm : List.of("MAX", "L1", "L2")) {
            cases.add("Normalizer", 13)
                    .input(4, 3)
                    .with("norm", norm)
                    .between(0.1, 2)
                    .within(SINGLE)
                    .of(set);
        }
        cases.add("Binarizer", 13).input(4, 3).with("threshold", 0.5f).of(set);
        cases.add("ArrayFeatureExtractor", 13).input(4, 3).integers(2, 0).of(set);
    }
}
