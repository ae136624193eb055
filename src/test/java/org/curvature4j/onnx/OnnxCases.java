package org.curvature4j.onnx;

import java.util.ArrayList;
import java.util.List;

/** Uses of the operators: old and new forms, attributes, ranks that differ. */
final class OnnxCases {
    private final List<OnnxModels> cases = new ArrayList<>();

    private OnnxCases() {}

    static List<OnnxModels> all() {
        OnnxCases all = new OnnxCases();
        all.elementwise();
        all.activations();
        all.products();
        all.windows();
        all.normalizations();
        all.reductions();
        all.shapes();
        all.indices();
        return all.cases;
    }

    private OnnxModels add(String operator, long opset) {
        OnnxModels model = new OnnxModels(operator, opset);
        cases.add(model);
        return model;
    }

    private void elementwise() {
        for (String name : List.of(
                "Abs",
                "Asinh",
                "Atan",
                "Ceil",
                "Cos",
                "Cosh",
                "Erf",
                "Exp",
                "Floor",
                "Neg",
                "Sign",
                "Sin",
                "Sinh",
                "Tan",
                "Tanh",
                "Identity")) {
            add(name, 13).input(2, 3);
        }
        for (String name : List.of("Acos", "Asin", "Atanh")) {
            add(name, 13).input(5).between(-0.9, 0.9);
        }
        for (String name : List.of("Log", "Sqrt", "Reciprocal")) {
            add(name, 13).input(5).between(0.1, 3);
        }
        add("Acosh", 13).input(5).between(1.1, 3);
        add("Dropout", 13).input(2, 3);
        for (String name : List.of("Add", "Sub", "Mul", "Div", "Max", "Min", "Sum", "Mean")) {
            add(name, 13).input(2, 1, 3).input(4, 3);
        }
        add("Max", 13).input(2, 3).input(3).input(1);
        add("Add", 13).input(2, 3).constant(new long[] {3}, 1, 2, 3);
        for (String name : List.of("Equal", "Greater", "GreaterOrEqual", "Less", "LessOrEqual")) {
            add(name, 13).input(2, 3).input(3);
        }
        add("Pow", 13).input(4).constant(new long[0], 3);
        add("Pow", 13).input(4).constant(new long[0], 2);
        add("Pow", 13).input(2, 3).input(3).between(0.2, 2);
        add("Cast", 13).input(4).with("to", 7);
    }

    private void activations() {
        for (String name : List.of(
                "Relu",
                "Sigmoid",
                "Softplus",
                "Softsign",
                "Elu",
                "Celu",
                "Selu",
                "HardSigmoid",
                "LeakyRelu",
                "ThresholdedRelu")) {
            add(name, 13).input(2, 5).between(-4, 4);
        }
        add("HardSwish", 14).input(9).between(-5, 5);
        add("Mish", 18).input(9).between(-5, 5);
        add("Gelu", 20).input(9);
        add("Gelu", 20).input(9).with("approximate", "tanh").within(1e-7);
        add("Elu", 13).input(9).with("alpha", 0.75f);
        add("Celu", 13).input(9).with("alpha", 0.75f);
        add("LeakyRelu", 13).input(9).with("alpha", 0.25f);
        add("PRelu", 13).input(2, 3, 4).constant(new long[] {3, 1}, 0.1, 0.2, 0.3);
        add("Clip", 13).input(9).constant(new long[0], -0.5).constant(new long[0], 1);
        add("Clip", 13).input(9).skipped().constant(new long[0], 1);
    }

    private void products() {
        add("Gemm", 13).input(2, 3).input(3, 4);
        add("Gemm", 13)
                .input(3, 2)
                .input(4, 3)
                .input(4)
                .with("transA", 1L)
                .with("transB", 1L)
                .with("alpha", 0.5f)
                .with("beta", 2f);
        add("MatMul", 13).input(2, 3).input(3, 4);
        add("MatMul", 13).input(5, 2, 3).input(3, 4);
        add("MatMul", 13).input(5, 1, 2, 3).input(4, 3, 2);
        add("MatMul", 13).input(3).input(3, 4);
        add("MatMul", 13).input(2, 3).input(3);
        add("MatMul", 13).input(3).input(3);
        add("MatMul", 13).input(3).input(2, 3, 4);
    }

    private void windows() {
        double[] weights = new double[2 * 3 * 2 * 2];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Math.sin(i + 1);
        }
        long[] shape = {2, 3, 2, 2};
        add("Conv", 13).input(1, 3, 5, 4).constant(shape, weights);
        add("Conv", 13)
                .input(2, 3, 5, 4)
                .constant(shape, weights)
                .constant(new long[] {2}, 0.5, -1)
                .list("pads", 1L, 1L, 1L, 1L);
        add("Conv", 13)
                .input(1, 3, 6, 5)
                .constant(shape, weights)
                .list("strides", 2L, 1L)
                .list("pads", 1L, 0L, 0L, 1L);
        add("Conv", 13).input(1, 3, 6, 5).constant(shape, weights).list("dilations", 2L, 2L);
        add("Conv", 13).input(1, 3, 5, 4).constant(shape, weights).with("auto_pad", "SAME_UPPER");
        add("Conv", 13).input(1, 3, 7).constant(new long[] {2, 3, 4}, weights).list("pads", 1L, 2L);
        for (String name : List.of("AveragePool", "MaxPool")) {
            add(name, 13).input(1, 2, 4, 6).list("kernel_shape", 2L, 2L).list("strides", 2L, 2L);
            add(name, 13).input(1, 2, 5, 5).list("kernel_shape", 3L, 2L).list("pads", 1L, 1L, 1L, 1L);
            add(name, 13).input(1, 2, 7).list("kernel_shape", 3L).list("strides", 2L);
        }
        add("AveragePool", 13)
                .input(1, 2, 5, 5)
                .list("kernel_shape", 3L, 3L)
                .list("pads", 1L, 1L, 1L, 1L)
                .with("count_include_pad", 1L);
        add("MaxPool", 13).input(1, 2, 5, 5).list("kernel_shape", 2L, 2L).list("pads", 1L, 0L, 0L, 1L);
        add("GlobalAveragePool", 13).input(2, 3, 4, 5);
        add("GlobalMaxPool", 13).input(2, 3, 4, 5);
    }

    private void normalizations() {
        long[] three = {3};
        add("BatchNormalization", 15)
                .input(2, 3, 4, 2)
                .constant(three, 1, 2, 3)
                .constant(three, 0, 1, -1)
                .constant(three, 0.1, 0.2, 0.3)
                .constant(three, 1, 2, 0.5)
                .with("epsilon", 0.0009765625f);
        add("InstanceNormalization", 13)
                .input(2, 3, 4, 2)
                .constant(three, 1, 2, 3)
                .constant(three, 0, 1, -1)
                .with("epsilon", 0.0009765625f);
        add("LayerNormalization", 17)
                .input(2, 4, 3)
                .constant(three, 1, 2, 3)
                .constant(three, 0, 1, -1)
                .with("epsilon", 0.0009765625f);
        add("LayerNormalization", 17).input(2, 3).constant(three, 1, 2, 3).with("epsilon", 0.0009765625f);
        for (String name : List.of("Softmax", "LogSoftmax")) {
            add(name, 13).input(2, 3, 4);
            add(name, 13).input(2, 3, 4).with("axis", 1L);
            add(name, 11).input(2, 3);
        }
    }

    private void reductions() {
        for (String name : List.of(
                "ReduceMean",
                "ReduceMax",
                "ReduceMin",
                "ReduceProd",
                "ReduceL1",
                "ReduceL2",
                "ReduceSumSquare",
                "ReduceLogSum",
                "ReduceLogSumExp")) {
            add(name, 13).input(2, 3, 4).list("axes", -1L).with("keepdims", 0L).between(0.2, 2);
            add(name, 13).input(2, 3, 4).list("axes", 0L, 2L).between(0.2, 2);
            add(name, 13).input(2, 3).with("keepdims", 0L).between(0.2, 2);
        }
        add("ReduceMean", 18).input(2, 3, 4).integers(1);
        add("ReduceSum", 13).input(2, 3, 4).integers(-1, 0).with("keepdims", 0L);
        add("ReduceSum", 13).input(2, 3);
        add("ReduceSum", 11).input(2, 3).list("axes", 1L);
        add("ArgMax", 13).input(2, 5).with("axis", 1L);
        add("ArgMin", 13).input(2, 5).with("axis", -1L).with("keepdims", 0L);
        add("CumSum", 14).input(2, 5).integers(1);
        add("CumSum", 14).input(2, 5).integers(-2).with("exclusive", 1L).with("reverse", 1L);
    }

    private void shapes() {
        add("Reshape", 13).input(2, 3, 4).integers(4, -1);
        add("Reshape", 13).input(2, 3, 4).integers(0, -1);
        add("Flatten", 13).input(2, 3, 4);
        add("Flatten", 13).input(2, 3, 4).with("axis", 2L);
        add("Flatten", 13).input(2, 3, 4).with("axis", 0L);
        add("Flatten", 13).input(2, 3, 4).with("axis", -1L);
        add("Transpose", 13).input(2, 3, 4);
        add("Transpose", 13).input(2, 3, 4).list("perm", 1L, 2L, 0L);
        add("Squeeze", 13).input(1, 3, 1).integers(0, 2);
        add("Squeeze", 11).input(1, 3, 1).list("axes", 2L);
        add("Unsqueeze", 13).input(2, 3).integers(0, -1);
        add("Unsqueeze", 11).input(2, 3).list("axes", 1L);
        add("Expand", 13).input(3, 1).integers(2, 1, 4);
        add("Tile", 13).input(2, 3).integers(2, 2);
        add("Pad", 13).input(2, 3).integers(0, 1, 1, 2);
        add("Pad", 13).input(2, 3).integers(0, 1, 1, 2).constant(new long[0], 7);
        add("Concat", 13).input(2, 3).input(2, 1).with("axis", -1L);
    }

    private void indices() {
        add("Gather", 13).input(4, 3).integers(2, 0);
        add("Gather", 13).input(4, 3).integers(1).with("axis", 1L);
        add("Slice", 13).input(5, 4).integers(1).integers(4);
        add("Slice", 13)
                .input(5, 4)
                .integers(-3, 0)
                .integers(Long.MAX_VALUE, 3)
                .integers(0, 1)
                .integers(2, 1);
        add("Slice", 9).input(5, 4).list("starts", 1L).list("ends", -1L).list("axes", 1L);
        add("Split", 13).outputs(2).input(4, 3).integers(1, 3);
        add("Split", 11).outputs(2).input(4, 3).list("split", 2L, 2L);
        add("Shape", 13).input(4, 3);
        add("Size", 13).input(4, 3);
        add("Where", 13).booleans(true, false, true).input(2, 3).input(3);
        add("And", 13).booleans(true, false, true).booleans(true, true, false);
        add("Or", 13).booleans(true, false, true).booleans(true, true, false);
        add("Xor", 13).booleans(true, false, true).booleans(true, true, false);
        add("Constant", 13).list("value_ints", 3L, 4L);
        add("ConstantOfShape", 13).integers(2, 3);
    }
}
