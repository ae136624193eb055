package org.curvature4j.internal.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.curvature4j.internal.cli.Run;
import org.curvature4j.internal.cli.SavedModels;
import org.curvature4j.internal.io.Fingerprint;
import org.curvature4j.io.Npy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** Folders after {@code --out}, and packed Hessians from one command to the next. */
class ExperimentTest {
    @TempDir
    Path folder;

    private static JsonObject json(Path file) throws IOException {
        return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    }

    @Test
    void putsEverythingIntoOneFolder() throws IOException {
        Path out = folder.resolve("runs").resolve("a");
        Run run = Run.of("hessian", "--model", "quadratic", "--random", 20, "--seed", 3, "--out", out, "--json");

        assertThat(run.err()).isEmpty();
        assertThat(out.toFile().list())
                .containsExactlyInAnyOrder("hessians.npy", "hessian.png", "manifest.json", "timings.json");
        JsonObject manifest = json(out.resolve("manifest.json"));
        JsonObject identity = manifest.getAsJsonObject("run");
        assertThat(identity.get("command").getAsString()).isEqualTo("hessian");
        assertThat(identity.get("model").getAsString()).startsWith("quadratic sha256:");
        assertThat(identity.get("seed").getAsString()).isEqualTo("3");
        assertThat(identity.keySet()).contains("Curvature4j", "ND4J", "Java", "engine", "processor");
        JsonObject array = manifest.getAsJsonArray("arrays").get(0).getAsJsonObject();
        assertThat(array.get("shape").toString()).isEqualTo("[20,2,2]");
        assertThat(array.get("dtype").getAsString()).isEqualTo("f8");
        assertThat(array.get("sha256").getAsString()).isEqualTo(Fingerprint.of(out.resolve("hessians.npy")));
        assertThat(manifest.getAsJsonObject("results").get("values"))
                .isEqualTo(run.json().get("values"));
        assertThat(json(out.resolve("timings.json")).get("computed").getAsLong())
                .isEqualTo(20);
    }

    @Test
    void collectsASaddleMap() throws IOException {
        Path out = folder.resolve("map");
        Run run = Run.of("saddle", "--grid", 5, "--out", out);

        assertThat(run.err()).isEmpty();
        assertThat(out.toFile().list())
                .containsExactlyInAnyOrder("eigenvalues.npy", "saddle.png", "manifest.json", "timings.json");
        assertThat(json(out.resolve("manifest.json")).getAsJsonArray("arrays").toString())
                .contains("\"shape\":[5,5,2]");
        assertThat(Run.of("saddle", "--grid", 5, "--out", out).err()).contains("which has the manifest.json");
    }

    @Test
    void keepsWhatOneFolderHas() throws IOException {
        Path out = folder.resolve("a");
        Run.of("jacobian", "--model", "tanh", "--random", 5, "--out", out);
        byte[] before = Files.readAllBytes(out.resolve("manifest.json"));

        Run again = Run.of("jacobian", "--model", "tanh", "--random", 5, "--out", out);
        Run other = Run.of("jacobian", "--model", "tanh", "--random", 6, "--out", out, "--resume");
        Run same = Run.of("jacobian", "--model", "tanh", "--random", 5, "--out", out, "--resume", "--threads", 1);

        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).contains("which has the manifest.json of an earlier run (choose another name");
        assertThat(other.code()).isEqualTo(1);
        assertThat(other.err()).contains("\n  count: 5 there, 6 here");
        assertThat(same.code()).isZero();
        assertThat(same.out()).contains("complete already");
        assertThat(out.resolve("manifest.json")).hasBinaryContent(before);
    }

    @Test
    void leavesNoFolderWithoutResults() throws IOException {
        Path points = folder.resolve("points.csv");
        Files.writeString(points, "1,2\n3,nan\n");
        Path out = folder.resolve("a");

        Run run = Run.of("spectrum", "--model", "quadratic", "--points", points, "--out", out, "--vectors");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("expected finite numbers, got NaN as number 1 of point 1");
        assertThat(out).doesNotExist();
    }

    @Test
    void refusesNamesThatAreNeitherFilesNorFolders() throws IOException {
        Run empty = Run.of("hessian", "--model", "quadratic", "--random", 1, "--out", "");
        assertThat(empty.code()).isEqualTo(2);
        assertThat(empty.err()).contains("--out: expected a file name ending in .npy, or a folder, got nothing");

        Path file = Files.createFile(folder.resolve("taken"));
        Run taken = Run.of("hessian", "--model", "quadratic", "--random", 1, "--out", file);
        assertThat(taken.code()).isEqualTo(1);
        assertThat(taken.err()).startsWith("curvature: ").contains("taken").doesNotContain("\tat ");
    }

    @Test
    void readsThePackedHessiansThatItWrites() {
        Path packed = folder.resolve("packed.npy");
        Path whole = folder.resolve("whole.npy");
        Object[] model = {"--model", "mlp:3-4-1", "--random", 3000, "--seed", 5};
        Run run = Run.of(with("hessian", model, "--packed", "--out", packed, "--plot", folder.resolve("H.png")));
        Run.of(with("hessian", model, "--out", whole));

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("[3000, 6] float64");
        assertThat(Npy.read(packed).shape()).containsExactly(3000, 6);
        assertThat(Npy.read(packed).getDouble(17, 4)).isEqualTo(Npy.read(whole).getDouble(17, 1, 2));
        Path values = folder.resolve("values.npy");
        Path expected = folder.resolve("expected.npy");
        Run spectrum = Run.of("spectrum", "--hessians", packed, "--packed", "--index", 2, "--out", values);
        assertThat(spectrum.err()).isEmpty();
        assertThat(spectrum.out()).contains("histogram", "Matrix 2");
        Run.of("spectrum", "--hessians", whole, "--out", expected);
        assertThat(values).hasSameBinaryContentAs(expected);
        assertThat(Run.of("spectrum", "--hessians", packed, "--out", values).err())
                .contains("got [3000, 6] in ", "(--packed reads upper triangles)");
        assertThat(Run.of("spectrum", "--hessians", whole, "--packed", "--out", values)
                        .err())
                .contains("hessians: expected [m] or [B, m], m = n (n + 1) / 2", "got [3000, 3, 3]");
    }

    @Test
    void packsASingleHessian() {
        Path model = SavedModels.save(SavedModels.rosenbrock(1, 1), folder, "rosenbrock.fb");
        Path packed = folder.resolve("H.npy");

        Run run = Run.of("hessian", "--model", model, "--wrt", "params", "--packed", "--out", packed);

        assertThat(run.err()).isEmpty();
        assertThat(Npy.read(packed)).isEqualTo(Nd4j.createFromArray(802.0, -400, 200));
        Run spectrum = Run.of("spectrum", "--hessians", packed, "--packed", "--json");
        assertThat(spectrum.json().get("order").getAsInt()).isEqualTo(2);
    }

    @Test
    void countsFloat32AsSuch() {
        Path hessians = folder.resolve("H.npy");
        Npy.write(hessians, Nd4j.ones(DataType.FLOAT, 4, 3));
        Path values = folder.resolve("E.npy");

        assertThat(Run.of("spectrum", "--hessians", hessians, "--packed", "--out", values)
                        .err())
                .isEmpty();
        assertThat(Npy.read(values).dataType()).isEqualTo(DataType.FLOAT);
        assertThat(Npy.read(values).getFloat(0, 1)).isEqualTo(2);
    }

    private static Object[] with(String command, Object[] model, Object... more) {
        return Stream.of(new Object[] {command}, model, more)
                .flatMap(Stream::of)
                .toArray();
    }
}
