package org.curvature4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** Loading, also of what isn't a graph. Before it was checked, some of the damage here ended the JVM. */
class SameDiffFileTest {
    @TempDir
    Path folder;

    private Path file;
    private byte[] good;

    @BeforeEach
    void save() throws IOException {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, -1, 3);
        SDVariable weights =
                sd.var("W", Nd4j.createFromArray(1.0, 2, 3, 4, 5, 6).reshape('f', 3, 2));
        SDVariable offset = sd.constant("c", Nd4j.scalar(DataType.FLOAT, 2)).castTo(DataType.DOUBLE);
        sd.math().tanh(x.mmul(weights)).add(offset).mul(1.5).sum("y", 1);
        file = folder.resolve("graph.fb");
        sd.save(file.toFile(), false);
        good = Files.readAllBytes(file);
    }

    private void damage(byte[] bytes) throws IOException {
        Files.write(file, bytes);
    }

    @Test
    void loadsWhatWasSaved() {
        INDArray x = Nd4j.createFromArray(new double[][] {{0.1, 0.2, 0.3}});

        INDArray y = SameDiffFile.load(file).outputSingle(Map.of("x", x), "y");

        double sum = Math.tanh(0.1 + 0.4 + 0.9) + Math.tanh(0.4 + 1 + 1.8);
        assertThat(y.getDouble(0)).isEqualTo(1.5 * (sum + 4), org.assertj.core.api.Assertions.within(1e-12));
    }

    @Test
    void loadsArraysWithoutElements() {
        SameDiff graph = SameDiff.create();
        graph.constant("none", Nd4j.create(DataType.DOUBLE, 1, 0));
        graph.save(file.toFile(), false);
        assertThat(SameDiffFile.load(file).getVariable("none").getArr().shape()).containsExactly(1, 0);
    }

    @Test
    void refusesFilesThatAreMissingOrFolders() {
        assertThatThrownBy(() -> SameDiffFile.load(folder.resolve("none.fb")))
                .isInstanceOf(DataFileException.class)
                .hasMessageEndingWith("none.fb: can't be read: no such file");
        assertThatThrownBy(() -> SameDiffFile.load(folder))
                .isInstanceOf(DataFileException.class)
                .hasMessageEndingWith("expected a SameDiff file, got a folder");
    }

    @Test
    void refusesShortAndForeignFiles() throws IOException {
        damage(new byte[3]);
        assertThatThrownBy(() -> SameDiffFile.load(file)).hasMessageEndingWith("expected a SameDiff file, got 3 bytes");
        damage("Dear reader, this is a letter and not a graph at all.".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> SameDiffFile.load(file))
                .isInstanceOf(DataFileException.class)
                .hasMessageEndingWith("expected a file written by SameDiff.save, got a text file");
        damage("PK\003\004 an archive of some model or other".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> SameDiffFile.load(file)).hasMessageContaining("got a zip archive");
        damage(new byte[0]);
        assertThatThrownBy(() -> SameDiffFile.load(file)).hasMessageEndingWith("got an empty file");
    }

    @Test
    void survivesTruncationAnywhere() throws IOException {
        for (int length = 0; length < good.length; length += 7) {
            damage(Arrays.copyOf(good, length));
            loadsOrExplains();
        }
    }

    @Test
    void survivesEveryByteInverted() throws IOException {
        for (int i = 0; i < good.length; i += 2) {
            byte[] bad = good.clone();
            bad[i] = (byte) ~bad[i];
            damage(bad);
            loadsOrExplains();
        }
    }

    @Test
    void survivesRandomDamage() throws IOException {
        Random random = new Random(1);
        for (int trial = 0; trial < 500; trial++) {
            byte[] bad = good.clone();
            for (int i = random.nextInt(6); i >= 0; i--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            }
            damage(bad);
            loadsOrExplains();
        }
    }

    /** Says by a property of the JVM that its class was initialised, which happens at most once. */
    public static final class Loaded {
        static final String PROPERTY = "curvature4j.test.SameDiffFileTest.Loaded";

        static {
            System.setProperty(PROPERTY, "true");
        }
    }

    @Test
    void runsNoClassThatATrainingConfigurationNames() throws IOException {
        SameDiff sd = SameDiffFile.load(file);
        sd.setTrainingConfig(TrainingConfig.builder()
                .updater(new Sgd(0.1))
                .dataSetFeatureMapping("x")
                .dataSetLabelMapping("y")
                .build());
        sd.save(file.toFile(), true);
        String name = Loaded.class.getName();
        String updater = Sgd.class.getName();
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(bytes).contains(updater + "\"");
        int spare = name.length() - updater.length();
        // A longer name takes the place of the spaces that the text has behind it.
        int at = bytes.indexOf(updater + "\"");
        StringBuilder rest = new StringBuilder(bytes.substring(at + updater.length() + 1));
        for (int removed = 0; removed < spare; removed++) {
            rest.deleteCharAt(rest.indexOf("  "));
        }
        Files.writeString(file, bytes.substring(0, at) + name + "\"" + rest, StandardCharsets.ISO_8859_1);

        assertThat(SameDiffFile.load(file).hasVariable("y")).isTrue();

        assertThat(System.getProperty(Loaded.PROPERTY)).isNull();
    }

    /** Two names of one length are made one in the bytes. */
    @Test
    void refusesNamesThatAreGivenTwice() throws IOException {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, 2);
        sd.math().sin(x).rename("first").add(sd.math().cos(x).rename("other"));
        sd.save(file.toFile(), false);
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        Files.writeString(file, bytes.replace("other", "first"), StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> SameDiffFile.load(file))
                .isInstanceOf(DataFileException.class)
                .hasMessageContaining("variable 'first': expected another name for each, got it twice");
    }

    @Test
    void refusesNumbersThatNd4jReadsWrong() {
        SameDiff sd = SameDiff.create();
        sd.constant("c", Nd4j.ones(DataType.DOUBLE, 2).castTo(DataType.BFLOAT16));
        sd.save(file.toFile(), false);

        assertThatThrownBy(() -> SameDiffFile.load(file))
                .isInstanceOf(DataFileException.class)
                .hasMessageContaining("variable 'c'")
                .hasMessageContaining("BFLOAT16");
    }

    @Test
    void survivesBytesLeftOutAndPutIn() throws IOException {
        for (int i = 0; i < good.length; i += 13) {
            byte[] shorter = new byte[good.length - 1];
            System.arraycopy(good, 0, shorter, 0, i);
            System.arraycopy(good, i + 1, shorter, i, shorter.length - i);
            damage(shorter);
            loadsOrExplains();
            byte[] longer = new byte[good.length + 1];
            System.arraycopy(good, 0, longer, 0, i);
            System.arraycopy(good, i, longer, i + 1, good.length - i);
            damage(longer);
            loadsOrExplains();
        }
    }

    /** Damage within a number gives another number; all other damage must be told. */
    private void loadsOrExplains() {
        try {
            assertThat(SameDiffFile.load(file)).isNotNull();
        } catch (DataFileException e) {
            assertThat(e).hasMessageContaining(file + ": ");
        }
    }
}
