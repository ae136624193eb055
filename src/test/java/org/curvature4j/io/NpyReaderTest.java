package org.curvature4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Files written by NumPy (src/test/resources/npy/generate.py) are read as NumPy has them. */
class NpyReaderTest {
    private static final long[] SHAPE = {3, 4, 2};

    static Path resource(String name) {
        try {
            return Path.of(NpyReaderTest.class.getResource("/npy/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static Stream<Arguments> numbers() {
        return Stream.of("f8", "f4", "i8", "i4", "i2")
                .flatMap(code -> Stream.of("little_c", "big_c", "little_fortran", "big_fortran")
                        .map(form -> Arguments.of(code, code + "_" + form + ".npy")));
    }

    static Stream<Arguments> bytes() {
        return Stream.of("i1", "u1", "b1")
                .flatMap(code -> Stream.of("c", "fortran").map(form -> Arguments.of(code, code + "_" + form + ".npy")));
    }

    /** What generate.py put at each place. */
    private static double expected(String code, long i, long j, long k) {
        long value = 100 * i + 10 * j + k - 7;
        return switch (code) {
            case "i1" -> Math.floorDiv(value, 4);
            case "u1" -> Math.floorDiv(value, 4) + 7;
            case "b1" -> Math.floorMod(value, 3) == 0 ? 1 : 0;
            default -> value;
        };
    }

    private static double[] expectedRows(String code, int first, int count) {
        return IntStream.range(8 * first, 8 * (first + count))
                .mapToDouble(n -> expected(code, n / 8, n / 2 % 4, n % 2))
                .toArray();
    }

    @ParameterizedTest
    @MethodSource({"numbers", "bytes"})
    void wholeArrays(String code, String name) {
        INDArray array = Npy.read(resource(name));

        assertThat(array.shape()).isEqualTo(SHAPE);
        assertThat(NpyType.of(array.dataType()).code()).isEqualTo(code);
        assertThat(array.ordering()).isEqualTo('c');
        assertThat(array.stride()).isEqualTo(new long[] {8, 2, 1});
        assertThat(array.dup().reshape(24).castTo(DataType.DOUBLE).toDoubleVector())
                .isEqualTo(expectedRows(code, 0, 3));
    }

    @ParameterizedTest
    @MethodSource({"numbers", "bytes"})
    void rangesOfRows(String code, String name) {
        try (NpyReader reader = NpyReader.open(resource(name))) {
            assertThat(reader.rows()).isEqualTo(3);
            assertThat(reader.rowShape()).isEqualTo(new long[] {4, 2});
            assertThat(reader.rowLength()).isEqualTo(8);
            assertThat(reader.fortranOrder()).isEqualTo(name.contains("fortran"));
            for (int first = 0; first <= 3; first++) {
                for (int count = 0; first + count <= 3; count++) {
                    checkRange(reader, code, first, count);
                }
            }
        }
    }

    private static void checkRange(NpyReader reader, String code, int first, int count) {
        double[] expected = expectedRows(code, first, count);

        INDArray array = reader.readRows(first, count);
        assertThat(array.shape()).isEqualTo(new long[] {count, 4, 2});
        if (count > 0) {
            assertThat(array.reshape(8L * count).castTo(DataType.DOUBLE).toDoubleVector())
                    .isEqualTo(expected);
        }

        double[] doubles = new double[8 * count + 3];
        reader.readRows(first, count, doubles, 2);
        assertThat(doubles).startsWith(0, 0).endsWith(0);
        assertThat(Arrays.copyOfRange(doubles, 2, 2 + 8 * count)).isEqualTo(expected);

        for (boolean direct : new boolean[] {true, false}) {
            int bytes = 8 * count * reader.type().bytes();
            ByteBuffer buffer = direct ? ByteBuffer.allocateDirect(bytes + 5) : ByteBuffer.allocate(bytes + 5);
            buffer.position(1);
            reader.readRows(first, count, buffer);
            assertThat(buffer.position()).isEqualTo(1 + bytes);
            assertThat(buffer.limit()).isEqualTo(bytes + 5);
            double[] widened = new double[8 * count];
            reader.type()
                    .toDoubles(buffer.order(ByteOrder.nativeOrder()).position(1), widened, 0, 8 * count, "elements");
            assertThat(widened).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void formatVersions(int version) {
        double[] values =
                Npy.read(resource("version" + version + ".npy")).reshape(24).toDoubleVector();

        assertThat(values).isEqualTo(expectedRows("f8", 0, 3));
    }

    @Test
    void arrayWithoutAxes() {
        INDArray array = Npy.read(resource("scalar.npy"));

        assertThat(array.rank()).isZero();
        assertThat(array.getDouble()).isEqualTo(-2.5);
        try (NpyReader reader = NpyReader.open(resource("scalar.npy"))) {
            assertThat(reader.rows()).isEqualTo(1);
            assertThat(reader.readRows(0, 1).toDoubleVector()).containsExactly(-2.5);
        }
    }

    @Test
    void emptyArrays() {
        INDArray noRows = Npy.read(resource("empty.npy"));
        INDArray emptyRows = Npy.read(resource("empty_rows.npy"));

        assertThat(noRows.isEmpty()).isTrue();
        assertThat(noRows.shape()).isEqualTo(new long[] {0, 3});
        assertThat(emptyRows.shape()).isEqualTo(new long[] {3, 0});
    }

    @Test
    void specialValuesKeepTheirBits() {
        double[] values = Npy.read(resource("special.npy")).toDoubleVector();

        assertThat(values)
                .containsExactly(
                        Double.NaN,
                        Double.POSITIVE_INFINITY,
                        Double.NEGATIVE_INFINITY,
                        -0.0,
                        Double.MIN_VALUE,
                        Math.nextUp(1.0));
    }

    @Test
    void rangesOutsideTheFileAreRefused() {
        try (NpyReader reader = NpyReader.open(resource("f8_little_c.npy"))) {
            assertThatThrownBy(() -> reader.readRows(2, 2))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("rows: expected a range within 0 to 3, got 2 rows from 2");
            assertThatThrownBy(() -> reader.readRows(-1, 1)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> reader.readRows(1, Long.MAX_VALUE)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> reader.readRows(0, 1, new double[8], 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected room for 1 rows of 8 elements, got room for 7");
            assertThatThrownBy(() -> reader.readRows(0, 1, ByteBuffer.allocate(63)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void readingAfterTheCloseSaysSo() {
        NpyReader reader = NpyReader.open(resource("f8_little_c.npy"));
        reader.close();

        assertThatThrownBy(() -> reader.readRows(0, 1))
                .isInstanceOf(DataFileException.class)
                .hasMessageEndingWith("can't be read: it was closed before");
    }

    @Test
    void arraysOutliveTheWorkspaceTheyWereReadIn() {
        WorkspaceConfiguration configuration =
                WorkspaceConfiguration.builder().initialSize(1 << 20).build();
        INDArray array;
        try (MemoryWorkspace scope = Nd4j.getWorkspaceManager().getAndActivateWorkspace(configuration, "npy")) {
            assertThat(scope.isScopeActive()).isTrue();
            array = Npy.read(resource("f8_little_fortran.npy"));
        }

        assertThat(array.isAttached()).isFalse();
        assertThat(array.reshape(24).toDoubleVector()).isEqualTo(expectedRows("f8", 0, 3));
    }

    @Test
    void severalThreadsReadOneFile() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (NpyReader reader = NpyReader.open(resource("f8_big_c.npy"))) {
            Callable<Integer> task = () -> {
                for (int i = 0; i < 200; i++) {
                    checkRange(reader, "f8", i % 3, 1);
                }
                return 200;
            };
            for (Future<Integer> done : threads.invokeAll(List.of(task, task, task, task))) {
                assertThat(done.get()).isEqualTo(200);
            }
        } finally {
            threads.shutdown();
        }
    }
}
