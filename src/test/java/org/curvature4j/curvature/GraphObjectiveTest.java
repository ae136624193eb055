package org.curvature4j.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.curvature4j.TensorFunction;
import org.curvature4j.internal.tutorial.Functions;
import org.curvature4j.internal.tutorial.ModelGraph;
import org.curvature4j.internal.tutorial.Models;
import org.curvature4j.operator.LinearOperator;
import org.curvature4j.optimize.Method;
import org.curvature4j.optimize.Minimizer;
import org.curvature4j.optimize.MinimizerOptions;
import org.curvature4j.optimize.MinimizerResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

class GraphObjectiveTest {
    private static TensorFunction of(ModelGraph model) {
        return TensorFunction.of(model.sd(), model.output(), model.input());
    }

    @ParameterizedTest
    @EnumSource
    void minimisesRosenbrocksGraph(Method method) {
        try (GraphObjective objective = GraphObjective.of(of(Functions.rosenbrock()))) {
            MinimizerResult result = Minimizer.minimize(
                    method,
                    objective,
                    new double[] {-1.2, 1},
                    MinimizerOptions.usual().mostIterations(100_000).withClassification());

            assertThat(result.converged()).as("%s", result).isTrue();
            assertThat(result.point()[0]).isCloseTo(1, within(1e-7));
            assertThat(result.point()[1]).isCloseTo(1, within(1e-7));
        }
    }

    @Test
    void productsAndTheWholeHessianAgree() {
        try (GraphObjective objective = GraphObjective.of(of(Models.byName("two-two-one", 0)))) {
            double[] point = {0.3, -0.2, 0.5, 0.1, -0.4, 0.7, 0.2, -0.9, 0.6, 1.1, -0.3};
            try (LinearOperator hessian = objective.hessian(point)) {
                double[] whole = hessian.toDense();
                for (int j = 0; j < 11; j++) {
                    double[] unit = new double[11];
                    unit[j] = 1;
                    double[] column = hessian.apply(unit);
                    for (int i = 0; i < 11; i++) {
                        assertThat(column[i]).isCloseTo(whole[i * 11 + j], within(1e-15));
                    }
                }
                assertThat(objective.valueAndGradient(point, new double[11])).isEqualTo(objective.value(point));
                double[] gradient = new double[11];
                double[] together = new double[121];
                assertThat(objective.valueGradientAndHessian(point, gradient, together))
                        .isCloseTo(objective.value(point), within(1e-15));
                assertThat(gradient).containsExactly(objective.gradient(point), within(1e-15));
                assertThat(together).isEqualTo(whole);
            }
        }
    }

    @Test
    void takesFloat32() {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.var("x", Nd4j.createFromArray(3f, -2f));
        x.sub(1).mul(x.sub(1)).sum("f");
        try (GraphObjective objective = GraphObjective.of(TensorFunction.of(sd, "f", "x"))) {
            MinimizerResult result = Minimizer.minimize(
                    Method.NEWTON_CG,
                    objective,
                    new double[] {3, -2},
                    MinimizerOptions.usual().gradientTolerance(1e-5));
            assertThat(result.converged()).isTrue();
            assertThat(result.point()[1]).isCloseTo(1, within(1e-5));
        }
    }

    @Test
    void refusesSeveralResults() {
        assertThatThrownBy(() -> GraphObjective.of(of(Models.byName("tanh", 0))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("objective: expected a function with one result, got one with 2");
        SameDiff sd = SameDiff.create();
        sd.var("v", Nd4j.create(DataType.DOUBLE, 2)).sum("s");
        try (GraphObjective objective = GraphObjective.of(TensorFunction.of(sd, "s", "v"))) {
            assertThatThrownBy(() -> objective.hessian(new double[3]))
                    .hasMessageContaining("point: expected 2 numbers");
        }
    }
}
