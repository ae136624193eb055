package org.curvature4j.samediff;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ops.custom.Polygamma;
import org.nd4j.linalg.api.ops.impl.reduce.Mmul;

/** What a user reads where an operation can't be imported as it stands: the operation, what was expected, what to do. */
class ImportErrorsTest {

    private record Row(String message, Function<Sample, SDVariable> build) {
        @Override
        public String toString() {
            return message;
        }
    }

    private static Row row(String message, Function<Sample, SDVariable> build) {
        return new Row(message, build);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void saysWhatWasExpected(Row row) {
        Sample sample = new Sample();
        SDVariable output = row.build().apply(sample);
        assertThatThrownBy(() -> sample.graph(List.of(output.name())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + output.name() + "'")
                .hasMessageContaining(row.message());
    }

    /** Built so by nobody, but files may say anything. */
    @Test
    void refusesACycle() {
        Sample sample = new Sample();
        SDVariable first = sample.sd.math().sin(sample.real(2));
        SDVariable second = sample.sd.math().cos(first);
        sample.sd.getOps().get(first.getCreator().getOwnName()).setInputsToOp(List.of(second.name()));
        assertThatThrownBy(() -> sample.graph(List.of(second.name())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected operands that don't depend on it, got '")
                .hasMessageContaining("(a cycle)");
    }

    static Stream<Row> rows() {
        return Stream.of(
                row("expected a shape known at import, got a value computed from the graph's inputs: int64[2]", s -> {
                    SDVariable shape = s.sd.argmax(s.real(2, 3), 1);
                    return s.real(2, 3).reshape(shape);
                }),
                row(
                        "expected axes known at import",
                        s -> s.sd.math.sum(
                                s.real(2, 3), s.sd.argmax(s.real(2, 3)).castTo(DataType.INT32), false)),
                row("expected sizes of at least 0, and one of -1 at most, got [-1, -1]", s -> s.real(2, 3)
                        .reshape(-1, -1)),
                row(
                        "expected one order from 0 to 170 for all elements, got [0.5]",
                        s -> new Polygamma(s.sd, s.scalar(0.5), s.unit(2)).outputVariable()),
                row("expected 7 elements", s -> s.real(2, 3).reshape(7)),
                row("expected an axis from -2 to 1, got 5", s -> s.sd.sum(s.real(2, 3), 5)),
                row("expected equal sizes on axis 'k'", s -> s.real(2, 3).mmul(s.real(2, 3))),
                row("expected operands of equal rank with sizes equal or 1", s -> s.real(2, 3)
                        .add(s.real(2))),
                row(
                        "expected a factor alpha other than 0",
                        s -> new Mmul(s.sd, s.real(2, 3), s.real(3, 2)) {
                            @Override
                            public double[] tArgs() {
                                return new double[] {0, 1};
                            }
                        }.outputVariable()),
                row(
                        "make the operation by new TensorMmul",
                        s -> s.sd.tensorMmul(s.real(2, 3, 4), s.real(4, 3, 5), new int[] {1, 2}, new int[] {1, 0})),
                row(
                        "expected a condition and two tensors, got 1 operands",
                        s -> s.sd.where(s.real(3).gt(0))),
                row(
                        "labels: expected an index from 0 to 3, got 4",
                        s -> s.sd.loss.sparseSoftmaxCrossEntropy(s.real(2, 4), s.ints(0, 4))),
                row("expected an index from -2 to 1, got 2", s -> s.sd.gather(s.real(2, 3), s.ints(2), 0)),
                row("expected an axis that 3 divides, got 4", s -> s.sd.split(s.real(4), 3, 0)[0]),
                row("expected a divisor other than 0", s -> s.ints(1).div(s.ints(0))));
    }
}
