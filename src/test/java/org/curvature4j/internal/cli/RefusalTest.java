package org.curvature4j.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.curvature4j.io.Npy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What the user can get wrong: exit code 1, one message, nothing on standard output and no file. */
class RefusalTest {
    @TempDir
    Path folder;

    private Path several;
    private Path net;

    @BeforeEach
    void save() {
        several = SavedModels.save(SavedModels.several(), folder, "several.fb");
        net = SavedModels.save(SavedModels.regression(), folder, "net.fb");
    }

    private void assertRefused(String message, Object... arguments) {
        assertFails(1, message, arguments);
    }

    private void assertFails(int code, String message, Object... arguments) {
        Path out = folder.resolve("out.npy");
        List<Object> all = new ArrayList<>(Arrays.asList(arguments));
        all.add("--out");
        all.add(out);
        Run run = Run.of(all.toArray());
        assertThat(run.err()).startsWith("curvature: ").contains(message).doesNotContain("\tat ");
        assertThat(run.out()).isEmpty();
        assertThat(run.code()).isEqualTo(code);
        assertThat(out).doesNotExist();
        assertThat(folder.toFile().list()).noneMatch(name -> name.endsWith(".tmp"));
    }

    private Path array(String name, INDArray values) {
        Path file = folder.resolve(name);
        Npy.write(file, values);
        return file;
    }

    @Test
    void missingModelFile() {
        assertRefused("no.fb: can't be read: no such file", "hessian", "--model", "no.fb", "--random", 1);
    }

    @Test
    void damagedModelFile() throws Exception {
        Path damaged = folder.resolve("damaged.fb");
        Files.write(damaged, Arrays.copyOf(Files.readAllBytes(net), 1000));
        assertRefused("damaged file", "hessian", "--model", damaged, "--random", 1);
    }

    @Test
    void modelFileOfAnotherFormat() throws Exception {
        Path text = folder.resolve("text.fb");
        Files.writeString(text, "This is no model at all, whatever its name may say of it.");
        assertRefused("expected a file written by SameDiff.save", "hessian", "--model", text, "--random", 1);
    }

    @Test
    void folderInPlaceOfAModel() {
        assertRefused("got a folder", "hessian", "--model", folder, "--random", 1);
    }

    @Test
    void missingPoints() {
        assertRefused("no.npy: can't be read: no such file", "hessian", "--model", "quadratic", "--points", "no.npy");
    }

    @Test
    void damagedPoints() throws Exception {
        Path points = array("points.npy", Nd4j.ones(DataType.DOUBLE, 4, 2));
        byte[] bytes = Files.readAllBytes(points);
        Files.write(points, Arrays.copyOf(bytes, bytes.length - 5));
        assertRefused("points.npy: ", "hessian", "--model", "quadratic", "--points", points);
    }

    @Test
    void inputOfWholeNumbersAlone() {
        SameDiff sd = SameDiff.create();
        sd.math().tanh("y", sd.placeHolder("ids", DataType.INT64, -1, 2).castTo(DataType.DOUBLE));
        Path model = folder.resolve("ids.fb");
        sd.save(model.toFile(), false);
        Run run = Run.of("jacobian", "--model", model, "--random", 1);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("no placeholder left but [ids], of whole numbers or booleans (params: all");
    }

    @Test
    void graphThatComputesNothing() {
        SameDiff sd = SameDiff.create();
        sd.placeHolder("x", DataType.DOUBLE, -1, 2);
        Path model = folder.resolve("nothing.fb");
        sd.save(model.toFile(), false);
        assertRefused(
                "model: expected a graph that computes something, got one without operations",
                "jacobian",
                "--model",
                model,
                "--random",
                1);
    }

    @Test
    void pointsOfAnotherLength() {
        Path points = array("points.npy", Nd4j.ones(DataType.DOUBLE, 4, 3));
        assertRefused(
                "points: expected [B, 2] or [B, ...] with 2 numbers a point, got [4, 3]",
                "hessian",
                "--model",
                "quadratic",
                "--points",
                points);
    }

    @Test
    void pointsThatAreNotFinite() {
        INDArray values = Nd4j.ones(DataType.DOUBLE, 4, 2);
        values.putScalar(2, 1, Double.NaN);
        assertRefused(
                "points: expected finite numbers, got NaN as number 1 of point 2 in " + folder.resolve("points.npy"),
                "hessian",
                "--model",
                "quadratic",
                "--points",
                array("points.npy", values));
    }

    /** What is in a file is told with its name, also where it shows only when numbers are read. */
    @Test
    void pointsThatFloat64DoesNotHold() {
        assertRefused(
                folder.resolve("points.npy") + ": expected numbers that float64 holds",
                "hessian",
                "--model",
                "quadratic",
                "--points",
                array("points.npy", Nd4j.createFromArray(new long[][] {{(1L << 60) + 1, 2}})));
    }

    @Test
    void tableWithWords() throws Exception {
        Path table = folder.resolve("points.csv");
        Files.writeString(table, "1,2\n3,four\n");
        assertRefused(
                "line 2, column 2: expected a number, got 'four'",
                "hessian",
                "--model",
                "quadratic",
                "--points",
                table);
    }

    @Test
    void hessianOfAVector() {
        assertRefused(
                "Hessian: expected a function with one result, got 'y' with 2 (--output-index picks one)",
                "hessian",
                "--model",
                "tanh",
                "--random",
                1);
    }

    @Test
    void componentThatIsNotThere() {
        assertRefused("expected 0 to 1, got 2", "hessian", "--model", "tanh", "--output-index", 2, "--random", 1);
    }

    @Test
    void unsupportedOperations() {
        Path noisy = SavedModels.save(SavedModels.noisy(), folder, "noisy.fb");
        assertRefused("-> noise: ", "hessian", "--model", noisy, "--random", 1);
    }

    @Test
    void feedOfAnotherShape() {
        assertRefused(
                "feed 'q': expected shape [-1, 2], the same for every point, got [1, 3]",
                "jacobian",
                "--model",
                several,
                "--output",
                "s",
                "--input",
                "p",
                "--feed",
                "q=" + array("q.npy", Nd4j.ones(DataType.DOUBLE, 1, 3)),
                "--random",
                1);
    }

    @Test
    void folderThatIsMissing() {
        Run run = Run.of(
                "hessian",
                "--model",
                "quadratic",
                "--random",
                1,
                "--out",
                folder.resolve("nowhere").resolve("H.npy"));
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("can't be written: there is no folder");
    }

    @Test
    void resultThatNoDiskHolds() {
        assertRefused(
                "can't be written: it needs 291.0 TiB, the disk has ",
                "hessian",
                "--model",
                "quadratic",
                "--random",
                10_000_000_000_000L);
    }

    @Test
    void existingFileStaysWhenTheComputationFails() {
        INDArray values = Nd4j.ones(DataType.DOUBLE, 4, 2);
        values.putScalar(3, 1, Double.POSITIVE_INFINITY);
        Path out = array("old.npy", Nd4j.ones(DataType.DOUBLE, 1));

        Run run = Run.of("hessian", "--model", "quadratic", "--points", array("points.npy", values), "--out", out);

        assertThat(run.code()).isEqualTo(1);
        assertThat(Npy.read(out)).isEqualTo(Nd4j.ones(DataType.DOUBLE, 1));
    }

    @Test
    void outputThatMustBeChosen() {
        assertFails(2, "--output: expected one of [s, t], got none", "jacobian", "--model", several, "--random", 1);
    }

    @Test
    void inputThatMustBeChosen() {
        assertFails(
                2,
                "--input: expected one of [p, q], got none (--feed gives values to the others)",
                "jacobian",
                "--model",
                several,
                "--output",
                "s",
                "--random",
                1);
    }

    @Test
    void inputThatIsNotThere() {
        assertFails(2, "expected names of [W, b, x], got 'z'", "jacobian", "--model", "tanh", "--input", "z");
    }

    @Test
    void outputThatIsNotThere() {
        assertFails(2, "such as its outputs [y], got 'z'", "jacobian", "--model", "tanh", "--output", "z");
    }

    @Test
    void graphWithoutPlaceholders() {
        Path model = SavedModels.save(SavedModels.rosenbrock(1, 1), folder, "rosenbrock.fb");
        assertFails(2, "(params: all trainable variables)", "hessian", "--model", model, "--random", 1);
    }

    @Test
    void placeholderWithoutData() {
        assertFails(
                2,
                "--feed: expected values for [label, x], which 'loss' needs, got none",
                "hessian",
                "--model",
                net,
                "--wrt",
                "params");
    }

    @Test
    void feedThatIsNoPlaceholder() {
        assertFails(
                2,
                "--feed: expected one of the placeholders [p, q], got 'z'",
                "jacobian",
                "--model",
                several,
                "--output",
                "s",
                "--feed",
                "z=z.npy");
    }

    @Test
    void pointsThatAreMissing() {
        assertFails(2, "--points, --random: expected one of them, got none", "hessian", "--model", "quadratic");
    }
}
