package org.curvature4j.internal.engine.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.engine.program.Step;
import org.curvature4j.internal.host.NativeArrays;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class StridedCopyTest {
    private static INDArray counted(long... shape) {
        long size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        return Nd4j.createFromArray(new Random(1).doubles(size).toArray()).reshape(shape);
    }

    private static void copiesAsNd4jDoes(INDArray from, INDArray to) {
        assertThat(StridedCopy.can(from, to)).isTrue();
        INDArray expected = from.rank() == 0
                ? to.dup('c').assign(from.getDouble(0))
                : from.broadcast(to.shape()).dup('c');
        StridedCopy.of(from, to).run();
        assertThat(to.dup('c').data().asDouble())
                .containsExactly(expected.data().asDouble());
    }

    @Test
    void permutesAxesOfAllSizes() {
        Random random = new Random(5);
        long[] sizes = {1, 2, 3, 15, 16, 17, 40};
        for (int round = 0; round < 200; round++) {
            int rank = 1 + random.nextInt(4);
            long[] shape = new long[rank];
            List<Integer> axes = new ArrayList<>();
            for (int axis = 0; axis < rank; axis++) {
                shape[axis] = sizes[random.nextInt(rank < 4 ? sizes.length : 5)];
                axes.add(axis);
            }
            Collections.shuffle(axes, random);
            INDArray from =
                    counted(shape).permute(axes.stream().mapToInt(axis -> axis).toArray());
            copiesAsNd4jDoes(from, Nd4j.create(DataType.DOUBLE, from.shape()));
        }
    }

    @Test
    void repeatsAxesOfSizeOneAndNumbers() {
        copiesAsNd4jDoes(counted(7, 1, 40), Nd4j.create(DataType.DOUBLE, 7, 5, 40));
        copiesAsNd4jDoes(counted(1, 20, 1), Nd4j.create(DataType.DOUBLE, 3, 20, 33));
        copiesAsNd4jDoes(counted(1, 1), Nd4j.create(DataType.DOUBLE, 50, 2));
        copiesAsNd4jDoes(Nd4j.scalar(2.5), Nd4j.create(DataType.DOUBLE, 4, 5));
        copiesAsNd4jDoes(Nd4j.scalar(2.5), Nd4j.scalar(1.0));
    }

    @Test
    void writesBlocksAndNothingBeside() {
        INDArray whole = Nd4j.create(DataType.DOUBLE, 6, 20, 50);
        Shape shape = Shape.of(whole.shape());
        INDArray block = NativeArrays.block(whole, shape, List.of(1L, 3L, 10L), Shape.of(4, 16, 35));
        INDArray part = counted(4, 16, 35);
        copiesAsNd4jDoes(part, block);
        assertThat(whole.sumNumber().doubleValue())
                .isCloseTo(part.sumNumber().doubleValue(), org.assertj.core.data.Offset.offset(1e-9));
        copiesAsNd4jDoes(block, Nd4j.create(DataType.DOUBLE, 4, 16, 35));
    }

    /** A number that only the copy refers to must not be freed before it. */
    @Test
    void keepsWhatItCopies() {
        INDArray to = Nd4j.create(DataType.DOUBLE, 100);
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            steps.add(Nd4jSteps.zero(to));
        }
        for (int i = 0; i < 5; i++) {
            System.gc();
            Nd4j.scalar(7.0 + i);
        }
        for (Step step : steps) {
            to.assign(1);
            step.run();
            assertThat(to.maxNumber().doubleValue()).isZero();
        }
    }

    @Test
    void leavesOtherTypesToNd4j() {
        INDArray floats = Nd4j.create(DataType.FLOAT, 2, 2);
        assertThat(StridedCopy.can(floats, floats.dup())).isFalse();
        assertThat(StridedCopy.can(floats, Nd4j.create(DataType.DOUBLE, 2, 2))).isFalse();
    }
}
