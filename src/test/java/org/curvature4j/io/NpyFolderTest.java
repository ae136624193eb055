package org.curvature4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Many files are one array, wherever they are, and few of them are open. */
class NpyFolderTest {
    private static final int FILES = 200;

    @TempDir
    private Path folder;

    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();

    private byte[] bytes(INDArray array) {
        try {
            Path file = folder.resolve("one.npy");
            Npy.write(file, array);
            byte[] bytes = Files.readAllBytes(file);
            Files.delete(file);
            return bytes;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** File i has i % 3 rows of 2 numbers, which count on. */
    private Map<Path, byte[]> files() {
        Map<Path, byte[]> files = new TreeMap<>();
        int next = 0;
        for (int i = 0; i < FILES; i++) {
            double[][] rows = new double[i % 3][];
            for (int row = 0; row < rows.length; row++) {
                rows[row] = new double[] {next++, next++};
            }
            INDArray array = rows.length == 0 ? Nd4j.create(DataType.DOUBLE, 0, 2) : Nd4j.createFromArray(rows);
            files.put(Path.of(String.format("store:/part-%04d.npy", i)), bytes(array));
        }
        return files;
    }

    private NpyReader reader(Path name, byte[] content) {
        mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
        return NpyReader.of(name, new ByteRanges() {
            @Override
            public long size() {
                return content.length;
            }

            @Override
            public int read(ByteBuffer into, long position) {
                if (position >= content.length) {
                    return -1;
                }
                // No more than a few at once, as a store may.
                int some = Math.min(7, Math.min(into.remaining(), (int) (content.length - position)));
                into.put(content, (int) position, some);
                return some;
            }

            @Override
            public void close() {
                open.decrementAndGet();
            }
        });
    }

    @Test
    void rangesOfAnyFilesAreThoseOfTheWhole() {
        Map<Path, byte[]> files = files();
        try (NpyFolder rows = NpyFolder.of(
                Path.of("store:/"), files.keySet().stream().toList(), name -> reader(name, files.get(name)))) {
            int all = IntStream.range(0, FILES).map(i -> i % 3).sum();
            assertThat(rows.shape()).containsExactly(all, 2);
            for (int first : new int[] {0, 1, 2, 3, 50, all - 1, all}) {
                for (int count : new int[] {0, 1, 2, 5, all - first}) {
                    int some = Math.min(count, all - first);
                    double[] expected = IntStream.range(2 * first, 2 * (first + some))
                            .asDoubleStream()
                            .toArray();
                    double[] read = new double[2 * some];
                    rows.readRows(first, some, read, 0);
                    assertThat(read).isEqualTo(expected);
                    assertThat(rows.readRows(first, some).data().asDouble()).startsWith(expected);
                }
            }
            assertThat(mostOpen.get()).isBetween(2, 40);
        }
        assertThat(open.get()).isZero();
    }

    @Test
    void filesOfOtherRowsAreRefused() throws IOException {
        Npy.write(folder.resolve("a.npy"), Nd4j.ones(DataType.DOUBLE, 2, 3));
        Npy.write(folder.resolve("b.npy"), Nd4j.ones(DataType.DOUBLE, 2, 4));
        assertThatThrownBy(() -> NpyFolder.open(folder))
                .isInstanceOf(DataFileException.class)
                .hasMessageContaining("b.npy: expected rows of")
                .hasMessageContaining("[3]");
        Files.delete(folder.resolve("b.npy"));
        Files.delete(folder.resolve("a.npy"));
        assertThatThrownBy(() -> NpyFolder.open(folder)).hasMessageContaining("got one without any");
    }

    @Test
    void contentThatIsNotTakenIsClosed() {
        Path name = Path.of("store:/x.npy");
        assertThatThrownBy(() -> reader(name, new ByteArrayOutputStream().toByteArray()))
                .hasMessageContaining("got an empty file");
        assertThat(open.get()).isZero();
    }
}
