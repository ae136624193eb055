package org.curvature4j.internal.engine.nd4j;

import org.curvature4j.internal.engine.program.MatrixSteps;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.internal.host.NativeDoubles;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Float64 numbers in ND4J's memory, which Java's takes in and gives back. The array keeps the memory. */
final class NativeNumbers implements MatrixSteps.Numbers {
    private final INDArray array;
    private final NativeDoubles numbers;

    NativeNumbers(INDArray array) {
        this.array = array;
        this.numbers = NativeDoubles.of(array);
    }

    @Override
    public void read(int from, double[] to, int count) {
        if (Nd4j.getEnvironment().isCPU()) {
            numbers.read(from, to, 0, count);
        } else {
            try (HostArray host = HostArray.reading("matrices", array)) {
                host.read(from, to, count);
            }
        }
    }

    @Override
    public void write(int from, double[] values, int count) {
        if (Nd4j.getEnvironment().isCPU()) {
            numbers.write(from, values, 0, count);
        } else {
            try (HostArray host = HostArray.writing(array)) {
                host.write(from, values, count);
                host.finish();
            }
        }
    }
}
