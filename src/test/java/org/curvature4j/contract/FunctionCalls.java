package org.curvature4j.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.curvature4j.DerivativeCheck;
import org.curvature4j.Hessian;
import org.curvature4j.Jacobian;
import org.curvature4j.Kinks;
import org.curvature4j.PreparedDerivatives;
import org.curvature4j.PreparedFunction;
import org.curvature4j.Quantities;
import org.curvature4j.Quantity;
import org.curvature4j.TensorFunction;
import org.curvature4j.internal.host.ArrayRows;
import org.curvature4j.internal.tutorial.FiniteDifferences;
import org.curvature4j.operator.LinearOperator;
import org.curvature4j.stream.Progress;
import org.curvature4j.stream.RowSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Functions and their derivatives, of points with three numbers. */
final class FunctionCalls {
    private FunctionCalls() {}

    /** y = x^2 c of x [B, 3]. */
    private static SameDiff graph() {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, -1, 3);
        SDVariable c = sd.placeHolder("c", DataType.DOUBLE, 3);
        sd.math().square(x).mul("y", c);
        sd.sum("f", sd.getVariable("y"), true, 1);
        return sd;
    }

    private static TensorFunction function(String output) {
        return TensorFunction.builder(graph())
                .output(output)
                .withRespectTo("x")
                .feed("c", ArrayVariants.numbers(3))
                .build();
    }

    private interface Use<T> {
        Object of(T prepared, INDArray array);
    }

    private static ArrayCall.Call prepared(Use<PreparedFunction> use) {
        return array -> {
            try (PreparedFunction prepared = function("y").prepare()) {
                return use.of(prepared, array);
            }
        };
    }

    private static ArrayCall.Call together(
            Function<PreparedDerivatives, Function<INDArray, Quantities<INDArray>>> use) {
        return array -> {
            try (PreparedDerivatives prepared = function("f").prepare(Quantity.VALUE, Quantity.HESSIAN)) {
                Quantities<INDArray> computed = use.apply(prepared).apply(array);
                return computed.hessian();
            }
        };
    }

    private static ArrayCall.Call hessian(Use<Hessian> use) {
        return array -> {
            try (Hessian prepared = Hessian.of(function("f"))) {
                return use.of(prepared, array);
            }
        };
    }

    private static ArrayCall.Call jacobian(Use<Jacobian> use) {
        return array -> {
            try (Jacobian prepared = Jacobian.of(function("y"))) {
                return use.of(prepared, array);
            }
        };
    }

    /** Of the function in a point of these sizes, without an axis for examples. */
    private static TensorFunction function(String output, long... shape) {
        return TensorFunction.builder(graph())
                .output(output)
                .withRespectTo("x")
                .shape("x", 1, 3)
                .feed("c", ArrayVariants.numbers(shape))
                .build();
    }

    private static void operator(List<ArrayCall> calls, String method, Function<INDArray, LinearOperator> operator) {
        calls.add(ArrayCall.of(
                "TensorFunction." + method,
                "point",
                a -> {
                    try (LinearOperator made = operator.apply(a)) {
                        return made.toDense();
                    }
                },
                3));
    }

    static List<ArrayCall> all() {
        INDArray points = ArrayVariants.numbers(2, 3);
        List<ArrayCall> calls = new ArrayList<>();
        points(calls);
        examples(calls);
        calls.add(ArrayCall.of("PreparedFunction.call(INDArray[])", "argument", prepared((p, a) -> p.call(a)), 3));
        calls.add(
                ArrayCall.of("PreparedDerivatives.at(INDArray, INDArray[])", "point", together(d -> a -> d.at(a)), 3));
        calls.add(ArrayCall.of(
                "PreparedDerivatives.batch(INDArray, INDArray[])", "points", together(d -> a -> d.batch(a)), 2, 3));
        operator(calls, "hessianOperator(INDArray, INDArray[])", a -> function("f")
                .hessianOperator(a));
        operator(calls, "jacobianOperator(INDArray, INDArray[])", a -> function("y")
                .jacobianOperator(a));
        operator(calls, "gaussNewtonOperator(INDArray, INDArray[])", a -> function("y")
                .gaussNewtonOperator(a));
        operator(calls, "gaussNewtonOperator(INDArray, TensorFunction, INDArray[])", a -> function("y")
                .gaussNewtonOperator(a, function("f", 3)));
        calls.add(ArrayCall.of(
                "DerivativeCheck.at(INDArray)",
                "points",
                a -> DerivativeCheck.of(function("y"))
                        .at(a)
                        .report()
                        .comparisons()
                        .size(),
                2,
                3));
        calls.add(ArrayCall.of(
                "FunctionBuilder.feed(String, INDArray)",
                "value",
                a -> TensorFunction.builder(graph())
                        .output("y")
                        .withRespectTo("x")
                        .feed("c", a)
                        .build()
                        .jacobian()
                        .values(points),
                3));
        calls.add(ArrayCall.of(
                "TensorFunction.values(INDArray, INDArray[])",
                "points",
                a -> function("y").values(a),
                2,
                3));
        calls.add(ArrayCall.of(
                "TensorFunction.call(INDArray[])",
                "argument",
                a -> function("y").call(a),
                3));
        calls.add(ArrayCall.of(
                "Jacobian.sensitivity(INDArray, INDArray[])",
                "points",
                jacobian((j, a) -> j.sensitivity(a).norms()),
                2,
                3));
        calls.add(ArrayCall.of(
                "FiniteDifferences.jacobian(TensorFunction, INDArray)",
                "points",
                a -> FiniteDifferences.jacobian(function("y"), a),
                2,
                3));
        calls.add(ArrayCall.of(
                "FiniteDifferences.hessian(TensorFunction, INDArray)",
                "points",
                a -> FiniteDifferences.hessian(function("f"), a),
                2,
                3));
        calls.add(ArrayCall.of(
                "PreparedFunction.kinks(INDArray, INDArray[])",
                "batch",
                hessian((h, a) -> h.kinks(a).onKinks()),
                2,
                3));
        calls.add(ArrayCall.of(
                "Kinks.count(INDArray, INDArray[])",
                "points",
                a -> {
                    try (Kinks kinks = Kinks.of(function("f"))) {
                        return kinks.count(a).onKinks();
                    }
                },
                2,
                3));
        return calls;
    }

    /** The same function, its factors beside the points. */
    private static ArrayCall.Call beside(Use<PreparedFunction> use) {
        TensorFunction function = TensorFunction.builder(graph())
                .output("y")
                .withRespectTo("x")
                .perPoint("c")
                .build();
        return array -> {
            try (PreparedFunction prepared = function.prepare()) {
                return use.of(prepared, array);
            }
        };
    }

    private static INDArray atPresent(INDArray factors) {
        SameDiff sd = SameDiff.create();
        SDVariable c = sd.placeHolder("c", DataType.DOUBLE, 3);
        sd.math().square(sd.var("w", ArrayVariants.numbers(3))).mul("y", c);
        TensorFunction function = TensorFunction.builder(sd)
                .output("y")
                .withRespectTo("w")
                .perPoint("c")
                .build();
        try (PreparedFunction prepared = function.prepare()) {
            return prepared.atPresent(factors);
        }
    }

    private static void points(List<ArrayCall> calls) {
        INDArray point = ArrayVariants.numbers(3);
        INDArray points = ArrayVariants.numbers(2, 3);
        String two = "(INDArray, INDArray[])";
        String three = "(INDArray, INDArray, INDArray[])";
        calls.add(ArrayCall.of("PreparedFunction.at" + two, "point", beside((p, a) -> p.at(a, point)), 3));
        calls.add(ArrayCall.of("PreparedFunction.at" + two, "data", beside((p, a) -> p.at(point, a)), 3));
        calls.add(ArrayCall.of("PreparedFunction.batch" + two, "points", beside((p, a) -> p.batch(a, points)), 2, 3));
        calls.add(ArrayCall.of("PreparedFunction.batch" + two, "data", beside((p, a) -> p.batch(points, a)), 2, 3));
        calls.add(ArrayCall.of("PreparedFunction.atPresent(INDArray[])", "data", FunctionCalls::atPresent, 3));
        calls.add(ArrayCall.of(
                "PreparedFunction.atInto" + three,
                "point",
                beside((p, a) -> written(ArrayVariants.numbers(3), r -> p.atInto(r, a, point))),
                3));
        calls.add(ArrayCall.into(
                "PreparedFunction.atInto" + three,
                "result",
                beside((p, a) -> written(a, r -> p.atInto(r, point, point))),
                3));
        calls.add(ArrayCall.of(
                "PreparedFunction.batchInto" + three,
                "points",
                beside((p, a) -> written(ArrayVariants.numbers(2, 3), r -> p.batchInto(r, a, points))),
                2,
                3));
        calls.add(ArrayCall.into(
                "PreparedFunction.batchInto" + three,
                "results",
                beside((p, a) -> written(a, r -> p.batchInto(r, points, points))),
                2,
                3));
    }

    private static void examples(List<ArrayCall> calls) {
        INDArray point = ArrayVariants.numbers(3);
        INDArray points = ArrayVariants.numbers(2, 3);
        String two = "PreparedFunction.perExample(INDArray, INDArray[])";
        calls.add(ArrayCall.of(two, "point", beside((p, a) -> p.perExample(a, points)), 3));
        calls.add(ArrayCall.of(two, "data", beside((p, a) -> p.perExample(point, a)), 2, 3));
        calls.add(ArrayCall.of(
                "PreparedFunction.perExample(INDArray, RowSink, Progress, RowSource[])",
                "point",
                beside((p, a) -> {
                    double[] found = new double[6];
                    RowSource data = ArrayRows.source(new double[] {1, 2, 3, 4, 5, 6}, 3);
                    p.perExample(a, ArrayRows.sink(found, 3), Progress.NONE, data);
                    return Nd4j.createFromArray(found);
                }),
                3));
    }

    private static INDArray written(INDArray results, Consumer<INDArray> filling) {
        filling.accept(results);
        return results;
    }
}
