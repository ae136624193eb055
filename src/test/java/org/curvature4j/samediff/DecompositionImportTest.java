package org.curvature4j.samediff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.curvature4j.samediff.ImportCase.several;
import static org.curvature4j.samediff.ImportCase.smooth;

import java.util.List;
import java.util.stream.Stream;
import org.curvature4j.graph.Graph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.custom.LogMatrixDeterminant;
import org.nd4j.linalg.api.ops.impl.transforms.custom.Svd;
import org.nd4j.linalg.factory.Nd4j;

/** Decompositions, held to what ND4J computes where that is right, and to finite differences. */
class DecompositionImportTest {

    @ParameterizedTest
    @MethodSource("decompositions")
    void agreesWithNd4jAndFiniteDifferences(ImportCase row) {
        ImportChecks.check(row);
    }

    static Stream<ImportCase> decompositions() {
        return Stream.of(
                smooth("cholesky", s -> s.sd.linalg.cholesky(covariance(s, 3))),
                smooth("cholesky of six rows", s -> s.sd.linalg.cholesky(covariance(s, 6))),
                smooth("logdet", s -> s.sd.linalg.logdet(covariance(s, 3))),
                smooth("log_matrix_determinant", s -> new LogMatrixDeterminant(s.sd, general(s, 3, 3), false)
                        .outputVariable()),
                smooth("matrixInverse", s -> s.sd.math.matrixInverse(general(s, 3, 3))),
                smooth("matrixInverse of a stack", s -> s.sd.math.matrixInverse(general(s, 2, 3, 3))),
                smooth("matrixDeterminant of 1", s -> s.sd.math.matrixDeterminant(general(s, 1, 1))),
                smooth("matrixDeterminant of 2", s -> s.sd.math.matrixDeterminant(general(s, 2, 2))),
                smooth("matrixDeterminant of 3", s -> s.sd.math.matrixDeterminant(general(s, 3, 3))),
                smooth("matrixDeterminant of 5", s -> s.sd.math.matrixDeterminant(general(s, 5, 5))),
                smooth("matrixDeterminant of a stack", s -> s.sd.math.matrixDeterminant(general(s, 2, 3, 3))),
                smooth("solve", s -> s.sd.linalg.solve(general(s, 3, 3), s.real(3, 2))),
                smooth("solve adjoint", s -> s.sd.linalg.solve(general(s, 3, 3), s.real(3, 2), true)),
                smooth("solve of a stack", s -> s.sd.linalg.solve(general(s, 2, 3, 3), s.real(2, 3, 2), false)),
                smooth("triangularSolve", s -> triangular(s, true, false)),
                smooth("triangularSolve adjoint", s -> triangular(s, true, true)),
                smooth("triangularSolve upper", s -> triangular(s, false, false)),
                smooth("triangularSolve upper adjoint", s -> triangular(s, false, true)),
                smooth("lstsq", s -> s.sd.linalg.lstsq(general(s, 4, 2), s.real(4, 2), 0, true)),
                smooth("lstsq regularized", s -> s.sd.linalg.lstsq(general(s, 4, 2), s.real(4, 2), 0.5, true)),
                several("qr", s -> s.sd.linalg.qr(general(s, 4, 3))),
                several("qr of a square", s -> s.sd.linalg.qr(general(s, 3, 3))),
                several("qr full of a square", s -> s.sd.linalg.qr(general(s, 3, 3), true)),
                smooth("svd", s -> s.sd.linalg.svd(general(s, 3, 2), false, false)),
                smooth("svd of a wide one", s -> s.sd.linalg.svd(general(s, 2, 3), false, false)),
                smooth("svd with vectors", DecompositionImportTest::fromSvd));
    }

    /** Symmetric to the bit, as ND4J asks, and positive definite. */
    private static SDVariable covariance(Sample s, int n) {
        SDVariable x = s.real(n, n);
        SDVariable half = s.sd.mmul(x, s.sd.permute(x, 1, 0)).mul(0.1);
        return half.add(s.sd.permute(half, 1, 0))
                .add(s.sd.constant(Nd4j.eye(n).castTo(s.type()).mul(2)));
    }

    /** Far from singular, with rows that change places and a negative element on the diagonal. */
    private static SDVariable general(Sample s, long... shape) {
        int rows = (int) shape[shape.length - 2];
        int columns = (int) shape[shape.length - 1];
        INDArray added = Nd4j.zeros(s.type(), rows, columns);
        for (int i = 0; i < Math.min(rows, columns); i++) {
            added.putScalar((i + 1) % Math.min(rows, columns), i, i == 1 ? -3 : 2 + i);
        }
        return s.real(shape).mul(0.4).add(s.sd.constant(added));
    }

    private static SDVariable triangular(Sample s, boolean lower, boolean adjoint) {
        SDVariable t =
                s.real(3, 3).add(s.sd.constant(Nd4j.eye(3).castTo(s.type()).mul(4)));
        return s.sd.linalg.triangularSolve(t, s.real(3, 2), lower, adjoint);
    }

    /** Signs of vectors are each library's own; what they make isn't. */
    private static SDVariable fromSvd(Sample s) {
        SDVariable a = general(s, 3, 2);
        SDVariable[] svd = new Svd(s.sd, a, false, true, 16).outputVariables();
        SDVariable scaled = svd[1].mul(svd[0]);
        return s.sd.mmul(scaled.mul(scaled), svd[2].mul(svd[2]), false, true, false);
    }

    @Test
    void aMatrixWithoutAResultGivesNaN() {
        Sample s = new Sample();
        SDVariable a = s.given(Nd4j.createFromArray(new double[][] {{1, 2}, {2, 4}}));
        List<String> names = List.of(
                s.sd.linalg.cholesky(a).name(),
                s.sd.math.matrixInverse(a).name(),
                s.sd.linalg.logdet(a.neg()).name());
        Graph graph = s.graph(names);
        for (INDArray result : ImportChecks.run(graph, s.values.values())) {
            assertThat(ImportChecks.elements(result)).containsOnly(Double.NaN);
        }
        Graph determinant = s.graph(List.of(s.sd.math.matrixDeterminant(a).name()));
        assertThat(ImportChecks.run(determinant, s.values.values()).get(0).getDouble(0))
                .isZero();
    }

    @Test
    void whatIsNotDeterminedIsRefused() {
        refused(s -> s.sd.linalg.qr(s.real(3, 2), true)[0], "full_matrices to be false");
        refused(s -> s.sd.linalg.qr(s.real(2, 3))[0], "at least as many rows as columns");
        refused(s -> new Svd(s.sd, s.real(3, 2), true, true, 16).outputVariables()[1], "full_matrices to be false");
        refused(s -> s.sd.linalg.lstsq(s.real(3, 2), s.real(3, 1), 0.5, false), "no regularizer where fast is false");
        refused(s -> s.sd.linalg.cholesky(s.real(3, 4)), "cholesky: expected square matrices, got [3, 4]");
        refused(s -> s.sd.linalg.solve(s.real(3, 3), s.real(2, 1)), "expected right sides of 3 rows, got [2, 1]");
        refused(s -> s.sd.math.matrixInverse(s.real(3)), "matrices in its last two axes");
    }

    private static void refused(java.util.function.Function<Sample, SDVariable> build, String reason) {
        Sample s = new Sample();
        String name = build.apply(s).name();
        assertThatThrownBy(() -> s.graph(List.of(name)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }
}
