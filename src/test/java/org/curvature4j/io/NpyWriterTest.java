package org.curvature4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.curvature4j.internal.random.StandardNormal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class NpyWriterTest {
    @TempDir
    private Path folder;

    private Path out() {
        return folder.resolve("out.npy");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(path -> path.getFileName().toString()).toList();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "f8_little_c",
                "f4_little_c",
                "i8_little_c",
                "i4_little_c",
                "i2_little_c",
                "i1_c",
                "u1_c",
                "b1_c",
                "scalar",
                "empty",
                "empty_rows",
                "special"
            })
    void filesAreThoseOfNumPy(String name) throws IOException {
        Path original = NpyReaderTest.resource(name + ".npy");

        Npy.write(out(), Npy.read(original));

        assertThat(out()).hasSameBinaryContentAs(original);
        assertThat(names()).containsExactly("out.npy");
    }

    @ParameterizedTest
    @EnumSource(NpyType.class)
    void viewsOfAllTypes(NpyType type) {
        INDArray normal = RandomPoints.of(1, 6, 7, 5).readRows(0, 6);
        INDArray big = (type == NpyType.BOOL ? normal.gt(0) : normal.mul(20)).castTo(type.dataType());
        INDArray before = big.dup();
        List<INDArray> views = List.of(
                big,
                big.dup('f'),
                big.permute(2, 0, 1),
                big.get(NDArrayIndex.interval(1, 4)),
                big.get(NDArrayIndex.all(), NDArrayIndex.interval(1, 2, 6), NDArrayIndex.interval(2, 5)),
                big.get(NDArrayIndex.point(3)),
                big.get(NDArrayIndex.all(), NDArrayIndex.point(2), NDArrayIndex.all()),
                big.get(NDArrayIndex.all(), NDArrayIndex.point(2), NDArrayIndex.point(1)),
                big.slice(4).slice(1));
        for (INDArray view : views) {
            Npy.write(out(), view);
            INDArray read = Npy.read(out());
            assertThat(read.shape()).isEqualTo(view.shape());
            assertThat(read.dataType()).isEqualTo(view.dataType());
            assertThat(read.castTo(DataType.DOUBLE).equalsWithEps(view.dup('c').castTo(DataType.DOUBLE), 0))
                    .isTrue();
        }
        assertThat(big.castTo(DataType.DOUBLE).equalsWithEps(before.castTo(DataType.DOUBLE), 0))
                .isTrue();
    }

    @Test
    void transposedArrayLargerThanABlock() {
        INDArray wide = Nd4j.createFromArray(
                        IntStream.range(0, 300_000).asDoubleStream().toArray())
                .reshape(300, 1000);

        Npy.write(out(), wide.transpose());

        try (NpyReader reader = NpyReader.open(out())) {
            double[] row = new double[300];
            for (int i : new int[] {0, 436, 437, 999}) {
                reader.readRows(i, 1, row, 0);
                for (int j : new int[] {0, 1, 299}) {
                    assertThat(row[j]).isEqualTo(1000.0 * j + i);
                }
            }
        }
    }

    @Test
    void rowsInAnyOrderAndForm() {
        try (NpyWriter writer = NpyWriter.create(out(), NpyType.FLOAT64, 5, 2)) {
            writer.writeRows(3, Nd4j.createFromArray(new double[][] {{30, 31}, {40, 41}}));
            writer.writeRows(1, 2, new double[] {-1, 10, 11, 20, 21, -1}, 1);
            ByteBuffer bytes = ByteBuffer.allocate(40).order(ByteOrder.nativeOrder());
            bytes.putDouble(8, 0).putDouble(16, 1).position(8).limit(24);
            assertThat(writer.writeRows(0, bytes)).isEqualTo(1);
            assertThat(bytes.remaining()).isZero();
            assertThat(out()).doesNotExist();
            writer.commit();
        }

        assertThat(Npy.read(out()).reshape(10).toDoubleVector()).containsExactly(0, 1, 10, 11, 20, 21, 30, 31, 40, 41);
    }

    @Test
    void doublesAreRoundedIntoFloat32() {
        try (NpyWriter writer = NpyWriter.create(out(), NpyType.FLOAT32, 3)) {
            writer.writeRows(0, 3, new double[] {0.1, 1e300, -0.0}, 0);
            writer.commit();
        }

        assertThat(Npy.read(out()).toFloatVector()).containsExactly(0.1f, Float.POSITIVE_INFINITY, -0.0f);
    }

    @Test
    void longArraysOfDoublesGoInBlocks() {
        double[] values = new double[400_000];
        StandardNormal.fill(3, 0, values, 0, values.length);
        try (NpyWriter writer = NpyWriter.create(out(), NpyType.FLOAT64, values.length)) {
            writer.writeRows(0, values.length, values, 0);
            writer.commit();
        }

        double[] read = new double[values.length];
        try (NpyReader reader = NpyReader.open(out())) {
            reader.readRows(0, read.length, read, 0);
        }
        assertThat(read).isEqualTo(values);
    }

    @Test
    void withoutCommitNothingStaysAndTheOldFileDoes() throws IOException {
        Npy.write(out(), Nd4j.scalar(1.0));
        try (NpyWriter writer = NpyWriter.create(out(), NpyType.FLOAT64, 2)) {
            writer.writeRows(0, 1, new double[] {5}, 0);
            assertThatThrownBy(writer::commit)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageEndingWith("expected 2 rows to be written before the commit, got 1");
        }

        assertThat(names()).containsExactly("out.npy");
        assertThat(Npy.read(out()).getDouble()).isEqualTo(1);
    }

    @Test
    void wrongRowsAreRefused() {
        try (NpyWriter writer = NpyWriter.create(out(), NpyType.FLOAT64, 5, 2)) {
            assertThatThrownBy(() -> writer.writeRows(0, Nd4j.zeros(DataType.DOUBLE, 1, 3)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("npy rows: expected shape [count, 2], got [1, 3]");
            assertThatThrownBy(() -> writer.writeRows(0, Nd4j.zeros(DataType.DOUBLE, 2)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> writer.writeRows(0, Nd4j.zeros(DataType.FLOAT, 1, 2)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("npy rows: expected type DOUBLE, got FLOAT (cast it with castTo)");
            assertThatThrownBy(() -> writer.writeRows(4, Nd4j.zeros(DataType.DOUBLE, 2, 2)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("range within 0 to 5");
            assertThatThrownBy(() -> writer.writeRows(0, ByteBuffer.allocate(15)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("whole rows of 16 bytes");
        }
    }

    @Test
    void unknownTypesAndShapesAreRefusedAtOnce() throws IOException {
        assertThatThrownBy(() -> Npy.write(out(), Nd4j.zeros(DataType.FLOAT16, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got HALF (cast it with castTo)");
        assertThatThrownBy(() -> NpyWriter.create(out(), NpyType.INT8, Long.MAX_VALUE, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("fewer than 2^63 bytes");
        assertThatThrownBy(() -> NpyWriter.create(out(), NpyType.FLOAT64, 1L << 59))
                .isInstanceOf(DataFileException.class)
                .hasMessageMatching(".*out.npy: can't be written: it needs 4.0 EiB, the disk has [\\d.]+ .iB left");
        assertThat(names()).isEmpty();
    }

    @Test
    void missingFolderIsNamed() {
        Path file = folder.resolve("none/out.npy");

        assertThatThrownBy(() -> Npy.write(file, Nd4j.scalar(1.0)))
                .isInstanceOf(DataFileException.class)
                .hasMessageContaining("there is no folder " + folder.resolve("none"));
    }
}
