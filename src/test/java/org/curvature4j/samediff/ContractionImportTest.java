package org.curvature4j.samediff;

import static org.curvature4j.samediff.ImportCase.smooth;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ContractionImportTest {

    @ParameterizedTest
    @MethodSource({"products", "matrices"})
    void agreesWithNd4jAndFiniteDifferences(ImportCase row) {
        ImportChecks.check(row);
    }

    static Stream<ImportCase> products() {
        return Stream.of(
                smooth("mmul", s -> s.real(2, 3).mmul(s.real(3, 2))),
                smooth("mmul tA", s -> s.sd.mmul(s.real(3, 2), s.real(3, 2), true, false, false)),
                smooth("mmul tB", s -> s.sd.mmul(s.real(2, 3), s.real(2, 3), false, true, false)),
                smooth("mmul tA tB", s -> s.sd.mmul(s.real(3, 2), s.real(2, 3), true, true, false)),
                smooth("mmul tZ", s -> s.sd.mmul(s.real(2, 3), s.real(3, 4), false, false, true)),
                smooth("mmul tA tZ", s -> s.sd.mmul(s.real(3, 2), s.real(3, 4), true, false, true)),
                smooth("matmul", s -> s.sd.linalg.matmul(s.real(2, 3), s.real(3, 2))),
                smooth("row vector", s -> s.sd.mmul(s.real(3), s.real(3, 2))),
                smooth("column vector", s -> s.sd.mmul(s.real(2, 3), s.real(3))),
                smooth("two vectors", s -> s.sd.mmul(s.real(3), s.real(3))),
                smooth("stack", s -> s.sd.mmul(s.real(2, 2, 3), s.real(2, 3, 2))),
                smooth("stack tA", s -> s.sd.mmul(s.real(2, 3, 2), s.real(2, 3, 2), true, false, false)),
                smooth("stack tB", s -> s.sd.mmul(s.real(2, 2, 3), s.real(2, 2, 3), false, true, false)),
                smooth("stack tZ", s -> s.sd.mmul(s.real(2, 2, 3), s.real(2, 3, 1), false, false, true)),
                smooth("stack of stacks", s -> s.sd.mmul(s.real(2, 2, 1, 2), s.real(2, 2, 2, 1))),
                smooth("tensorMmul", s -> s.sd.tensorMmul(s.real(2, 3), s.real(3, 2), new int[] {1}, new int[] {0})),
                smooth("linear", s -> s.sd.nn.linear(s.real(2, 3), s.real(3, 2), s.real(2))),
                smooth("reluLayer", s -> s.sd.nn.reluLayer(s.real(2, 3), s.real(3, 2), s.real(2))),
                smooth("biasAdd last", s -> s.sd.nn.biasAdd(s.real(2, 3), s.real(3), false)),
                smooth("biasAdd NCHW", s -> s.sd.nn.biasAdd(s.real(2, 3, 1, 2), s.real(3), true)),
                smooth("biasAdd NHWC", s -> s.sd.nn.biasAdd(s.real(2, 1, 2, 3), s.real(3), false)));
    }

    static Stream<ImportCase> matrices() {
        return Stream.of(
                smooth("trace", s -> s.sd.math.trace(s.real(3, 3))),
                smooth("trace of a stack", s -> s.sd.math.trace(s.real(2, 3, 3))),
                smooth("diag", s -> s.sd.math.diag(s.real(3))),
                smooth("diag of a matrix", s -> s.sd.math.diag(s.real(2, 2))),
                smooth("diagPart", s -> s.sd.math.diagPart(s.real(3, 3))),
                smooth("diagPart of rank 4", s -> s.sd.math.diagPart(s.real(2, 2, 2, 2))),
                smooth("setDiag", s -> s.sd.math.setDiag(s.real(3, 3), s.real(3))),
                smooth("setDiag of a stack", s -> s.sd.math.setDiag(s.real(2, 2, 3), s.real(2, 2))),
                smooth("triu", s -> s.sd.linalg.triu(s.real(3, 3))),
                smooth("triu 1", s -> s.sd.linalg.triu(s.real(2, 3, 3), 1)),
                smooth("triu -1", s -> s.sd.linalg.triu(s.real(3, 3), -1)),
                smooth("matrixBandPart", s -> s.sd.linalg.matrixBandPart(s.real(3, 3), 1, 0)[0]),
                smooth("matrixBandPart open", s -> s.sd.linalg.matrixBandPart(s.real(2, 3, 3), -1, 1)[0]),
                smooth("cross", s -> s.sd.math.cross(s.real(2, 3), s.real(2, 3))));
    }
}
