package org.curvature4j.internal.engine.gpu.tiles;

import java.util.List;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Shape;

/**
 * How float64 numbers of this machine become an array of a device, or the other way round.
 *
 * @param place where the numbers are copied to, or from
 * @param then what makes the array of them once they are there, or them of the array before
 */
record Arrival(long place, List<Launch> then) {

    /** How numbers, row-major, become an array. */
    static Arrival of(ProgramCode code, DeviceArray array) {
        if (array.held() == Held.DOUBLE) {
            return new Arrival(array.place(), List.of());
        }
        DeviceArray numbers = scratch(code, array.shape());
        return new Arrival(
                numbers.place(),
                code.target().cast(numbers, array, DType.FLOAT64, array.dtype()).list());
    }

    /** Float64 numbers in memory that nothing needs between two instructions. */
    static DeviceArray scratch(ProgramCode code, Shape shape) {
        return DeviceArray.at(code, code.takeWholeScratch(shape.size() * Double.BYTES), shape, DType.FLOAT64);
    }
}
