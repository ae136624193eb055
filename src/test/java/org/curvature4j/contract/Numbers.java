package org.curvature4j.contract;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.StreamSupport;
import org.curvature4j.internal.host.HostArray;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Results of any kind as numbers to compare. */
final class Numbers {
    private Numbers() {}

    /** Shapes count too, so that the same numbers in another shape are another result. */
    static double[] of(Object result) {
        return stream(result).toArray();
    }

    private static DoubleStream stream(Object result) {
        if (result instanceof INDArray array) {
            DoubleStream shape = Arrays.stream(array.shape()).asDoubleStream();
            return DoubleStream.concat(shape, Arrays.stream(HostArray.numbers("result", array)));
        } else if (result instanceof double[] numbers) {
            return Arrays.stream(numbers);
        } else if (result instanceof Number number) {
            return DoubleStream.of(number.doubleValue());
        } else if (result instanceof Map<?, ?> map) {
            return map.values().stream().flatMapToDouble(Numbers::stream);
        } else if (result instanceof Iterable<?> several) {
            return StreamSupport.stream(several.spliterator(), false).flatMapToDouble(Numbers::stream);
        } else if (result instanceof Boolean truth) {
            return DoubleStream.of(truth ? 1 : 0);
        }
        throw new IllegalStateException("no numbers in " + result);
    }
}
