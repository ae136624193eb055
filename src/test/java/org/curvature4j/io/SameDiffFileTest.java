package org.curvature4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
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
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

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
        damage("Dear reader, this is a letter and not a graph at all."
                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThatThrownBy(() -> SameDiffFile.load(file))
                .isInstanceOf(DataFileException.class)
                .hasMessageEndingWith("expected a file written by SameDiff.save, got another format or a damaged file");
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

    /** Damage within a number gives another number; all other damage must be told. */
    private void loadsOrExplains() {
        try {
            assertThat(SameDiffFile.load(file)).isNotNull();
        } catch (DataFileException e) {
            assertThat(e).hasMessageContaining(file + ": ");
        }
    }
}
