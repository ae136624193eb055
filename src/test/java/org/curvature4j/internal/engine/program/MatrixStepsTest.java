package org.curvature4j.internal.engine.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.engine.program.MatrixSteps.Operand;
import org.curvature4j.op.MatrixRoutine;
import org.junit.jupiter.api.Test;

/** Steps share memory, and leave it to those that go on. */
class MatrixStepsTest {
    private static final Shape SHAPE = Shape.of(1, 2, 2, 1);

    private static Operand operand(double... values) {
        return new Operand(
                new MatrixSteps.Numbers() {
                    @Override
                    public void read(int from, double[] to, int count) {
                        System.arraycopy(values, from, to, 0, count);
                    }

                    @Override
                    public void write(int from, double[] numbers, int count) {
                        System.arraycopy(numbers, 0, values, from, count);
                    }
                },
                SHAPE);
    }

    private static Step root(MatrixSteps steps, double[] result, double... matrix) {
        return steps.step(MatrixRoutine.CHOLESKY, List.of(operand(matrix)), operand(result));
    }

    @Test
    void aStepThatIsClosedLeavesTheOthersTheirMemory() {
        MatrixSteps steps = new MatrixSteps();
        double[] first = new double[4];
        double[] second = new double[4];
        Step once = root(steps, first, 4, 2, 2, 2);
        Step each = root(steps, second, 9, 3, 3, 5);
        once.run();
        once.close();
        once.close();
        for (int i = 0; i < 1000; i++) {
            each.run();
            assertThat(second).containsExactly(3, 0, 1, 2);
        }
        each.close();
        assertThat(first).containsExactly(2, 0, 1, 1);
        // What is asked of freed memory is refused rather than read.
        assertThatThrownBy(each::run).isInstanceOf(IllegalStateException.class).hasMessageContaining("closed");
        Step later = root(steps, second, 1, 0, 0, 1);
        later.run();
        assertThat(second).containsExactly(1, 0, 0, 1);
        later.close();
    }
}
