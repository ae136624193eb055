package org.curvature4j.internal.engine.tile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransposerTest {
    /** Around the sizes of strips and blocks. */
    @ParameterizedTest
    @CsvSource({"1, 1", "7, 33", "8, 32", "9, 31", "64, 128", "65, 257", "3, 0"})
    void turnsRowsIntoColumns(int rows, int columns) {
        double[] from = IntStream.range(0, 5 + rows * columns).asDoubleStream().toArray();
        double[] to = new double[rows * columns];
        Transposer.transpose(from, 5, rows, columns, to);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                assertThat(to[column * rows + row]).isEqualTo(from[5 + row * columns + column]);
            }
        }
    }
}
