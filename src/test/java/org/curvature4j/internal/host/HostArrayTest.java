package org.curvature4j.internal.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Numbers of every element type into Java's and back. */
class HostArrayTest {
    private static final long FIRST_GAP = (1L << 53) + 1;

    /** Types whose elements are numbers; the unsigned ones of 16 and more bits can't be cast to by all of ND4J's paths. */
    static Stream<DataType> numbers() {
        return Stream.of(
                DataType.DOUBLE,
                DataType.FLOAT,
                DataType.FLOAT16,
                DataType.BFLOAT16,
                DataType.INT64,
                DataType.INT32,
                DataType.INT16,
                DataType.INT8,
                DataType.UINT8,
                DataType.UINT16,
                DataType.UINT32,
                DataType.UINT64,
                DataType.BOOL);
    }

    private static INDArray of(DataType type) {
        return Nd4j.createFromArray(new double[][] {{0, 1, 1}, {1, 0, 1}}).castTo(type);
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void areReadFromAnyLayout(DataType type) {
        double[] expected = {0, 1, 1, 1, 0, 1};
        assertThat(HostArray.numbers("x", of(type))).isEqualTo(expected);
        assertThat(HostArray.numbers("x", of(type).dup('f'))).isEqualTo(expected);
        assertThat(HostArray.numbers("x", of(type).permute(1, 0))).containsExactly(0, 1, 1, 0, 1, 1);
        assertThat(HostArray.numbers("x", of(type).get(NDArrayIndex.all(), NDArrayIndex.interval(1, 3))))
                .containsExactly(1, 1, 0, 1);
        assertThat(HostArray.numbers("x", of(type).get(NDArrayIndex.point(1), NDArrayIndex.point(2))))
                .containsExactly(1);
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void areReadFromAnyPlace(DataType type) {
        try (HostArray source = HostArray.reading("x", of(type))) {
            double[] numbers = {7, 7, 7, 7};
            source.read(2, numbers, 1, 3);
            assertThat(numbers).containsExactly(7, 1, 1, 0);
        }
    }

    @Test
    void areWrittenToAnyPlace() {
        for (DataType type :
                new DataType[] {DataType.DOUBLE, DataType.FLOAT, DataType.INT64, DataType.INT32, DataType.BOOL}) {
            INDArray array = of(type);
            HostArray.writing(array).write(4, new double[] {7, 1, 0}, 1, 2);
            assertThat(HostArray.numbers("x", array)).as("%s", type).containsExactly(0, 1, 1, 1, 1, 0);
        }
    }

    @Test
    void keepTheirValues() {
        assertThat(HostArray.numbers("x", Nd4j.createFromArray(-7, Integer.MAX_VALUE, Integer.MIN_VALUE)))
                .containsExactly(-7, Integer.MAX_VALUE, Integer.MIN_VALUE);
        assertThat(HostArray.numbers("x", Nd4j.createFromArray(-7L, 1L << 53, -(1L << 60), Long.MIN_VALUE)))
                .containsExactly(-7, 0x1p53, -0x1p60, -0x1p63);
        assertThat(HostArray.numbers("x", Nd4j.createFromArray((short) -7, Short.MAX_VALUE)))
                .containsExactly(-7, Short.MAX_VALUE);
        assertThat(HostArray.numbers("x", Nd4j.createFromArray((byte) -7, Byte.MAX_VALUE)))
                .containsExactly(-7, Byte.MAX_VALUE);
        assertThat(HostArray.numbers("x", Nd4j.createFromArray(0.0, 200, 255).castTo(DataType.UINT8)))
                .containsExactly(0, 200, 255);
        assertThat(HostArray.numbers("x", Nd4j.createFromArray(true, false))).containsExactly(1, 0);
    }

    /** Halves have 11 bits from 2^-24 up to 65504, bfloat16 the exponents of float32 and 8 bits. */
    @Test
    void ofSixteenBitsKeepTheirValuesToo() {
        double[] halves = {1.5, -0.25, 65504, 0x1p-14, 0x1p-24, 0x3p-20, Double.POSITIVE_INFINITY, Double.NaN};
        assertThat(HostArray.numbers("x", Nd4j.createFromArray(halves).castTo(DataType.FLOAT16)))
                .isEqualTo(halves);
        double[] wide = {1.5, -0.25, 0x1.fep127, 0x1p-126, Double.NEGATIVE_INFINITY};
        assertThat(HostArray.numbers("x", Nd4j.createFromArray(wide).castTo(DataType.BFLOAT16)))
                .isEqualTo(wide);
    }

    @Test
    void thatFloat64DoesNotHoldAreRefused() {
        for (long gap : new long[] {FIRST_GAP, -FIRST_GAP, Long.MAX_VALUE}) {
            assertThatThrownBy(() -> HostArray.numbers("labels", Nd4j.createFromArray(0L, gap)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("labels: expected numbers that float64 holds")
                    .hasMessageContaining("got " + gap);
        }
        assertThatThrownBy(() -> HostArray.numbers("labels", Nd4j.create("a", "b")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("labels: expected numbers, such as float64, got elements of type UTF8");
        INDArray closed = Nd4j.createFromArray(1.0, 2.0);
        closed.close();
        assertThatThrownBy(() -> HostArray.numbers("labels", closed))
                .hasMessage("labels: expected an open array, got a closed one");
    }

    @Test
    void becomeAnotherTypeThatHoldsThem() {
        INDArray numbers = Nd4j.createFromArray(new double[][] {{0, 1}, {-3, 0x1p31}});
        assertThat(HostArray.as("x", numbers, DataType.DOUBLE)).isSameAs(numbers);
        assertThat(HostArray.as("x", numbers, DataType.INT64).toLongMatrix())
                .isDeepEqualTo(new long[][] {{0, 1}, {-3, 1L << 31}});
        assertThat(HostArray.as("x", Nd4j.createFromArray(1, 0, 1), DataType.BOOL))
                .isEqualTo(Nd4j.createFromArray(true, false, true));
        assertThat(HostArray.as("x", Nd4j.createFromArray(0.1), DataType.FLOAT).getFloat(0))
                .isEqualTo(0.1f);
        assertThat(HostArray.as("x", Nd4j.create(DataType.DOUBLE, 0, 3), DataType.INT32)
                        .shape())
                .containsExactly(0, 3);
        assertRefused(numbers, DataType.INT32, "x: expected numbers that INT32 holds, got 2.147483648E9");
        assertRefused(numbers, DataType.BOOL, "x: expected numbers that BOOL holds, got -3.0");
        assertRefused(Nd4j.createFromArray(1.5), DataType.INT64, "x: expected numbers that INT64 holds, got 1.5");
        assertRefused(
                Nd4j.createFromArray(Double.NaN), DataType.INT32, "x: expected numbers that INT32 holds, got NaN");
        assertRefused(Nd4j.createFromArray(0x1p63), DataType.INT64, "x: expected numbers that INT64 holds, got 9.22");
    }

    private static void assertRefused(INDArray array, DataType type, String message) {
        assertThatThrownBy(() -> HostArray.as("x", array, type))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }
}
