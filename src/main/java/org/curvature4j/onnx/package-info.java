/**
 * ONNX models as SameDiff graphs: the file, its tensors, and one rule for each operator. The protobuf classes are those
 * that ND4J ships; its own importer isn't used, since it computes wrong numbers. What an operator becomes are SameDiff
 * operations that {@code samediff} has rules for. Imports ND4J, the protobuf classes and {@code io}.
 */
@NullMarked
package org.curvature4j.onnx;

import org.jspecify.annotations.NullMarked;
