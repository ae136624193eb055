package org.curvature4j.internal.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class LargeArraysTest {
    private static final int ROWS = 1 << 18;

    private static INDArray filled(DataType dataType) {
        assertThat(LargeArrays.areMadeFor(dataType, 8L * ROWS))
                .isEqualTo(Nd4j.getEnvironment().isCPU());
        INDArray array = HostArray.create(dataType, ROWS, 2, 4);
        HostArray target = HostArray.writing(array);
        double[] row = new double[8];
        for (int i = 0; i < ROWS; i++) {
            Arrays.fill(row, i % 1000);
            target.write(8L * i, row, 8);
        }
        target.finish();
        return array;
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"DOUBLE", "FLOAT"})
    void areArraysLikeOthers(DataType dataType) {
        try (INDArray array = filled(dataType)) {
            assertThat(array.shape()).containsExactly(ROWS, 2, 4);
            assertThat(array.dataType()).isEqualTo(dataType);
            assertThat(array.getDouble(1234, 1, 3)).isEqualTo(234);
            assertThat(array.get(NDArrayIndex.interval(5, 9), NDArrayIndex.all(), NDArrayIndex.point(2))
                            .sumNumber()
                            .doubleValue())
                    .isEqualTo(2 * (5 + 6 + 7 + 8));
            try (INDArray copy = array.dup();
                    INDArray sum = array.add(1)) {
                assertThat(copy).isEqualTo(array);
                assertThat(sum.getDouble(17, 0, 0)).isEqualTo(18);
            }
            try (HostArray source = HostArray.reading("array", array.reshape(8, ROWS))) {
                double[] number = new double[1];
                source.read(8L * 999, number, 1);
                assertThat(number[0]).isEqualTo(999);
            }
        }
    }

    /** What the process takes grows by Java's heap too, as other tests left it, but not by so much several times over. */
    @Test
    void closingFreesTheMemory() {
        filled(DataType.DOUBLE).close();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 3; round++) {
            long before = Pointer.physicalBytes();
            for (int i = 0; i < 40; i++) {
                filled(DataType.DOUBLE).close();
            }
            least = Math.min(least, Pointer.physicalBytes() - before);
        }
        long one = 8L * ROWS * Double.BYTES;
        assertThat(least).isLessThan(20 * one);
    }

    @Test
    void aClosedOneIsRefusedByNd4j() {
        INDArray array = filled(DataType.DOUBLE);
        array.close();
        assertThat(array.wasClosed()).isTrue();
        assertThatThrownBy(() -> array.add(1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void memoryThatIsNotThereIsAskedForByItsSize() {
        assertThatThrownBy(() -> HostArray.create(DataType.DOUBLE, 1L << 50, 16))
                .isInstanceOf(OutOfMemoryError.class)
                .hasMessageContaining("expected 144115188075855872 bytes")
                .hasMessageContaining("stream them");
    }
}
