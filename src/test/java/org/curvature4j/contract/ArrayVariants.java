package org.curvature4j.contract;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Arrays in every element type and layout, and of shapes that don't fit, each with a plain float64 copy of its numbers. */
final class ArrayVariants {
    static final List<DataType> TYPES = List.of(
            DataType.DOUBLE,
            DataType.FLOAT,
            DataType.FLOAT16,
            DataType.BFLOAT16,
            DataType.INT64,
            DataType.INT32,
            DataType.INT16,
            DataType.INT8,
            DataType.UINT8,
            DataType.BOOL);

    private ArrayVariants() {}

    /**
     * An array to try.
     *
     * @param plain the same numbers in float64, row-major; null where the elements aren't numbers
     */
    record Variant(String name, INDArray array, INDArray plain) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** All of them for an argument of this shape. */
    static List<Variant> of(long... shape) {
        List<Variant> variants = new ArrayList<>();
        for (DataType type : TYPES) {
            INDArray array = numbers(shape).castTo(type);
            variants.add(variant(type + " row-major", array));
            variants.add(variant(type + " column-major", array.dup('f')));
            variants.add(variant(type + " strided view", view(array)));
        }
        INDArray texts = Nd4j.create(Arrays.stream(new long[(int) numbers(shape).length()])
                        .mapToObj(Long::toString)
                        .toArray(String[]::new))
                .reshape(shape);
        variants.add(new Variant("UTF8", texts, null));
        variants.add(variant("rank 0", Nd4j.scalar(DataType.DOUBLE, 1)));
        variants.add(variant("rank 0 of INT32", Nd4j.scalar(DataType.INT32, 1)));
        long[] empty = shape.clone();
        empty[0] = 0;
        variants.add(variant("size 0", Nd4j.create(DataType.DOUBLE, empty)));
        long[] hollow = shape.clone();
        hollow[shape.length - 1] = 0;
        variants.add(variant("size 0 at last", Nd4j.create(DataType.DOUBLE, hollow)));
        long[] deeper = Arrays.copyOf(shape, shape.length + 1);
        deeper[shape.length] = 2;
        variants.add(variant("wrong rank", numbers(deeper)));
        variants.add(variant("flat", numbers(Arrays.stream(shape).reduce(1, (a, b) -> a * b))));
        long[] longer = shape.clone();
        longer[shape.length - 1]++;
        variants.add(variant("wrong length", numbers(longer)));
        long[] more = shape.clone();
        more[0]++;
        variants.add(variant("one more", numbers(more)));
        return variants;
    }

    private static Variant variant(String name, INDArray array) {
        return new Variant(name, array, array.castTo(DataType.DOUBLE).dup('c'));
    }

    /** Small whole numbers, positive, and symmetric in the last two axes: 1 and the sum of an element's indices. */
    static INDArray numbers(long... shape) {
        INDArray array = Nd4j.create(DataType.DOUBLE, shape);
        for (long i = 0; i < array.length(); i++) {
            long sum = 1;
            long rest = i;
            for (int axis = shape.length - 1; axis >= 0; axis--) {
                sum += rest % shape[axis];
                rest /= shape[axis];
            }
            array.putScalar(i, (double) sum);
        }
        return array;
    }

    /** The same elements at every second place of the last axis of a larger array. */
    private static INDArray view(INDArray array) {
        long[] larger = array.shape().clone();
        larger[larger.length - 1] *= 2;
        INDArray memory = Nd4j.create(array.dataType(), larger);
        INDArrayIndex[] indices = new INDArrayIndex[larger.length];
        Arrays.fill(indices, NDArrayIndex.all());
        indices[larger.length - 1] = NDArrayIndex.interval(0, 2, larger[larger.length - 1]);
        INDArray view = memory.get(indices);
        view.assign(array);
        return view;
    }
}
