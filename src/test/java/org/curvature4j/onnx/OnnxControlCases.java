package org.curvature4j.onnx;

import static onnx.Onnx.TensorProto.DataType.BOOL;
import static onnx.Onnx.TensorProto.DataType.DOUBLE;
import static onnx.Onnx.TensorProto.DataType.INT64;

import onnx.Onnx.GraphProto;

/** Uses of branches and loops. */
final class OnnxControlCases {
    private OnnxControlCases() {}

    static void addTo(OnnxCases cases) {
        branches(cases);
        loops(cases);
        scans(cases);
        longLoops(cases);
    }

    private static GraphProto scaled(double factor) {
        return new OnnxBodies()
                .number("factor", factor)
                .node("Mul", "x0", "factor", "scaled")
                .output(DOUBLE, "scaled");
    }

    private static void branches(OnnxCases cases) {
        for (boolean condition : new boolean[] {true, false}) {
            cases.add("If", 13)
                    .booleans(condition)
                    .captured(2, 3)
                    .with("then_branch", scaled(2))
                    .with("else_branch", scaled(-3));
        }
        cases.add("If", 13)
                .truth()
                .captured(2, 3)
                .with("then_branch", scaled(2))
                .with("else_branch", scaled(-3));
    }

    /** s becomes s * number of the step + captured; put out before. */
    private static GraphProto body(String condition) {
        return new OnnxBodies()
                .input("i", INT64)
                .input("going", BOOL)
                .input("s", DOUBLE)
                .number("two", 2)
                .node(OnnxModels.cast(DOUBLE), "i", "step")
                .node("Mul", "s", "step", "product")
                .node("Add", "product", "x1", "next")
                .node("Identity", "going", "still")
                .node("Less", "step", "two", "early")
                .node("Identity", "s", "before")
                .output(BOOL, condition, "next", "before");
    }

    private static void loops(OnnxCases cases) {
        for (String condition : new String[] {"still", "early"}) {
            cases.add("Loop", 13)
                    .outputs(2)
                    .integer(5)
                    .skipped()
                    .input(2, 3)
                    .captured(2, 3)
                    .with("body", body(condition));
        }
        cases.add("Loop", 13)
                .outputs(2)
                .skipped()
                .booleans(new long[0], true)
                .input(3)
                .captured(3)
                .with("body", body("early"));
    }

    private static void longLoops(OnnxCases cases) {
        cases.add("Loop", 13)
                .outputs(2)
                .looksAt(1)
                .integer(50)
                .skipped()
                .input(2, 3)
                .captured(2, 3)
                .with("body", contraction());
        cases.add("Scan", 11)
                .outputs(2)
                .looksAt(1)
                .input(3)
                .input(50, 3)
                .with("num_scan_inputs", 1L)
                .with("body", step());
        cases.add("Scan", 11)
                .outputs(2)
                .input(3)
                .input(50, 3)
                .with("num_scan_inputs", 1L)
                .with("body", step());
    }

    /** s becomes tanh of s + captured / (number of the step + 2). */
    private static GraphProto contraction() {
        return new OnnxBodies()
                .input("i", INT64)
                .input("going", BOOL)
                .input("s", DOUBLE)
                .number("two", 2)
                .node(OnnxModels.cast(DOUBLE), "i", "step")
                .node("Add", "step", "two", "divisor")
                .node("Div", "x1", "divisor", "share")
                .node("Add", "s", "share", "sum")
                .node("Tanh", "sum", "next")
                .node("Identity", "going", "still")
                .node("Identity", "sum", "out")
                .output(BOOL, "still", "next", "out");
    }

    private static GraphProto step() {
        return new OnnxBodies()
                .input("s", DOUBLE)
                .input("x", DOUBLE)
                .node("Tanh", "s", "t")
                .node("Add", "t", "x", "next")
                .node("Mul", "t", "x", "out")
                .output(DOUBLE, "next", "out");
    }

    private static void scans(OnnxCases cases) {
        cases.add("Scan", 11)
                .outputs(2)
                .input(3)
                .input(4, 3)
                .with("num_scan_inputs", 1L)
                .with("body", step());
        cases.add("Scan", 11)
                .outputs(2)
                .looksAt(1)
                .input(3)
                .input(3, 4)
                .with("num_scan_inputs", 1L)
                .list("scan_input_axes", 1L)
                .list("scan_input_directions", 1L)
                .list("scan_output_axes", -1L)
                .list("scan_output_directions", 1L)
                .with("body", step());
        cases.add("Scan", 8)
                .outputs(2)
                .looksAt(1)
                .skipped()
                .input(2, 3)
                .input(2, 4, 3)
                .with("num_scan_inputs", 1L)
                .with("body", step());
    }
}
