package org.curvature4j.samediff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.BiFunction;
import org.curvature4j.TensorFunction;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Indices that are fed or constants choose a slice or are refused, whichever operation takes them. */
class IndexCheckTest {
    private static final INDArray POINT = Nd4j.createFromArray(2.0, 3, 4);

    /** The sum of the squares of what a graph takes from x by fed indices. */
    private static TensorFunction fed(int[] indices, BiFunction<SameDiff, SDVariable[], SDVariable> body) {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, 3);
        SDVariable i = sd.placeHolder("i", DataType.INT32, indices.length);
        sd.math().square(body.apply(sd, new SDVariable[] {x, i})).sum("f");
        return TensorFunction.builder(sd)
                .output("f")
                .withRespectTo("x")
                .feed("i", Nd4j.createFromArray(indices))
                .build();
    }

    private static TensorFunction gather(int... indices) {
        return fed(indices, (sd, xi) -> sd.gather(xi[0], xi[1], 0));
    }

    private static void assertRefused(TensorFunction function, String message) {
        for (Runnable way : List.<Runnable>of(
                () -> function.gradient().call(POINT),
                () -> function.gradient().values(POINT.reshape(1, 3)),
                () -> function.hessian().call(POINT))) {
            assertThatThrownBy(way::run)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(message);
        }
    }

    @Test
    void gatheredOnesCountFromTheEndToo() {
        assertThat(gather(0, -1).gradient().call(POINT)).isEqualTo(Nd4j.createFromArray(4.0, 0, 8));
        assertThat(gather(-3, -3).gradient().values(POINT.reshape(1, 3)))
                .isEqualTo(Nd4j.createFromArray(new double[][] {{8, 0, 0}}));
        assertRefused(gather(7, -1), "gather: expected an index from -3 to 2, got 7 (the axis has 3)");
        assertRefused(gather(0, -4), "gather: expected an index from -3 to 2, got -4 (the axis has 3)");
    }

    @Test
    void oneHotRowsAreZeroForNegativeOnesAlone() {
        BiFunction<SameDiff, SDVariable[], SDVariable> body =
                (sd, xi) -> sd.oneHot(xi[1], 3, -1, 1, 0, DataType.DOUBLE).mmul(xi[0].reshape(3, 1));
        assertThat(fed(new int[] {2, -1}, body).gradient().call(POINT)).isEqualTo(Nd4j.createFromArray(0.0, 0, 8));
        assertRefused(fed(new int[] {2, 3}, body), "onehot: expected an index from 0 to 2, got 3");
    }

    @Test
    void labelsAreClasses() {
        BiFunction<SameDiff, SDVariable[], SDVariable> body =
                (sd, xi) -> sd.loss().sparseSoftmaxCrossEntropy(xi[0].reshape(1, 3), xi[1]);
        assertRefused(fed(new int[] {3}, body), "labels: expected an index from 0 to 2, got 3");
        assertRefused(fed(new int[] {-1}, body), "labels: expected an index from 0 to 2, got -1");
    }

    @Test
    void constantOnesAreHeldToTheSame() {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, 3);
        SDVariable bad = sd.constant(Nd4j.createFromArray(0, 3));
        sd.gather(x, sd.constant(Nd4j.createFromArray(0, -1)), 0).rename("last");
        sd.gather("by gather", x, bad, 0);
        sd.gatherNd("by gather_nd", x, sd.constant(Nd4j.createFromArray(new int[][] {{3}})));
        sd.scatterAdd("by scatter", x, bad, sd.constant(Nd4j.createFromArray(1.0, 1)));
        sd.unsortedSegmentSum("by segment", x, sd.constant(Nd4j.createFromArray(0, 1, 5)), 2);
        assertThat(TensorFunction.of(sd, "last", "x").call(POINT)).isEqualTo(Nd4j.createFromArray(2.0, 4));
        for (String output : List.of("gather", "gather_nd", "scatter", "segment")) {
            assertThatThrownBy(() -> TensorFunction.of(sd, "by " + output, "x"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(output + ": expected an index from");
        }
    }
}
