package org.curvature4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.curvature4j.curvature.DataLoss;
import org.curvature4j.curvature.DataOperator;
import org.curvature4j.data.Dataset;
import org.curvature4j.data.Minibatches;
import org.curvature4j.estimate.Budget;
import org.curvature4j.estimate.Estimate;
import org.curvature4j.estimate.XTrace;
import org.curvature4j.krylov.DensityOptions;
import org.curvature4j.krylov.Eigenpairs;
import org.curvature4j.krylov.Lanczos;
import org.curvature4j.krylov.LanczosOptions;
import org.curvature4j.krylov.SpectralDensity;
import org.curvature4j.onnx.OnnxFile;
import org.curvature4j.spectrum.Spectrum;
import org.curvature4j.training.Activation;
import org.curvature4j.training.Loss;
import org.curvature4j.training.Mlp;
import org.curvature4j.training.Optimizer;
import org.curvature4j.training.Training;
import org.curvature4j.training.TrainingOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The code of the README and of pages that show a block only, run. */
class FirstPagesSnippetsTest {
    @TempDir
    private Path folder;

    @Test
    void pointsOfTheReadme() {
        // snippet: readme-points
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, -1, 2); // -1: a batch axis, examples apart
        SDVariable w = sd.var("w", Nd4j.createFromArray(new double[][] {{1, -0.7}, {0.4, 0.9}}));
        sd.nn().tanh(x.mmul(w)).sum("f", true, 1);

        try (Hessian hessian = Hessian.of(sd, "f", "x")) { // prepared once, safe for several threads
            INDArray one = hessian.at(Nd4j.createFromArray(1.2, -0.8)); // [2, 2]
            INDArray many = hessian.batch(Nd4j.randn(DataType.DOUBLE, 100_000, 2)); // [100000, 2, 2]
            System.out.println(Spectrum.of(one).report());
            System.out.println(Spectrum.batch(many).report());
        }
        // end
        assertThat(sd.hasVariable("f")).isTrue();
    }

    @Test
    @SuppressWarnings("UnusedVariable") // the page shows what there is
    void dataOfTheReadme() {
        SameDiff net = Mlp.of(Activation.TANH, Loss.CROSS_ENTROPY, 1, 64, 2, 10);
        // snippet: readme-data
        DataLoss loss = DataLoss.of(net, "loss", Dataset.digits().feeding("input", "label"));
        try (DataOperator hessian = loss.hessian()) { // products with vectors, over all data
            Eigenpairs sharpest = Lanczos.eigenpairs(hessian, LanczosOptions.top(20));
            SpectralDensity density = SpectralDensity.of(hessian, DensityOptions.standard());
            Estimate trace = XTrace.trace(hessian, Budget.of(100)); // with its standard error
        }
        // end
        assertThat(loss.examples()).isEqualTo(1797);
    }

    @Test
    void onnx() {
        // snippet: onnx-file
        SameDiff net = OnnxFile.load(Path.of("examples/net.onnx"));
        TensorFunction f = TensorFunction.of(net, "y", "x");
        // end
        assertThat(f.inputSize()).isEqualTo(4);
    }

    @Test
    void training() {
        Path file = folder.resolve("digits.fb");
        // snippet: training
        Dataset.Split split = Dataset.digits().split(0.2, 1); // shuffled by the seed
        SameDiff net = Mlp.of(Activation.TANH, Loss.CROSS_ENTROPY, 1, 64, 32, 10);
        TrainingOptions options = new TrainingOptions(Optimizer.ADAM, 0.01, 3, 64, 0); // 3 epochs; USUAL has 30
        new Training(net, options).run(split.train(), split.heldOut(), System.out::println);
        Training.save(net, file, false); // such as Path.of("digits.fb")
        Minibatches batches = Minibatches.of(split.train().feeding("input", "label"), 256);
        // end
        assertThat(Files.exists(file)).isTrue();
        assertThat(List.of(batches)).hasSize(1);
    }
}
