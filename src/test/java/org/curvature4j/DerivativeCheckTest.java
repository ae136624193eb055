package org.curvature4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.curvature4j.graph.Node;
import org.curvature4j.op.Custom;
import org.curvature4j.op.Ops;
import org.curvature4j.samediff.ImportRules;
import org.curvature4j.samediff.OpCall;
import org.curvature4j.samediff.Smoothness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

class DerivativeCheckTest {

    /** The cube of x with its derivatives stated by hand, one of them three halves of what it should be. */
    private static TensorFunction cube(int wrongOrder) {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, 2);
        sd.math().cube(x).rename("y");
        return TensorFunction.builder(sd)
                .output("y")
                .withRespectTo("x")
                .rules(ImportRules.standard()
                        .with("cube", Smoothness.SMOOTH, call -> List.of(stated(call, wrongOrder))))
                .build();
    }

    private static Node stated(OpCall call, int wrongOrder) {
        Ops ops = call.ops();
        Node x = call.input(0);
        Node third = ops.mul(ops.ones(x.type()), wrongOrder == 3 ? 9 : 6);
        Node second = ops.withPartials(ops.mul(x, wrongOrder == 2 ? 9 : 6), List.of(x), List.of(third));
        Node first = ops.withPartials(ops.mul(ops.square(x), wrongOrder == 1 ? 4.5 : 3), List.of(x), List.of(second));
        return ops.withPartials(ops.apply(new Custom.Kernel("cube"), x), List.of(x), List.of(first));
    }

    @Test
    void acceptsARightRule() {
        DerivativeReport report = DerivativeCheck.of(cube(0)).toOrder(3).require();
        assertThat(report.comparisons()).hasSize(3 + 4 + 4);
        assertThat(report.toString()).contains("all derivatives are right", "at point ");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void catchesAWrongRuleAtItsOrder(int wrongOrder) {
        DerivativeCheck check = DerivativeCheck.of(cube(wrongOrder));
        if (wrongOrder > 1) {
            assertThat(check.toOrder(wrongOrder - 1).report().isRight()).isTrue();
        }
        DerivativeReport report = check.toOrder(3).report();
        assertThat(report.isRight()).isFalse();
        assertThat(report.worst().kind()).isEqualTo(DerivativeReport.Kind.FINITE_DIFFERENCES);
        assertThat(report.comparisons().stream().filter(each -> !each.isRight()))
                .anyMatch(each -> each.order() == wrongOrder)
                .allMatch(each -> each.order() >= wrongOrder);
        assertThatThrownBy(() -> check.toOrder(3).require())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("derivative of order " + wrongOrder + " at point ")
                .hasMessageContaining("forward mode gives ")
                .hasMessageContaining(", finite differences ");
    }

    /** A net's loss in its weights, of the data that it is fed. */
    @Test
    void checksAFunctionWithData() {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, -1, 3);
        SDVariable w =
                sd.var("w", Nd4j.createFromArray(0.1, -0.4, 0.7, 0.2, -0.3, 0.5).reshape(3, 2));
        SDVariable labels = sd.placeHolder("labels", DataType.DOUBLE, -1, 2);
        sd.loss().softmaxCrossEntropy("loss", labels, sd.math().tanh(x.mmul(w)), null);
        TensorFunction loss = TensorFunction.builder(sd)
                .output("loss")
                .withRespectToParameters()
                .feed("x", Nd4j.createFromArray(1.0, 2, 3, -1, 0, 2).reshape(2, 3))
                .feed("labels", Nd4j.eye(2).castTo(DataType.DOUBLE))
                .build();
        assertThat(DerivativeCheck.of(loss).toOrder(3).seed(7).require().isRight())
                .isTrue();
    }

    @Test
    void checksSinglePrecision() {
        SameDiff sd = SameDiff.create();
        sd.math().tanh("y", sd.placeHolder("x", DataType.FLOAT, 3));
        assertThat(DerivativeCheck.of(TensorFunction.of(sd, "y", "x")).require().isRight())
                .isTrue();
    }

    @Test
    void refusesPointsOutsideTheDomain() {
        SameDiff sd = SameDiff.create();
        sd.math().log("y", sd.placeHolder("x", DataType.DOUBLE, 2));
        DerivativeCheck check = DerivativeCheck.of(TensorFunction.of(sd, "y", "x"))
                .at(Nd4j.createFromArray(1.0, 2, 3, -1).reshape(2, 2));
        assertThatThrownBy(check::report)
                .hasMessage("point 1: expected finite numbers, got NaN in result 1 of the function"
                        + " (give points inside the domain)");
        assertThatThrownBy(() -> check.toOrder(0)).hasMessage("order: expected 1 or more, got 0");
        assertThatThrownBy(() -> check.at(Nd4j.zeros(DataType.DOUBLE, 3)))
                .hasMessageContaining("points: expected [B, 2]");
        assertThatThrownBy(() -> check.tolerance(0)).hasMessageContaining("tolerance: expected a positive number");
    }
}
