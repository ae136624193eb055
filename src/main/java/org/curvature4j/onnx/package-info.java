/**
 * ONNX models: the file, its numbers, and one rule for each operator. The protobuf classes are those that ND4J ships; its own
 * importer isn't used, since it computes wrong numbers. A model becomes a SameDiff graph that holds the file's nodes ({@code
 * OnnxOp}); each brings its rule, which writes what the node computes in primitives when a function is made, where shapes
 * are known and so is all that follows from them. Imports {@code graph}, {@code op}, {@code samediff}, ND4J, the protobuf
 * classes and {@code io}.
 */
@NullMarked
package org.curvature4j.onnx;

import org.jspecify.annotations.NullMarked;
