package org.curvature4j.internal.tutorial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.curvature4j.Hessian;
import org.curvature4j.References;
import org.curvature4j.TensorFunction;
import org.curvature4j.internal.random.StandardNormal;
import org.curvature4j.plot.ParameterBlock;
import org.curvature4j.spectrum.Spectrum;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Demo 2's net, its Hessian and its spectrum against the reference values of PyTorch and JAX. */
class TwoTwoOnePointTest {
    private static final int POINTS = 256;
    private static final double TOLERANCE = 1e-12;

    private final TensorFunction net = TwoTwoOnePoint.ofSeed(1).function();
    private final INDArray thetas = References.array("net221_theta");
    private final double[][] expected = rows("net221_hessian", 121);

    private static double[][] rows(String name, int width) {
        return References.array(name).reshape(POINTS, width).toDoubleMatrix();
    }

    @Test
    void hessiansAndSpectraOfTheReference() {
        double[][] values = rows("net221_eigenvalues", 11);
        try (Hessian hessian = Hessian.of(net)) {
            INDArray hessians = hessian.batch(thetas);
            INDArray spectra = Spectrum.batch(hessians).values();
            for (int i = 0; i < POINTS; i++) {
                double scale = Math.max(Math.abs(values[i][0]), Math.abs(values[i][10]));
                assertThat(hessians.slice(i).dup().reshape(121).toDoubleVector())
                        .containsExactly(expected[i], within(TOLERANCE * scale));
                assertThat(spectra.slice(i).dup().toDoubleVector())
                        .containsExactly(values[i], within(TOLERANCE * scale));
            }
        }
    }

    @Test
    void gradientsOfTheReference() {
        double[][] gradients = rows("net221_gradient", 11);
        double[][] computed = net.gradient().values(thetas).toDoubleMatrix();
        for (int i = 0; i < POINTS; i++) {
            assertThat(computed[i]).containsExactly(gradients[i], within(1e-13));
        }
    }

    @Test
    void theFormulaOfTheWriteUp() {
        for (int i = 0; i < POINTS; i++) {
            double[] theta = thetas.slice(i).dup().toDoubleVector();
            double[][] byHand = TwoTwoOnePoint.hessianByHand(theta);
            for (int row = 0; row < 11; row++) {
                for (int column = 0; column < 11; column++) {
                    assertThat(byHand[row][column]).isCloseTo(expected[i][11 * row + column], within(1e-13));
                }
            }
        }
    }

    @Test
    void fourUpFourDownAndThreeFlatWhateverThePoint() {
        for (long seed = 100; seed < 120; seed++) {
            Spectrum spectrum = TwoTwoOnePoint.ofSeed(seed).spectrum();
            assertThat(spectrum.inertia().positive()).as("seed %d", seed).isEqualTo(4);
            assertThat(spectrum.inertia().negative()).as("seed %d", seed).isEqualTo(4);
            assertThat(spectrum.inertia().nearZero()).as("seed %d", seed).isEqualTo(3);
        }
    }

    @Test
    void thePointIsTheSeedsStandardNormalNumbers() {
        double[] theta = TwoTwoOnePoint.ofSeed(9).numbers();
        for (int i = 0; i < theta.length; i++) {
            assertThat(theta[i]).isEqualTo(StandardNormal.value(9, i));
        }
    }

    @Test
    void namesFollowTheBlocks() {
        int at = 0;
        for (ParameterBlock block : TwoTwoOnePoint.BLOCKS) {
            for (int i = 0; i < block.size(); i++) {
                assertThat(TwoTwoOnePoint.NAMES.get(at++).replaceAll("\\[.*", ""))
                        .isEqualTo(block.name());
            }
        }
        assertThat(at).isEqualTo(TwoTwoOnePoint.NAMES.size()).isEqualTo(TwoTwoOnePoint.SIZE);
    }
}
