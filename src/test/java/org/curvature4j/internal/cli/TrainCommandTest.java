package org.curvature4j.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.curvature4j.data.Dataset;
import org.curvature4j.internal.random.StandardNormal;
import org.curvature4j.io.SameDiffFile;
import org.curvature4j.training.Score;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SameDiff;

class TrainCommandTest {
    @TempDir
    Path folder;

    private Path at(String name) {
        return folder.resolve(name);
    }

    @Test
    void trainsOnTheDigits() throws Exception {
        Run run = Run.of(
                "train",
                "--epochs",
                2,
                "--seed",
                1,
                "--out",
                at("net.fb"),
                "--at-start",
                at("start.fb"),
                "--plot",
                at("curve.png"),
                "--json");

        assertThat(run.err()).isEmpty();
        JsonObject json = run.json();
        JsonArray epochs = json.getAsJsonArray("epochs");
        assertThat(epochs).hasSize(3);
        assertThat(json.get("parameterCount").getAsInt()).isEqualTo(64 * 32 + 32 + 32 * 10 + 10);
        assertThat(json.get("rows").getAsInt() + json.get("heldOutRows").getAsInt())
                .isEqualTo(1797);
        JsonObject last = epochs.get(2).getAsJsonObject();
        assertThat(last.get("heldOutAccuracy").getAsDouble()).isGreaterThan(0.85);
        // What is reported is what the saved net does.
        SameDiff net = SameDiffFile.load(at("net.fb"));
        Dataset.Split split = Dataset.digits().split(0.2, StandardNormal.otherSeed(1, 2));
        assertThat(Score.of(net, split.heldOut()).loss())
                .isEqualTo(last.get("heldOutLoss").getAsDouble());
        assertThat(Score.of(SameDiffFile.load(at("start.fb")), split.train()).loss())
                .isEqualTo(epochs.get(0).getAsJsonObject().get("loss").getAsDouble());
        assertThat(net.getTrainingConfig().getDataSetFeatureMapping()).containsExactly("input");
        assertThat(ImageIO.read(at("curve.png").toFile()).getWidth()).isGreaterThan(1000);
    }

    @Test
    void theSameSeedGivesTheSameFile() throws Exception {
        String[] seeds = {"4", "4", "5"};
        for (int i = 0; i < 3; i++) {
            Run run = Run.of(
                    "train",
                    "--rows",
                    200,
                    "--widths",
                    "64-4-10",
                    "--epochs",
                    1,
                    "--seed",
                    seeds[i],
                    "--out",
                    at(i + ".fb"));
            assertThat(run.code()).isZero();
        }
        assertThat(at("1.fb")).hasSameBinaryContentAs(at("0.fb"));
        assertThat(Files.readAllBytes(at("2.fb"))).isNotEqualTo(Files.readAllBytes(at("0.fb")));
    }

    @Test
    void trainsARegressorOnATable() throws Exception {
        StringBuilder text = new StringBuilder("u,y,v\n");
        for (int i = 0; i < 40; i++) {
            double u = StandardNormal.value(1, i);
            double v = StandardNormal.value(2, i);
            text.append(u)
                    .append(',')
                    .append(3 * u - v + 1)
                    .append(',')
                    .append(v)
                    .append('\n');
        }
        Files.writeString(at("line.csv"), text);

        Run run = Run.of(
                "train",
                "--data",
                at("line.csv"),
                "--label",
                "y",
                "--widths",
                "2-1",
                "--rate",
                "0.1",
                "--epochs",
                60,
                "--holdout",
                0,
                "--out",
                at("line.fb"));

        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("Trained a net 2-1 on ", "squared-error", "40 rows to train on")
                .doesNotContain("right", "held out");
        SameDiff net = SameDiffFile.load(at("line.fb"));
        assertThat(net.getVariable("W1").getArr().getDouble(0, 0)).isBetween(2.9, 3.1);
        assertThat(net.getVariable("W1").getArr().getDouble(1, 0)).isBetween(-1.1, -0.9);
    }

    @Test
    void aColumnOfLabelsMakesAClassifier() throws Exception {
        Files.writeString(at("c.csv"), "0,1,0\n1,0,1\n0,2,0\n2,0,1\n0,3,0\n");
        Run run = Run.of("train", "--data", at("c.csv"), "--widths", "2-2", "--epochs", 1, "--out", at("c.fb"));
        assertThat(run.out()).contains("cross-entropy");

        Run few = Run.of("train", "--data", at("c.csv"), "--widths", "2-1", "--epochs", 1, "--out", at("r.fb"));
        assertThat(few.out()).contains("squared-error");

        Files.writeString(at("c.csv"), "0,1,0\n1,0,2\n");
        Run wrong = Run.of("train", "--data", at("c.csv"), "--widths", "2-2", "--epochs", 1, "--out", at("w.fb"));
        assertThat(wrong.err()).contains("targets: expected whole numbers from 0 to 1, got 2 in row 1");
        assertThat(wrong.code()).isEqualTo(1);
        assertThat(at("w.fb")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--widths 64 | --widths: expected two or more numbers of 1 to 999999999, as in 64-32-10, got '64'",
                "--widths 64-0-10 | --widths: expected two or more numbers",
                "--widths 60-10 | --widths: expected 64 inputs, the features of digits, got 60",
                "--widths 64-9 --loss squared-error | --widths: expected 10 outputs, the targets of digits, got 9",
                "--activation cubic | --activation",
                "--loss hinge | --loss: expected cross-entropy or squared-error, got 'hinge'",
                "--rate 0 | --rate: expected a finite number above 0, got 0.0",
                "--batch 0 | --batch: expected 1 or more, got 0",
                "--epochs -1 | --epochs: expected 0 or more, got -1",
                "--holdout 1 | --holdout: expected a share from 0 to below 1, got 1",
                "--rows 0 | --rows: expected 1 or more, got 0",
                "--label digit | --label, --targets: expected neither with the digits",
                "--data digits --label digit | expected neither with the digits",
                "--data x.txt --widths 1-1 | --data: expected digits, or a file name ending in .csv or .npy, got"
                        + " 'x.txt'",
                "--data x.csv | --widths: expected inputs, hidden layers and outputs of the net for x.csv",
                "--data x.csv --label a --targets b.npy | --label, --targets: expected one of them, got both",
                "--at-start start.onnx | --at-start: expected a file name ending in .fb",
                "--plot curve.pdf | --plot: expected a file name ending in .png or .svg",
            })
    void refusesWhatCannotBeMeant(String options, String message) {
        Object[] words = ("train " + options + " --out " + at("net.fb")).split(" ");
        Run run = Run.of(words);

        assertThat(run.err()).contains(message).doesNotContain("\tat ");
        assertThat(run.out()).isEmpty();
        assertThat(run.code()).isEqualTo(2);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void refusesWhatCannotBeDone() {
        Run rows = Run.of("train", "--data", "digits", "--rows", 5000, "--out", at("net.fb"));
        assertThat(rows.err()).contains("--rows: expected up to 1797, which digits has, got 5000");
        Run missing = Run.of("train", "--data", "no.csv", "--widths", "1-1", "--out", at("net.fb"));
        assertThat(missing.err()).contains("no.csv: can't be read: no such file");
        Run explosion = Run.of(
                "train",
                "--data",
                "digits",
                "--rows",
                100,
                "--rate",
                "1e300",
                "--optimizer",
                "sgd",
                "--loss",
                "squared-error",
                "--out",
                at("net.fb"));
        assertThat(explosion.err()).contains("training: expected a finite loss");
        for (Run run : new Run[] {rows, missing, explosion}) {
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.out()).isEmpty();
        }
        assertThat(folder).isEmptyDirectory();
    }
}
