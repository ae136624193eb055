package org.curvature4j.contract;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.Evaluator;
import org.curvature4j.Hessian;
import org.curvature4j.Jacobian;
import org.curvature4j.Kinks;
import org.curvature4j.SingularValues;
import org.curvature4j.TensorFunction;
import org.curvature4j.internal.tutorial.FiniteDifferences;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

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

    private static ArrayCall.Call evaluator(Use<Evaluator> use) {
        return array -> {
            try (Evaluator prepared = function("y").prepare()) {
                return use.of(prepared, array);
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

    static List<ArrayCall> all() {
        INDArray point = ArrayVariants.numbers(3);
        INDArray points = ArrayVariants.numbers(2, 3);
        List<ArrayCall> calls = new ArrayList<>();
        calls.add(ArrayCall.of("Evaluator.at(INDArray)", "point", evaluator(Evaluator::at), 3));
        calls.add(ArrayCall.of(
                "Evaluator.at(INDArray, INDArray)",
                "point",
                evaluator((e, a) -> {
                    INDArray result = ArrayVariants.numbers(3);
                    e.at(a, result);
                    return result;
                }),
                3));
        calls.add(ArrayCall.into(
                "Evaluator.at(INDArray, INDArray)",
                "result",
                evaluator((e, a) -> {
                    e.at(point, a);
                    return a;
                }),
                3));
        calls.add(ArrayCall.of("Evaluator.batch(INDArray)", "points", evaluator(Evaluator::batch), 2, 3));
        calls.add(ArrayCall.of(
                "Evaluator.batch(INDArray, INDArray)",
                "points",
                evaluator((e, a) -> {
                    INDArray results = ArrayVariants.numbers(2, 3);
                    e.batch(a, results);
                    return results;
                }),
                2,
                3));
        calls.add(ArrayCall.into(
                "Evaluator.batch(INDArray, INDArray)",
                "results",
                evaluator((e, a) -> {
                    e.batch(points, a);
                    return a;
                }),
                2,
                3));
        calls.add(ArrayCall.of("Evaluator.call(INDArray[])", "argument", evaluator((e, a) -> e.call(a)), 3));
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
                "TensorFunction.values(INDArray)", "points", a -> function("y").values(a), 2, 3));
        calls.add(ArrayCall.of(
                "TensorFunction.call(INDArray[])",
                "argument",
                a -> function("y").call(a),
                3));
        calls.add(ArrayCall.of(
                "SingularValues.sensitivity(Jacobian, INDArray)",
                "points",
                jacobian((j, a) -> SingularValues.sensitivity(j, a).norms()),
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
                "Hessian.kinks(INDArray)", "batch", hessian((h, a) -> h.kinks(a).onKinks()), 2, 3));
        calls.add(ArrayCall.of(
                "Kinks.count(INDArray)",
                "points",
                a -> {
                    try (Kinks kinks = Kinks.of(function("f"))) {
                        return kinks.count(a).onKinks();
                    }
                },
                2,
                3));
        matrices(calls, "Hessian", point, points);
        matrices(calls, "Jacobian", point, points);
        return calls;
    }

    /** What Hessians and Jacobians have in common; both are 3 by 3 here. */
    private static void matrices(List<ArrayCall> calls, String name, INDArray point, INDArray points) {
        boolean second = name.equals("Hessian");
        calls.add(ArrayCall.of(
                name + ".at(INDArray)", "point", second ? hessian(Hessian::at) : jacobian(Jacobian::at), 3));
        calls.add(ArrayCall.of(
                name + ".batch(INDArray)",
                "batch",
                second ? hessian(Hessian::batch) : jacobian(Jacobian::batch),
                2,
                3));
        ArrayCall.Call at = second
                ? hessian((h, a) -> filled(a, r -> h.at(a, r), 3, 3))
                : jacobian((j, a) -> filled(a, r -> j.at(a, r), 3, 3));
        calls.add(ArrayCall.of(name + ".at(INDArray, INDArray)", "point", at, 3));
        ArrayCall.Call batch = second
                ? hessian((h, a) -> filled(a, r -> h.batch(a, r), 2, 3, 3))
                : jacobian((j, a) -> filled(a, r -> j.batch(a, r), 2, 3, 3));
        calls.add(ArrayCall.of(name + ".batch(INDArray, INDArray)", "batch", batch, 2, 3));
        ArrayCall.Call atInto = second
                ? hessian((h, a) -> written(a, r -> h.at(point, r)))
                : jacobian((j, a) -> written(a, r -> j.at(point, r)));
        calls.add(ArrayCall.into(name + ".at(INDArray, INDArray)", "result", atInto, 3, 3));
        ArrayCall.Call batchInto = second
                ? hessian((h, a) -> written(a, r -> h.batch(points, r)))
                : jacobian((j, a) -> written(a, r -> j.batch(points, r)));
        calls.add(ArrayCall.into(name + ".batch(INDArray, INDArray)", "results", batchInto, 2, 3, 3));
    }

    private interface Filling {
        void into(INDArray results);
    }

    @SuppressWarnings("unused") // the array is in the filling
    private static INDArray filled(INDArray array, Filling filling, long... shape) {
        return written(ArrayVariants.numbers(shape), filling);
    }

    private static INDArray written(INDArray results, Filling filling) {
        filling.into(results);
        return results;
    }
}
