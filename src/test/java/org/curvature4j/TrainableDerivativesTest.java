package org.curvature4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.SplittableRandom;
import org.curvature4j.internal.host.HostArray;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDIndex;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** Derivatives whose weights stay trainable. */
class TrainableDerivativesTest {
    private static final int PLACES = 16;

    /** u = tanh(x w + b) v of x [16, 1]. */
    private static SameDiff net() {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, PLACES, 1);
        SDVariable w = sd.var("w", numbers(1, 1, 8));
        SDVariable b = sd.var("b", numbers(2, 1, 8));
        SDVariable v = sd.var("v", numbers(3, 8, 1));
        sd.nn().tanh(x.mmul(w).add(b)).mmul("u", v);
        return sd;
    }

    private static INDArray numbers(int seed, long... shape) {
        double[] values = new SplittableRandom(seed).doubles(8, -1.5, 1.5).toArray();
        return Nd4j.createFromArray(values).reshape(shape);
    }

    /** u at one place. */
    private static FunctionBuilder u() {
        SameDiff one = SameDiff.create();
        SDVariable x = one.placeHolder("x", DataType.DOUBLE, -1, 1);
        SameDiff sd = net();
        SDVariable w = one.var("w", sd.getVariable("w").getArr().dup());
        SDVariable b = one.var("b", sd.getVariable("b").getArr().dup());
        SDVariable v = one.var("v", sd.getVariable("v").getArr().dup());
        one.nn().tanh(x.mmul(w).add(b)).mmul("u", v);
        return TensorFunction.builder(one).output("u").withRespectTo("x");
    }

    private static INDArray places() {
        return Nd4j.linspace(0, 3, PLACES, DataType.DOUBLE).reshape(PLACES, 1);
    }

    @Test
    void anExportKeepsThemAsVariables() {
        TensorFunction second = u().weightsAsInputs().build().hessian();
        assertThat(second.inputNames()).containsExactly("point");
        SameDiff exported = second.toSameDiff();
        for (String name : new String[] {"w", "b", "v"}) {
            assertThat(exported.getVariable(name).getVariableType()).isEqualTo(VariableType.VARIABLE);
            assertThat(exported.getVariable(name).getArr())
                    .isEqualTo(net().getVariable(name).getArr());
        }
        INDArray point = Nd4j.createFromArray(0.7);
        double plain = u().build().hessian().call(point).getDouble(0);
        assertThat(second.call(point).getDouble(0)).isCloseTo(plain, within(1e-14));
        assertThat(exported.output(Map.of("point", point), "result")
                        .get("result")
                        .getDouble(0))
                .isCloseTo(plain, within(1e-14));
        exported.getVariable("v").getArr().muli(2);
        assertThat(exported.output(Map.of("point", point), "result")
                        .get("result")
                        .getDouble(0))
                .isCloseTo(2 * plain, within(1e-14));
        assertThat(u().build().hessian().toSameDiff().getVariable("w")).isNull();
    }

    /** u'' = -u with u(0) = 0 and u'(0) = 1, whose solution is the sine. */
    @Test
    void aPhysicsInformedNetworkLearnsToSolveAnEquation() {
        SameDiff sd = net();
        SDVariable x = sd.getVariable("x");
        TensorFunction u = u().weightsAsInputs().build();
        SDVariable curvature = u.hessian().vmap(PLACES, 0).addTo(sd, "u_xx", x);
        SDVariable origin = sd.constant("origin", Nd4j.zeros(DataType.DOUBLE, 1, 1));
        SDVariable start = u.addTo(sd, "u_0", origin);
        SDVariable slope = u.jacobian().addTo(sd, "u_x_0", origin);
        SDVariable equation = sd.math()
                .square(curvature.reshape(PLACES, 1).add(sd.getVariable("u")))
                .mean("equation");
        SDVariable conditions = sd.math()
                .square(start)
                .sum()
                .add("conditions", sd.math().square(slope.sub(1)).sum());
        equation.add("loss", conditions);
        sd.setLossVariables("loss");
        Map<String, INDArray> input = Map.of("x", places());
        assertSameGradients(sd, input);
        double before = sd.output(input, "equation").get("equation").getDouble(0);
        sd.setTrainingConfig(TrainingConfig.builder()
                .updater(new Adam(0.02))
                .dataSetFeatureMapping("x")
                .markLabelsUnused()
                .build());
        for (int step = 0; step < 400; step++) {
            sd.fit(new MultiDataSet(places(), null));
        }
        double after = sd.output(input, "loss").get("loss").getDouble(0);
        assertThat(after).isLessThan(before / 20);
        INDArray found = sd.output(input, "u").get("u");
        for (int i = 0; i < PLACES; i++) {
            assertThat(found.getDouble(i)).isCloseTo(Math.sin(places().getDouble(i)), within(0.25));
        }
    }

    /** SameDiff's gradients of the loss are those that this library takes of the same graph. */
    private static void assertSameGradients(SameDiff sd, Map<String, INDArray> input) {
        TensorFunction loss = TensorFunction.builder(sd)
                .output("loss")
                .withRespectTo("w", "b", "v")
                .feed("x", input.get("x"))
                .build();
        double[] ours = loss.gradient().call(loss.point()).toDoubleVector();
        Map<String, INDArray> theirs = sd.calculateGradients(input, "w", "b", "v");
        INDArray joined = Nd4j.concat(
                0,
                theirs.get("w").reshape(8),
                theirs.get("b").reshape(8),
                theirs.get("v").reshape(8));
        assertThat(HostArray.numbers("gradients", joined)).containsExactly(ours, within(1e-10));
    }

    /** What SameDiff trains chooses by products with 0 and 1, which a guard's infinities and NaNs would spoil. */
    @Test
    void aSoftmaxIsTrainedInItsDerivatives() {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, 3);
        SDVariable w = sd.var("w", Nd4j.createFromArray(0.4, -1.2, 0.7));
        SDVariable first = sd.nn().logSoftmax(x.mul(w)).get(SDIndex.point(0)).rename("first");
        TensorFunction slope = TensorFunction.builder(sd)
                .output(first.name())
                .withRespectTo("x")
                .weightsAsInputs()
                .build()
                .gradient();
        sd.math().square(slope.addTo(sd, "slope", x)).sum().rename("loss");
        sd.setLossVariables("loss");
        Map<String, INDArray> input = Map.of("x", Nd4j.createFromArray(0.3, 1.5, -2.0));
        TensorFunction loss = TensorFunction.builder(sd)
                .output("loss")
                .withRespectTo("w")
                .feed("x", input.get("x"))
                .build();
        INDArray point = w.getArr();
        assertThat(sd.output(input, "loss").get("loss").getDouble(0))
                .isCloseTo(loss.call(point).getDouble(0), within(1e-14));
        assertThat(HostArray.numbers(
                        "gradient", sd.calculateGradients(input, "w").get("w")))
                .containsExactly(HostArray.numbers("gradient", loss.gradient().call(point)), within(1e-14));
    }

    @Test
    void refusesAGraphThatLacksAVariable() {
        TensorFunction u = u().weightsAsInputs().build();
        SameDiff other = SameDiff.create();
        SDVariable x = other.placeHolder("x", DataType.DOUBLE, 1, 1);
        assertThatThrownBy(() -> u.addTo(other, "u", x))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("graph: expected a variable 'w', which 'u' needs, got none");
        assertThatThrownBy(() -> u.addTo(net(), "u", x))
                .hasMessage("name: expected one that is new to the graph, got 'u'");
        assertThatThrownBy(() -> u.addTo(net(), "again"))
                .hasMessage("arguments: expected one for each of [point], got 0");
    }
}
