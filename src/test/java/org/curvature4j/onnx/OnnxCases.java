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
        all.reductions();
        all.indices();
        OnnxShapeCases.addTo(all);
        OnnxIndexCases.addTo(all);
        OnnxControlCases.addTo(all);
        OnnxLayerCases.addTo(all);
        OnnxSequenceCases.addTo(all);
        all.cases.addAll(OnnxWindowCases.all());
        all.cases.addAll(OnnxResizeCases.all());
        all.cases.addAll(OnnxNormalizationCases.all());
        all.cases.addAll(OnnxMicrosoftCases.all());
        return all.cases;
    }

    OnnxModels add(String operator, long opset) {
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
        add("Shrink", 9).input(9).single();
        add("Shrink", 9).input(9).with("lambd", -0.5f).with("bias", 0.25f).single();
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
    }

    private void indices() {
        add("Where", 13).booleans(true, false, true).input(2, 3).input(3);
        add("And", 13).booleans(true, false, true).booleans(true, true, false);
        add("Or", 13).booleans(true, false, true).booleans(true, true, false);
        add("Xor", 13).booleans(true, false, true).booleans(true, true, false);
        add("Constant", 13).list("value_ints", 3L, 4L);
        add("ConstantOfShape", 13).integers(2, 3);
    }
}
