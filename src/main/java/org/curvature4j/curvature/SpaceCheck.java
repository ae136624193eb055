package org.curvature4j.curvature;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.curvature4j.internal.engine.DeviceCheck;
import org.curvature4j.internal.engine.DeviceCheck.Promise;
import org.curvature4j.internal.engine.gpu.tiles.DeviceVectors;
import org.curvature4j.internal.gpu.Device;
import org.curvature4j.operator.HeapSpace;
import org.curvature4j.operator.VectorSpace;

/** Holds the work on vectors that a device keeps to that on the heap, which is the same to the last bit. */
final class SpaceCheck {
    static final String KEY = "vectors";

    /** More than one stretch of an inner product, and a last one that isn't full. */
    private static final int LENGTH = 1027;

    private static final int VECTORS = 4;

    private SpaceCheck() {}

    /**
     * Checks the kernels, once a device.
     *
     * @throws org.curvature4j.internal.gpu.UntrustedDeviceException if one gives something else
     */
    static void run(Device device) {
        device.once(KEY, () -> {
            double[] numbers =
                    new SplittableRandom(1).doubles(VECTORS * LENGTH, -1, 1).toArray();
            double[] actual = new double[numbers.length + VECTORS + 1];
            try (DeviceSpace there = new DeviceSpace(
                    (vectors, vector, product) -> vectors.scale(1, vector, product),
                    LENGTH,
                    new DeviceVectors(device, LENGTH, VECTORS))) {
                work(there, numbers, actual);
            }
            DeviceCheck.holdVector(device, Promise.BITS, numbers, actual, SpaceCheck::onHeap);
        });
    }

    private static void onHeap(double[] numbers, double[] results) {
        try (HeapSpace here = new HeapSpace(LENGTH, 1)) {
            work(here, numbers, results);
        }
    }

    /** Everything that is done with vectors but products; gives sums, and the numbers of all vectors. */
    private static <V> void work(VectorSpace<V> space, double[] numbers, double[] results) {
        List<V> vectors = new ArrayList<>();
        for (int k = 0; k < VECTORS; k++) {
            V vector = space.vector();
            space.write(Arrays.copyOfRange(numbers, k * LENGTH, (k + 1) * LENGTH), vector);
            vectors.add(vector);
        }
        List<V> some = vectors.subList(0, VECTORS - 1);
        V last = vectors.get(VECTORS - 1);
        double[] products = space.dots(some, last);
        space.subtract(some, products, last);
        space.add(0.3, some.get(1), last);
        space.combine(some, Arrays.copyOf(numbers, 2 * some.size()), 2);
        space.scale(-0.7, some.get(1), some.get(2));
        System.arraycopy(products, 0, results, VECTORS * LENGTH, products.length);
        results[results.length - 2] = space.dot(last, some.get(2));
        results[results.length - 1] = space.norm(last);
        for (int k = 0; k < VECTORS; k++) {
            System.arraycopy(space.take(vectors.get(k)), 0, results, k * LENGTH, LENGTH);
        }
    }
}
