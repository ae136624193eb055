package org.curvature4j.fuzz;

import java.util.stream.Stream;
import org.curvature4j.fuzz.Vocabulary.Row;
import org.curvature4j.graph.Shape;

/** What moves elements: shapes, joins, slices. */
final class ShapeRows {
    private ShapeRows() {}

    static Stream<Row> rows() {
        return Stream.of(shapes(), joins(), slices(), matrices(), decompositions())
                .flatMap(rows -> rows);
    }

    private static Stream<Row> shapes() {
        return Stream.of(
                d -> d.step("$0.reshape(new long[] {-1})", d.any()),
                d -> {
                    String x = d.any();
                    return d.step("$0.reshape(new long[] {" + d.shape(x).size() + ", 1})", x);
                },
                d -> {
                    String x = d.any();
                    return d.step("$0.reshape($1)", x, d.ints(false, Shape.of(2), 1, (double)
                            d.shape(x).size()));
                },
                d -> d.step("$0.permute(2, 0, 1)", d.of(d.size(), d.size(), d.size())),
                d -> d.step("$0.permute($1)", d.of(d.size(), d.size()), d.ints(false, Shape.of(2), 1, 0)),
                d -> d.step("sd.transpose($0)", d.rankFrom(2)),
                d -> d.step(
                        "new org.nd4j.linalg.api.ops.custom.Roll(sd, $0, " + d.choice("1", "-2") + ").outputVariable()",
                        d.rankFrom(1)),
                d -> d.step("sd.expandDims($0, " + d.choice("0", "-1") + ")", d.any()),
                d -> d.step("sd.squeeze($0, 1)", d.of(d.size(), 1, d.size())),
                d -> d.step("sd.tile($0, " + d.choice("2, 1", "1, 3", "1, 1") + ")", d.of(d.size(), d.size())),
                d -> d.step("sd.tile($0, $1)", d.of(d.size(), d.size()), d.ints(false, Shape.of(2), 2, 1)),
                d -> d.step(
                        "new Flatten(sd, " + d.choice("'c'", "'f'") + ", new SDVariable[] {$0, $1}).outputVariable()",
                        d.rankFrom(1),
                        d.rankFrom(1)),
                d -> d.step(
                        "new org.nd4j.linalg.api.ops.impl.shape.Flatten2D(sd, $0, 1).outputVariable()",
                        d.of(d.size(), d.size(), d.size())),
                d -> d.step(
                        "new org.nd4j.linalg.api.ops.impl.broadcast.BroadcastTo(sd, $0, $1).outputVariable()",
                        d.random.nextBoolean() ? d.of(3) : d.of(2, 1),
                        d.ints(false, Shape.of(2), 2, 3)));
    }

    private static Stream<Row> joins() {
        return Stream.of(
                d -> {
                    long columns = d.size();
                    return d.step("sd.concat(0, $0, $1)", d.of(d.size(), columns), d.of(d.size(), columns));
                },
                d -> {
                    long rows = d.size();
                    return d.step("sd.concat(-1, $0, $1, $0)", d.of(rows, d.size()), d.of(rows, d.size()));
                },
                d -> d.step("sd.concat(0, $0, $1)", d.of(d.size()), d.of(d.size())),
                d -> {
                    String x = d.any();
                    return d.step("sd.stack(" + d.choice("0", "-1") + ", $0, $1)", x, d.like(x));
                },
                d -> {
                    String x = d.any();
                    return d.step("new ParallelStack(sd, new SDVariable[] {$0, $1}).outputVariable()", x, d.like(x));
                },
                d -> d.step("sd.unstack($0, 1, 3)[" + d.random.nextInt(3) + "]", d.of(d.size(), 3)),
                d -> d.step("sd.split($0, 2, 1)[" + d.random.nextInt(2) + "]", d.of(d.size(), 4)),
                d -> d.step(
                        "sd.splitV($0, $1, 2, 1)[" + d.random.nextInt(2) + "]",
                        d.of(d.size(), 4),
                        d.ints(false, Shape.of(2), 1, 3)));
    }

    private static Stream<Row> slices() {
        return Stream.of(
                d -> d.step("sd.slice($0, new int[] {1, 0}, 2, 1)", d.of(3, 2)),
                d -> d.step("sd.slice($0, new int[] {1, 0}, -1, 1)", d.of(3, 2)),
                d -> d.step(
                        "sd.slice($0, $1, $2)",
                        d.of(3, 2),
                        d.ints(false, Shape.of(2), 1, 0),
                        d.ints(false, Shape.of(2), 2, 1)),
                d -> d.step("sd.stridedSlice($0, new long[] {1, 0}, new long[] {4, 3}, 2, 2)", d.of(4, 3)),
                d -> d.step(
                        "sd.stridedSlice($0, new long[] {1, 0}, new long[] {4, 3}, new long[] {1, 1}, 1, 2, 0, 0, 1)",
                        d.of(4, 3)),
                d -> d.step(
                        "sd.stridedSlice($0, new long[] {0, 1}, new long[] {0, 3}, new long[] {1, 2}, 0, 0, 0, 1, 0)",
                        d.of(4, 3)),
                d -> d.step("sd.stridedSlice($0, new long[] {-1}, new long[] {-4}, -1)", d.of(4)),
                d -> d.step("$0.get(SDIndex.all(), SDIndex.point(1))", d.of(2, 3)),
                d -> d.step("$0.get(SDIndex.point(1, true), SDIndex.interval(-3, -1))", d.of(2, 3)),
                d -> ActivationRows.along(d, "sd.reverse($0, %d)"),
                d -> d.step("sd.reverse($0, 0, 1)", d.rankFrom(2)),
                d -> d.step("sd.reverseSequence($0, $1, 1, 0)", d.of(2, 3), d.ints(false, Shape.of(2), 1, 3)),
                d -> d.step(
                        "sd.nn.pad($0, $1, PadMode." + d.choice("CONSTANT", "SYMMETRIC") + ", 0.5)",
                        d.of(2, 3),
                        d.ints(false, Shape.of(2, 2), 1, 1, 0, 2)),
                d -> d.step(
                        "sd.nn.pad($0, $1," + " PadMode.REFLECT, 0.5)",
                        d.of(2, 3),
                        d.ints(false, Shape.of(2, 2), 1, 1, 0, 2)));
    }

    private static Stream<Row> matrices() {
        return Stream.of(
                d -> d.step("sd.math.trace($0)", d.of(2, 2)),
                d -> d.step("sd.math.trace($0)", d.of(2, 2, 2)),
                d -> d.step("sd.math.diag($0)", d.of(d.size())),
                d -> d.step("sd.math.diagPart($0)", d.of(2, 2)),
                d -> d.step("sd.math.setDiag($0, $1)", d.of(2, 3), d.of(2)),
                d -> d.step("sd.linalg.triu($0" + d.choice("", ", 1", ", -1") + ")", d.of(3, 3)),
                d -> d.step("sd.linalg.matrixBandPart($0, " + d.choice("1, 0", "-1, 1", "0, 0") + ")[0]", d.of(2, 3)),
                d -> d.step("sd.math.cross($0, $1)", d.of(2, 3), d.of(2, 3)),
                d -> d.step(
                        "new org.nd4j.linalg.api.ops.impl.transforms.custom.MatrixDiag(sd, $0, false).outputVariable()",
                        d.of(2, 3)),
                d -> d.step(
                        "new org.nd4j.linalg.api.ops.impl.transforms.custom.MatrixDiagPart(sd, $0,"
                                + " false).outputVariable()",
                        d.of(2, 2, 3)));
    }

    private static Stream<Row> decompositions() {
        return Stream.of(
                d -> d.step("sd.linalg.cholesky($0.add(sd.permute($0, 1, 0)))", dominant(d)),
                d -> d.step("sd.linalg.logdet($0.add(sd.permute($0, 1, 0)))", dominant(d)),
                d -> d.step("sd.math.matrixInverse($0)", dominant(d)),
                d -> d.step("sd.math.matrixDeterminant($0)", dominant(d)),
                d -> d.step(
                        "new org.nd4j.linalg.api.ops.impl.transforms.custom.LogMatrixDeterminant(sd, $0,"
                                + " false).outputVariable()",
                        dominant(d)),
                d -> d.step("sd.linalg.solve($0, $1" + d.choice("", ", true") + ")", dominant(d), d.of(3, 2)),
                d -> d.step(
                        "sd.linalg.triangularSolve($0, $1, " + d.choice("true, false", "false, false", "false, true")
                                + ")",
                        dominant(d),
                        d.of(3, 2)),
                d -> d.step("sd.linalg.lstsq($0, $1, " + d.choice("0.0", "0.5") + ", true)", dominant(d), d.of(3, 2)),
                d -> d.step("sd.linalg.qr($0)[" + d.random.nextInt(2) + "]", dominant(d)),
                d -> d.step("sd.linalg.svd($0, false, false)", d.within(1, 2, d.of(2, 1))));
    }

    /** Far from singular, symmetric part and triangles too. */
    private static String dominant(Draw d) {
        String small = d.step("sd.nn.sigmoid($0).sub(0.5)", d.of(3, 3));
        return d.step("sd.math.setDiag($0, $1)", small, d.step("sd.nn.sigmoid($0).add(2)", d.of(3)));
    }
}
