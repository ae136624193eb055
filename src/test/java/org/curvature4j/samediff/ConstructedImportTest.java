package org.curvature4j.samediff;

import static org.curvature4j.samediff.ImportCase.coarse;
import static org.curvature4j.samediff.ImportCase.several;
import static org.curvature4j.samediff.ImportCase.smooth;
import static org.curvature4j.samediff.ImportCase.step;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ops.custom.Digamma;
import org.nd4j.linalg.api.ops.custom.DivideNoNan;
import org.nd4j.linalg.api.ops.custom.Lgamma;
import org.nd4j.linalg.api.ops.custom.Polygamma;
import org.nd4j.linalg.api.ops.impl.broadcast.BroadcastTo;
import org.nd4j.linalg.api.ops.impl.controlflow.Select;
import org.nd4j.linalg.api.ops.impl.controlflow.compat.StopGradient;
import org.nd4j.linalg.api.ops.impl.indexaccum.custom.ArgAmax;
import org.nd4j.linalg.api.ops.impl.indexaccum.custom.ArgAmin;
import org.nd4j.linalg.api.ops.impl.shape.Flatten2D;
import org.nd4j.linalg.api.ops.impl.shape.ParallelStack;
import org.nd4j.linalg.api.ops.impl.transforms.IdentityN;
import org.nd4j.linalg.api.ops.impl.transforms.bool.BooleanNot;
import org.nd4j.linalg.api.ops.impl.transforms.custom.LogicalAnd;
import org.nd4j.linalg.api.ops.impl.transforms.custom.LogicalOr;
import org.nd4j.linalg.api.ops.impl.transforms.custom.LogicalXor;
import org.nd4j.linalg.api.ops.impl.transforms.custom.MatrixDiag;
import org.nd4j.linalg.api.ops.impl.transforms.custom.MatrixDiagPart;
import org.nd4j.linalg.api.ops.impl.transforms.custom.ThresholdRelu;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.RealDivOp;
import org.nd4j.linalg.api.ops.impl.transforms.same.OneMinus;
import org.nd4j.linalg.api.ops.impl.transforms.same.TimesOneMinus;
import org.nd4j.linalg.factory.Nd4j;

/** Operations that no method of SameDiff's makes, but its classes and files do. */
class ConstructedImportTest {

    @ParameterizedTest
    @MethodSource("constructed")
    void agreesWithNd4jAndFiniteDifferences(ImportCase row) {
        ImportChecks.check(row);
    }

    static Stream<ImportCase> constructed() {
        return Stream.of(
                smooth("oneminus", s -> new OneMinus(s.sd, s.real(2, 3), false).outputVariable()),
                smooth("timesoneminus", s -> new TimesOneMinus(s.sd, s.real(2, 3), false).outputVariable()),
                smooth("realdiv", s -> new RealDivOp(s.sd, two(s), false).outputVariable()),
                smooth("divide_no_nan", s -> new DivideNoNan(s.sd, s.unit(2), s.unit(2)).outputVariable()),
                smooth("lgamma", s -> new Lgamma(s.sd, s.unit(2, 3)).outputVariable()),
                coarse("digamma", 1e-11, s -> new Digamma(s.sd, s.unit(2, 3)).outputVariable()),
                smooth("polygamma", s -> new Polygamma(
                                s.sd, s.sd.constant(Nd4j.valueArrayOf(new long[] {2, 3}, 2.0, s.type())), s.unit(2, 3))
                        .outputVariable()),
                smooth("thresholdedrelu", s -> new ThresholdRelu(s.sd, s.real(2, 3), 0.3).outputVariable()),
                smooth("select", s -> new Select(
                                s.sd, new SDVariable[] {s.real(6).gt(0), s.real(6), s.real(6)})
                        .outputVariable()),
                several("identity_n", s -> new IdentityN(s.sd, two(s)).outputVariables()),
                step("stop_gradient", s -> new StopGradient(s.sd, s.real(3)).outputVariable()),
                smooth("matrix_diag", s -> new MatrixDiag(s.sd, s.real(2, 3), false).outputVariable()),
                smooth("matrix_diag_part", s -> new MatrixDiagPart(s.sd, s.real(2, 3, 3), false).outputVariable()),
                smooth("flatten_2d", s -> new Flatten2D(s.sd, s.real(2, 3, 2), 1).outputVariable()),
                smooth("parallel_stack", s -> new ParallelStack(s.sd, two(s)).outputVariable()),
                smooth("broadcast_to", s -> new BroadcastTo(s.sd, s.real(3), s.ints(2, 3)).outputVariable()),
                step("create", s -> s.sd.create(s.ints(2, 3), DataType.FLOAT)),
                step("argamax", s -> new ArgAmax(s.sd, new SDVariable[] {s.real(2, 3)}, false, new int[] {1})
                        .outputVariable()),
                step("argamin", s -> new ArgAmin(s.sd, new SDVariable[] {s.real(2, 3)}, false, new int[] {1})
                        .outputVariable()),
                step(
                        "boolean_and",
                        s -> new LogicalAnd(s.sd, s.real(6).gt(0), s.real(6).gt(0)).outputVariable()),
                step(
                        "boolean_or",
                        s -> new LogicalOr(s.sd, s.real(6).gt(0), s.real(6).gt(0)).outputVariable()),
                step(
                        "boolean_xor",
                        s -> new LogicalXor(s.sd, s.real(6).gt(0), s.real(6).gt(0)).outputVariable()),
                step("bool_not", s -> new BooleanNot(s.sd, s.real(6).gt(0)).outputVariable()));
    }

    private static SDVariable[] two(Sample s) {
        return new SDVariable[] {s.unit(2, 3), s.unit(2, 3)};
    }
}
