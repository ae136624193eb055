package org.curvature4j.op;

import org.curvature4j.graph.Node;
import org.curvature4j.graph.TensorType;

/** Linear operations with fixed positions along one axis: reversal, strides, repetition and patches are all these. */
public sealed interface Indexing extends LinearOp {

    /** Slice i of the result, along the axis, is slice {@code indices[i]} of the operand. */
    record Gather(int axis, Indices indices) implements Indexing {
        @Override
        public String name() {
            return "GATHER axis " + axis + " " + indices;
        }

        @Override
        public TensorType infer(TensorType operand) {
            indices.checkWithin(name(), operand.shape().dim(axis));
            return operand.withShape(operand.shape().with(axis, indices.count()));
        }

        @Override
        public Node transpose(Ops ops, Node cotangent, TensorType operand) {
            return ops.apply(new ScatterAdd(axis, indices, operand.shape().dim(axis)), cotangent);
        }

        @Override
        public LinearOp batched(TensorType operand, long size) {
            return this;
        }

        @Override
        public Kernels.Value lower(Kernels kernels, Node node, Kernels.Value operand) {
            return kernels.gather(operand, axis, indices);
        }
    }

    /** Adds slice i of the operand to slice {@code indices[i]} of zeros whose axis has the given size. */
    record ScatterAdd(int axis, Indices indices, long size) implements Indexing {
        @Override
        public String name() {
            return "SCATTER_ADD axis " + axis + " of " + size + " " + indices;
        }

        @Override
        public TensorType infer(TensorType operand) {
            indices.checkWithin(name(), size);
            if (operand.shape().dim(axis) != indices.count()) {
                throw new IllegalArgumentException(
                        name() + ": expected " + indices.count() + " slices on axis " + axis + ", got " + operand);
            }
            return operand.withShape(operand.shape().with(axis, size));
        }

        @Override
        public Node transpose(Ops ops, Node cotangent, TensorType operand) {
            return ops.apply(new Gather(axis, indices), cotangent);
        }

        @Override
        public LinearOp batched(TensorType operand, long batch) {
            return this;
        }

        @Override
        public Kernels.Value lower(Kernels kernels, Node node, Kernels.Value operand) {
            return kernels.scatterAdd(operand, axis, indices, size);
        }
    }
}
