package org.curvature4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.curvature4j.internal.host.HostArray;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Functions that begin at what operations of a graph compute. */
class InnerVariablesTest {

    /** y [B, 1] = sum of c hidden^3, hidden [B, 2] = x [B, 3] w, w [3, 2]. */
    private static SameDiff graph() {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, -1, 3);
        SDVariable c = sd.placeHolder("c", DataType.DOUBLE, 2);
        SDVariable w = sd.var("w", Nd4j.createFromArray(new double[][] {{1, 2}, {3, 4}, {5, 6}}));
        SDVariable hidden = x.mmul("hidden", w);
        sd.sum("y", sd.math().cube(hidden).mul(c), true, 1);
        return sd;
    }

    private static FunctionBuilder builder() {
        return TensorFunction.builder(graph()).output("y").feed("c", Nd4j.createFromArray(1.0, 10.0));
    }

    @Test
    void aGraphIsCutAtAnActivation() {
        TensorFunction function = builder().withRespectTo("hidden").build();
        assertThat(function.blocks().get(0).shape().toArray()).containsExactly(1, 2);
        INDArray hessians = function.hessian().values(Nd4j.createFromArray(new double[][] {{1, 2}, {-1, 0.5}}));
        assertThat(HostArray.numbers("hessians", hessians)).containsExactly(6, 0, 0, 120, -6, 0, 0, 30);
        assertThatThrownBy(function::point)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("got placeholders among [hidden]");
    }

    @Test
    void itsPresentValueIsComputedOfWhatIsFed() {
        TensorFunction function = builder()
                .withRespectTo("hidden")
                .feed("x", Nd4j.createFromArray(new double[][] {{1, 0, -1}}))
                .build();
        assertThat(function.point().toDoubleVector()).containsExactly(-4, -4);
        assertThat(function.gradient().call(function.point()).toDoubleVector()).containsExactly(48, 480);
        SameDiff sd = SameDiff.create();
        SDVariable w = sd.var("w", Nd4j.createFromArray(0.5, 2.0));
        sd.math().square(w).rename("s");
        sd.sum("f", sd.getVariable("s").mul(w));
        TensorFunction both =
                TensorFunction.builder(sd).output("f").withRespectTo("s", "w").build();
        assertThat(both.point().toDoubleVector()).containsExactly(0.25, 4, 0.5, 2);
        try (Hessian hessian = Hessian.of(both)) {
            assertThat(HostArray.numbers("hessian", hessian.atPresent()))
                    .containsExactly(0, 0, 1, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 1, 0, 0);
        }
    }

    @Test
    void dataMayBeInnerVariablesToo() {
        SameDiff sd = graph();
        sd.math().square(sd.getVariable("hidden").sub(sd.getVariable("c"))).sum("loss", true, 1);
        TensorFunction function = TensorFunction.builder(sd)
                .output("loss")
                .withRespectTo("c")
                .perPoint("hidden")
                .build();
        INDArray gradients = function.gradient()
                .values(Nd4j.zeros(DataType.DOUBLE, 2, 2), Nd4j.createFromArray(new double[][] {{1, 2}, {3, 4}}));
        assertThat(HostArray.numbers("gradients", gradients)).containsExactly(-2, -4, -6, -8);
    }

    @Test
    void agreesWithTheChainRule() {
        INDArray x = Nd4j.createFromArray(new double[][] {{0.3, -0.2, 0.5}});
        TensorFunction outer = builder().withRespectTo("hidden").feed("x", x).build();
        TensorFunction whole = builder().withRespectTo("x").build();
        INDArray chained = outer.gradient()
                .call(outer.point())
                .reshape(1, 2)
                .mmul(graph().getVariable("w").getArr().transpose());
        assertThat(whole.gradient().call(x.reshape(3)).toDoubleVector())
                .containsExactly(chained.reshape(3).toDoubleVector(), within(1e-13));
    }

    @Test
    void aShapeThatIsNotKnownIsAskedFor() {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, -1, 2);
        sd.reshape("flat", x, -1);
        sd.sum("f", sd.math().square(sd.getVariable("flat")));
        FunctionBuilder builder = TensorFunction.builder(sd).output("f").withRespectTo("flat");
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "variable 'flat': expected the examples of a batch on its first axis, got shape [2] for one and [4]"
                                + " for two (give the whole shape: shape in Java, --shape on the command line)");
        assertThat(builder.shape("flat", 6).build().inputSize()).isEqualTo(6);
    }
}
