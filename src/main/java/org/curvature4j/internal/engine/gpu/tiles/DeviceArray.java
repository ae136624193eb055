package org.curvature4j.internal.engine.gpu.tiles;

import org.curvature4j.graph.DType;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.Strides;
import org.jspecify.annotations.Nullable;

/**
 * A row-major array in a plan's memory.
 *
 * @param block where it lies
 * @param from its first element in the block
 */
record DeviceArray(Block block, long from, Shape shape, DType dtype) {

    /** Memory for values that are kept together; has a place once somebody asks for it. */
    static final class Block {
        private final ProgramCode code;
        private final DType dtype;
        private final long size;
        private final double @Nullable [] content;
        private long place;

        private Block(ProgramCode code, DType dtype, long size, double @Nullable [] content, long place) {
            this.code = code;
            this.dtype = dtype;
            this.size = size;
            this.content = content;
            this.place = place;
        }

        /** @param content numbers that it holds from the start, or one for all; null if it is written */
        static Block of(ProgramCode code, DType dtype, long size, double @Nullable [] content) {
            return new Block(code, dtype, size, content, -1);
        }

        /** Memory at a known place, whose values others write. */
        static Block at(ProgramCode code, DType dtype, long size, long place) {
            return new Block(code, dtype, size, null, place);
        }

        private long place() {
            if (place < 0) {
                place = code.take(size * Held.of(dtype).bytes());
                if (content != null && size > 0) {
                    code.fill(new DeviceArray(this, 0, Shape.of(size), dtype), content);
                }
            }
            return place;
        }
    }

    /** An array at a known place. */
    static DeviceArray at(ProgramCode code, long place, Shape shape, DType dtype) {
        return new DeviceArray(Block.at(code, dtype, shape.size(), place), 0, shape, dtype);
    }

    /** An array of known numbers: one for each element, or one for all. */
    static DeviceArray constant(ProgramCode code, Shape shape, DType dtype, double... numbers) {
        return new DeviceArray(Block.of(code, dtype, shape.size(), numbers), 0, shape, dtype);
    }

    Held held() {
        return Held.of(dtype);
    }

    /** The place of its first element in the plan's memory. */
    long place() {
        return place(0);
    }

    /** The place of one of the elements of its memory, counted from its first. */
    long place(long element) {
        return block.place() + (from + element) * held().bytes();
    }

    /** The number that all its elements are, if that is known. */
    @Nullable
    Double uniform() {
        double[] content = block.content;
        return content != null && content.length == 1 ? Double.valueOf(content[0]) : null;
    }

    Strides strides() {
        return Strides.of(shape);
    }
}
