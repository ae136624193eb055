package org.curvature4j.contract;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.curvature4j.Hessian;
import org.curvature4j.Jacobian;
import org.curvature4j.TensorFunction;
import org.curvature4j.spectrum.SingularSpectra;
import org.curvature4j.spectrum.Spectrum;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What is computed, and at which points, can't be missing: null is refused by the argument's name. */
@SuppressWarnings({"NullAway", "DataFlowIssue"})
class MissingPointsTest {
    private static final @Nullable INDArray NONE = null;

    private static SameDiff graph() {
        SameDiff graph = SameDiff.create();
        graph.math().square(graph.placeHolder("x", DataType.DOUBLE, -1, 2)).sum("f", true, 1);
        return graph;
    }

    private static Arguments call(String argument, ThrowingCallable call) {
        return Arguments.of(argument, call);
    }

    static Stream<Arguments> calls() {
        TensorFunction function = TensorFunction.of(graph(), "f", "x");
        Hessian hessian = Hessian.of(function);
        return Stream.of(
                call("points", () -> hessian.batch(NONE)),
                call("point", () -> hessian.at(NONE)),
                call("point", () -> hessian.at((double[]) null)),
                call("graph", () -> TensorFunction.of(null, "f", "x")),
                call("feed 'x'", () -> TensorFunction.builder(graph()).feed("x", null)),
                call("function", () -> Hessian.of(null)),
                call("function", () -> Jacobian.of(null)),
                call("matrix", () -> Spectrum.of(NONE)),
                call("matrices", () -> SingularSpectra.of(NONE)));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void areRefusedByName(String argument, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(NullPointerException.class)
                .hasMessage(argument + ": expected a value, got null");
    }
}
