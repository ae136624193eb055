package org.curvature4j.curvature;

import java.util.Arrays;
import org.curvature4j.internal.engine.gpu.tiles.DeviceVector;
import org.curvature4j.internal.engine.gpu.tiles.DeviceVectors;
import org.curvature4j.internal.gpu.Device;
import org.curvature4j.operator.Basis;

/** Opens vectors on a device to tests in other packages. */
public final class LanczosRunner {
    private LanczosRunner() {}

    /** What Lanczos does beside the product in a step that finds so many vectors; told of before and after. */
    public static void step(Device device, int length, int vectors, Runnable around) {
        DeviceSpace.Product none = (all, vector, product) -> {
            throw new AssertionError("nothing to be multiplied");
        };
        try (DeviceSpace space = new DeviceSpace(none, length, new DeviceVectors(device, length, vectors + 2))) {
            Basis<DeviceVector> basis = new Basis<>(space);
            DeviceVector vector = space.vector();
            double[] numbers = new double[length];
            for (int i = 0; i < vectors; i++) {
                numbers[i] = 1;
                space.write(numbers, vector);
                basis.append(vector, 1);
                numbers[i] = 0;
            }
            // Much of it is left: a norm near 0 would be taken on this machine.
            Arrays.fill(numbers, 1);
            space.write(numbers, vector);
            // What is held to the processor once is held here.
            basis.orthogonalise(vector, new double[vectors]);
            space.norm(vector);
            around.run();
            double norm = basis.orthogonalise(vector, new double[vectors]);
            basis.append(vector, 1 / norm);
            // Queued; a wait ends the step.
            space.norm(vector);
            around.run();
        }
    }
}
