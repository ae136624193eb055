package org.curvature4j;

import static org.assertj.core.api.Assertions.assertThat;

import org.curvature4j.internal.tutorial.ModelGraph;
import org.curvature4j.internal.tutorial.Models;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The whole way from a SameDiff graph to derivatives, against values that PyTorch and JAX agree on. */
class ReferenceDerivativesTest {
    private static final double RELATIVE = 1e-12;

    private static void assertClose(INDArray actual, INDArray expected) {
        assertThat(actual.shape()).containsExactly(expected.shape());
        double scale = expected.amaxNumber().doubleValue();
        assertThat(actual.sub(expected).amaxNumber().doubleValue()).isLessThanOrEqualTo(RELATIVE * scale);
    }

    @Test
    void jacobianOfTheTanhLayer() {
        ModelGraph model = Models.byName("tanh", 0);
        try (Jacobian jacobian = Jacobian.of(model.sd(), model.output(), model.input())) {
            assertClose(jacobian.batch(References.array("tanh_points")), References.array("tanh_jacobian"));
        }
    }

    @Test
    void gradientAndHessianOfThe221Net() {
        ModelGraph model = Models.byName("two-two-one", 0);
        TensorFunction function = TensorFunction.of(model.sd(), model.output(), model.input());
        INDArray thetas = References.array("net221_theta");
        assertClose(function.gradient().values(thetas), References.array("net221_gradient"));
        try (Hessian hessian = Hessian.of(function)) {
            assertClose(hessian.batch(thetas), References.array("net221_hessian"));
        }
    }

    @Test
    void hessianOfTheMonkeySaddle() {
        ModelGraph model = Models.byName("monkey-saddle", 0);
        try (Hessian hessian = Hessian.of(model.sd(), model.output(), model.input())) {
            assertClose(hessian.batch(References.array("saddle_points")), References.array("saddle_hessian"));
        }
    }

    /** y = sigmoid(tanh(x W1 + b1) W2 + b2) W3 + b3 and the mean squared error of it. */
    private static SameDiff net(INDArray labels) {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, -1, 4);
        SDVariable[] parameters = new SDVariable[6];
        String[] names = {"W1", "b1", "W2", "b2", "W3", "b3"};
        for (int i = 0; i < names.length; i++) {
            parameters[i] = sd.var(names[i], References.array("mlp_" + names[i]));
        }
        SDVariable first = sd.nn().tanh(x.mmul(parameters[0]).add(parameters[1]));
        SDVariable second = sd.nn().sigmoid(first.mmul(parameters[2]).add(parameters[3]));
        SDVariable y = second.mmul(parameters[4]).add("y", parameters[5]);
        SDVariable target = sd.constant("target", labels);
        sd.math().square(y.sub(target)).mean("loss");
        return sd;
    }

    @Test
    void inputHessianOfAnMlp() {
        SameDiff sd = net(References.array("mlp_labels"));
        try (Hessian hessian = Hessian.of(sd, "y", "x")) {
            assertClose(hessian.batch(References.array("mlp_points")), References.array("mlp_input_hessian"));
        }
    }

    @Test
    void parameterHessianOfAMeanSquaredError() {
        SameDiff sd = net(References.array("mlp_labels"));
        TensorFunction loss = TensorFunction.builder(sd)
                .output("loss")
                .withRespectToParameters()
                .feed("x", References.array("mlp_features"))
                .build();
        assertThat(loss.blocks().stream().map(Block::name)).containsExactly("W1", "b1", "W2", "b2", "W3", "b3");
        try (Hessian hessian = Hessian.of(loss)) {
            INDArray matrix = hessian.atPresent();
            assertClose(matrix, References.array("mlp_param_hessian"));
            assertThat(matrix).isEqualTo(matrix.transpose());
        }
    }
}
