package org.curvature4j.internal.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.curvature4j.Block;
import org.curvature4j.Hessian;
import org.curvature4j.TensorFunction;
import org.curvature4j.curvature.DataLoss;
import org.curvature4j.curvature.DataOperator;
import org.curvature4j.data.Dataset;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.text.Numbers;
import org.curvature4j.io.DataFileException;
import org.curvature4j.krylov.Eigenpairs;
import org.curvature4j.spectrum.Spectrum;
import org.curvature4j.spectrum.SpectrumOptions;
import org.curvature4j.stream.Progress;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A small study run whole, and its numbers against dense matrices. */
class StudyTest {
    private static final StudyOptions SMALL = new StudyOptions(List.of(4), 2, 0.01, 32, 200, 3, 40, 6, 20, 60, 1);
    private static final List<String> FIGURES =
            List.of("density-at-start.png", "density-trained.png", "leading-eigenvalues.png", "loss-plane.png");

    @TempDir
    private static Path folder;

    private static final LongAdder HEARD = new LongAdder();
    private static Study study;
    private static String page;

    @BeforeAll
    static void run() throws IOException {
        Backend.get();
        study = Study.of(SMALL, HEARD::add);
        assertThat(study.write(folder.resolve("new/out"))).hasSize(FIGURES.size() + 1);
        page = Files.readString(folder.resolve("new/out/README.md"));
    }

    /** The Hessian at the start by the other way there is: of the loss as a function, at its point. */
    private static INDArray hessianAtStart() {
        SameDiff net = SMALL.net();
        Dataset train = SMALL.data().train();
        TensorFunction function = TensorFunction.builder(net)
                .output("loss")
                .withRespectToParameters()
                .feed("input", train.features())
                .feed("label", train.targets())
                .build();
        try (Hessian hessian = Hessian.of(function)) {
            return hessian.atPresent();
        }
    }

    private static Spectrum spectrum(INDArray matrix) {
        return Spectrum.of(matrix, SpectrumOptions.withVectors());
    }

    @Test
    void theSpectrumIsThatOfTheDenseHessian() {
        INDArray hessian = hessianAtStart();
        Spectrum dense = spectrum(hessian);
        double[] values = dense.eigenvalues();
        int n = values.length;
        Findings start = study.start();

        assertThat(n).isEqualTo(64 * 4 + 4 + 4 * 10 + 10);
        for (int k = 0; k < n; k++) {
            assertThat(start.truth().values()[k]).isCloseTo(values[n - 1 - k], within(1e-12));
        }
        double trace =
                IntStream.range(0, n).mapToDouble(i -> hessian.getDouble(i, i)).sum();
        assertThat(start.truth().trace()).isCloseTo(trace, within(1e-11));
        assertThat(Math.abs(start.trace().value() - trace))
                .isLessThan(5 * start.trace().standardError());
        assertThat(start.leadingError()).isLessThan(1e-9);
        assertThat(start.wasserstein()).isBetween(0.0, 0.02 * values[n - 1]);
        assertThat(start.curvature().smallest()).isCloseTo(values[0], within(1e-10));
        assertThat(start.truth().inertia().negative()).isEqualTo(dense.inertia().negative());
        assertThat(start.truth().inertia().nearZero()).isEqualTo(dense.inertia().nearZero());
        assertThat(start.truth().inertia().nearZero())
                .isGreaterThanOrEqualTo(
                        FlatDirections.of(SMALL, study.net().data().train()).count());
    }

    @Test
    void layersAreBlocksOnTheDiagonal() {
        INDArray hessian = hessianAtStart();
        study.start().layers().forEach((Block block, Double largest) -> {
            int from = (int) block.offset();
            int size = (int) block.size();
            double[] values = spectrum(hessian.get(
                                    org.nd4j.linalg.indexing.NDArrayIndex.interval(from, from + size),
                                    org.nd4j.linalg.indexing.NDArrayIndex.interval(from, from + size))
                            .dup('c'))
                    .eigenvalues();
            assertThat(largest).as(block.name()).isCloseTo(values[size - 1], within(1e-10));
        });
        assertThat(study.start().layers()).hasSize(4);
    }

    @Test
    void gaussNewtonIsComparedAsDenseMatricesAre() {
        DataLoss loss = study.net().stops().get(0).loss();
        try (DataOperator hessian = loss.hessian();
                DataOperator gaussNewton = loss.gaussNewton("logits")) {
            int n = loss.size();
            INDArray h = Nd4j.createFromArray(hessian.toDense()).reshape('c', n, n);
            INDArray g = Nd4j.createFromArray(gaussNewton.toDense()).reshape('c', n, n);
            Spectrum ofH = spectrum(h);
            Spectrum ofG = spectrum(g);
            double[] rest = spectrum(h.sub(g)).eigenvalues();
            double overlap = 0;
            for (int i = 1; i <= 9; i++) {
                for (int j = 1; j <= 9; j++) {
                    double cosine = dot(ofH.vector(n - i), ofG.vector(n - j));
                    overlap += cosine * cosine / 9;
                }
            }
            GaussNewtonComparison found = study.start().gaussNewton();
            assertThat(found.leading().eigenvalues()[19]).isCloseTo(ofG.eigenvalues()[n - 20], within(1e-9));
            assertThat(found.overlapBelow()).isCloseTo(overlap, within(1e-7));
            assertThat(found.restSmallest()).isCloseTo(rest[0], within(1e-9));
            assertThat(found.restLargest()).isCloseTo(rest[n - 1], within(1e-9));
            double[] gradient = loss.gradient();
            double inside = IntStream.rangeClosed(1, 9)
                    .mapToDouble(i -> Math.pow(dot(gradient, ofH.vector(n - i)), 2))
                    .sum();
            assertThat(study.start().curvature().gradientShare())
                    .isCloseTo(inside / dot(gradient, gradient), within(1e-7));
        }
    }

    private static double dot(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
    }

    @Test
    void theMiddleOfThePlaneIsTheLossAndItsCurvatureTheEigenvalue() {
        Findings end = study.end();
        LossPlane plane = end.plane();
        int side = plane.steps().length;
        int middle = side / 2;
        double loss = end.curvature().epoch().train().loss();

        assertThat(plane.steps()[middle]).isZero();
        assertThat(plane.losses()[middle * side + middle]).isCloseTo(loss, within(1e-12));
        double[] first = end.curvature().leading().vector(0);
        DataLoss there = study.net().stops().get(2).loss();
        double[] moved = there.point();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += plane.steps()[side - 1] * first[i];
        }
        assertThat(plane.losses()[middle * side + side - 1])
                .isCloseTo(there.at(moved).value(), within(1e-12));
    }

    @Test
    void thePageHoldsTheNumbersAndShowsTheFigures() throws IOException {
        Findings start = study.start();
        assertThat(page)
                .doesNotContain("{{", "NaN", "Infinity")
                .contains("./scripts/curvature study --seed 3\n")
                .contains("A perceptron 64-4-10 of tanh", "310 parameters, on 200 images", "359 more are held out")
                .contains("| largest eigenvalue | "
                        + Numbers.significant(start.truth().largest(), 3) + " | ")
                .contains("\n| 0 | ", "\n| 1 | ", "\n| 2 | ");
        for (String figure : FIGURES) {
            assertThat(page).containsOnlyOnce("](" + figure + ")");
            for (Path place : List.of(folder.resolve("new/out"), Study.DEFAULT_FOLDER)) {
                BufferedImage image = ImageIO.read(place.resolve(figure).toFile());
                int[] row = image.getRGB(0, image.getHeight() / 2, image.getWidth(), 1, null, 0, image.getWidth());
                assertThat(Arrays.stream(row).distinct().count()).as(figure).isGreaterThan(5);
            }
        }
        assertThat(HEARD.sum()).isEqualTo(Study.stages(SMALL));
    }

    @Test
    void anotherRunWritesTheSameBytesOverTheOldOnes() throws IOException {
        Path again = Files.createDirectories(folder.resolve("again"));
        Files.writeString(again.resolve("README.md"), "old");
        Files.writeString(again.resolve("mine.txt"), "left alone");

        List<Path> written = Study.of(SMALL, Progress.NONE).write(again);

        for (Path file : written) {
            assertThat(file).hasSameBinaryContentAs(folder.resolve("new/out").resolve(file.getFileName()));
        }
        assertThat(again.resolve("mine.txt")).hasContent("left alone");
    }

    @Test
    void theCommittedPageHasTheTemplatesProseAndNamesItsCommand() throws IOException {
        String committed =
                Files.readString(Study.DEFAULT_FOLDER.resolve("README.md")).replace("\r\n", "\n");
        String template = Files.readString(Path.of("src/main/resources/org/curvature4j/internal/study/study.md"));

        assertThat(committed).contains("./scripts/curvature study\n").doesNotContain("{{");
        assertThat(committed.lines())
                .as("the template has changed: run ./scripts/curvature study, look at it, and commit it")
                .containsAll(
                        template.lines().filter(line -> !line.contains("{{")).toList());
    }

    @Test
    void fieldsAreTheSameNumbers() {
        assertThat(study.fields()).containsEntry("parameterCount", 310).containsEntry("rows", 200);
        assertThat(study.fields().get("trained"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsEntry("epoch", 2)
                .containsEntry("trace", study.end().truth().trace());
        assertThat(study.lines().get("at start")).contains("largest gap after");
    }

    @Test
    void aFileIsNoFolder() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> study.write(file))
                .isInstanceOf(DataFileException.class)
                .hasMessageContaining("expected a folder, got a file");
    }

    @Test
    void anotherSeedIsLookedAtAsItsOwnStudyWould() {
        SeedCheck own = study.seeds().get(0);
        SeedCheck other = study.seeds().get(1);
        Study alone = Study.of(SMALL.seed(4), Progress.NONE);

        assertThat(study.seeds()).extracting(SeedCheck::seed).containsExactly(3L, 4L);
        assertThat(own.start()).isSameAs(study.start().curvature());
        assertThat(own.end()).isSameAs(study.end().curvature());
        assertThat(other.start().gaps().ratios())
                .isEqualTo(alone.start().curvature().gaps().ratios());
        assertThat(other.end().gaps().ratios())
                .isEqualTo(alone.end().curvature().gaps().ratios());
        assertThat(other.ofGaussNewton().ratios())
                .containsExactly(alone.start().gaussNewton().gaps().ratios(), within(1e-9));
        assertThat(page).contains("\n| 3 | after ", "\n| 4 | after ");
    }

    @Test
    void eigenpairsOfTheStudyHaveConverged() {
        for (EpochCurvature each : study.course()) {
            Eigenpairs leading = each.leading();
            assertThat(leading.complete()).isTrue();
            assertThat(leading.converged()).isEqualTo(SMALL.pairs() + 1);
        }
        assertThat(study.course()).hasSize(3);
        assertThat(hessianAtStart().dataType()).isEqualTo(DataType.DOUBLE);
    }
}
