package org.curvature4j.fuzz;

import static org.curvature4j.fuzz.Vocabulary.ofAny;
import static org.curvature4j.fuzz.Vocabulary.ofPairs;
import static org.curvature4j.fuzz.Vocabulary.ofSome;
import static org.curvature4j.fuzz.Vocabulary.ofTwins;

import java.util.Arrays;
import java.util.stream.Stream;
import org.curvature4j.fuzz.Vocabulary.Row;

/** Functions of one number, numbers with numbers, choices. */
final class ElementwiseRows {
    private ElementwiseRows() {}

    static Stream<Row> rows() {
        return Stream.of(functions(), numbers(), pairs(), copies(), choices(), Stream.<Row>of(ElementwiseRows::whole))
                .flatMap(rows -> rows);
    }

    private static Stream<Row> functions() {
        return Stream.of(
                        ofAny(
                                "sd.math.neg($0)",
                                "sd.math.square($0)",
                                "sd.math.cube($0)",
                                "sd.math.abs($0)",
                                "sd.math.sign($0)",
                                "sd.math.floor($0)",
                                "sd.math.ceil($0)",
                                "sd.math.round($0)",
                                "sd.math.step($0, 0.5)",
                                "sd.math.sin($0)",
                                "sd.math.cos($0)",
                                "sd.math.atan($0)",
                                "sd.math.tanh($0)",
                                "sd.math.asinh($0)",
                                "sd.math.erf($0)",
                                "sd.math.erfc($0)",
                                "new " + NEW + "same.OneMinus(sd, $0, false).outputVariable()",
                                "new " + NEW + "same.TimesOneMinus(sd, $0, false).outputVariable()"),
                        ofSome(-3, 3, "sd.math.exp($0)", "sd.math.expm1($0)", "sd.math.sinh($0)", "sd.math.cosh($0)"),
                        ofSome(
                                0.2,
                                3,
                                "sd.math.reciprocal($0)",
                                "sd.math.log($0)",
                                "sd.math.log($0, 2)",
                                "sd.math.sqrt($0)",
                                "sd.math.rsqrt($0)"),
                        ofSome(-0.7, 3, "sd.math.log1p($0)"),
                        ofSome(-1.2, 1.2, "sd.math.tan($0)"),
                        ofSome(-0.9, 0.9, "sd.math.asin($0)", "sd.math.acos($0)", "sd.math.atanh($0)"),
                        ofSome(1.2, 4, "sd.math.acosh($0)"),
                        ofSome(
                                0.5,
                                3,
                                "new " + CUSTOM + "Lgamma(sd, $0).outputVariable()",
                                "new " + CUSTOM + "Digamma(sd, $0).outputVariable()"),
                        Stream.<Row>of(d -> d.step(
                                "new " + CUSTOM + "Polygamma(sd, sd.constant(Nd4j.valueArrayOf(new long[] {2, 3}, 2.0,"
                                        + " DataType.DOUBLE)), $0).outputVariable()",
                                d.within(0.5, 3, d.of(2, 3)))))
                .flatMap(rows -> rows);
    }

    private static final String NEW = "org.nd4j.linalg.api.ops.impl.transforms.";

    private static final String CUSTOM = "org.nd4j.linalg.api.ops.custom.";

    private static Stream<Row> numbers() {
        return Stream.of(
                        ofAny(
                                "$0.add(1.5)",
                                "$0.sub(1)",
                                "$0.rsub(1.5)",
                                "$0.mul(-0.5)",
                                "$0.mul(0)",
                                "$0.div(1.5)",
                                "$0.pow(0)",
                                "$0.pow(1)",
                                "$0.pow(2)",
                                "$0.pow(3)",
                                "$0.pow(4)",
                                "sd.scalarMax($0, 0.5)",
                                "sd.scalarMax($0, 0)",
                                "sd.scalarMin($0, 1)",
                                "sd.math.floorMod($0, 0.7)",
                                "sd.scalarSet($0, 0.5)",
                                "sd.lt($0, 1).castTo(DataType.DOUBLE)",
                                "sd.lte($0, 1).castTo(DataType.DOUBLE)",
                                "sd.gt($0, 0).castTo(DataType.DOUBLE)",
                                "sd.gte($0, 0).castTo(DataType.DOUBLE)",
                                "sd.eq($0, 1).castTo(DataType.DOUBLE)",
                                "sd.neq($0, 0).castTo(DataType.DOUBLE)"),
                        ofSome(0.2, 3, "$0.rdiv(1.5)", "$0.pow(-1)", "$0.pow(0.5)", "$0.pow(-1.5)", "$0.pow(2.5)"))
                .flatMap(rows -> rows);
    }

    private static Stream<Row> pairs() {
        return Stream.concat(
                ofPairs(
                        "$0.add($1)",
                        "$0.sub($1)",
                        "$0.mul($1)",
                        "$0.rsub($1)",
                        "$0.squaredDifference($1)",
                        "sd.math.max($0, $1)",
                        "sd.math.min($0, $1)",
                        "sd.math.atan2($0, $1)",
                        "new DivideNoNan(sd, $0, $1).outputVariable()",
                        "$0.lt($1).castTo(DataType.DOUBLE)",
                        "$0.lte($1).castTo(DataType.DOUBLE)",
                        "$0.gt($1).castTo(DataType.DOUBLE)",
                        "$0.gte($1).castTo(DataType.DOUBLE)",
                        "$0.eq($1).castTo(DataType.DOUBLE)",
                        "$0.neq($1).castTo(DataType.DOUBLE)"),
                Stream.of(
                                "$0.div($1)",
                                "$1.rdiv($0)",
                                "new org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.RealDivOp(sd, new"
                                        + " SDVariable[] {$0, $1}, false).outputVariable()",
                                "sd.math.mod($0, $1)",
                                "sd.math.floorMod($0, $1)",
                                "sd.math.floorDiv($0, $1)",
                                "sd.math.pow($1, $0)")
                        .map(code -> d -> positiveSecond(d, code)));
    }

    private static String positiveSecond(Draw d, String code) {
        String first = d.any();
        String second = d.within(0.2, 3, d.broadcasting(first));
        return d.step(code, first, second);
    }

    private static Stream<Row> copies() {
        return Stream.concat(
                ofAny(
                        "sd.identity($0)",
                        "$0.add($0)",
                        "$0.mul($0)",
                        "$0.castTo(DataType.BOOL).castTo(DataType.DOUBLE)",
                        "new org.nd4j.linalg.api.ops.impl.controlflow.compat.StopGradient(sd, $0).outputVariable()",
                        "$0.add(sd.zerosLike($0))",
                        "$0.mul(sd.onesLike($0))"),
                ofTwins(
                        "sd.assign($0, $1)",
                        "sd.math.mergeAdd($0, $1, $0)",
                        "sd.math.mergeAvg($0, $1, $0)",
                        "sd.math.mergeMax($0, $1)",
                        "sd.math.mergeMax($0, $1, $0)",
                        "new " + NEW + "IdentityN(sd, new SDVariable[] {$0, $1}).outputVariables()[1]"));
    }

    /** Only from what 64 bits hold: other conversions are undefined. */
    private static String whole(Draw d) {
        String x = d.any();
        if (!Arrays.stream(d.value(x).values()).allMatch(value -> Math.abs(value) < 1e9)) {
            throw new Draw.Unfit("no whole numbers");
        }
        return d.step("$0.castTo(DataType.INT64).castTo(DataType.DOUBLE)", x);
    }

    private static Stream<Row> choices() {
        return Stream.concat(
                ofTwins(
                        "sd.where($0, $1, $0.gt(0))",
                        "sd.where($0, $1, sd.math.or($0.lt(0), $1.gt(1)))",
                        "sd.where($0, $1, sd.math.and($0.lt(0.5), $1.gt(-1)))",
                        "sd.where($0, $1, sd.math.xor($0.lt(0.5), $1.gt(-1)))",
                        "new org.nd4j.linalg.api.ops.impl.controlflow.Select(sd, new SDVariable[] {$1.gt(0), $0,"
                                + " $1}).outputVariable()",
                        "sd.where($1, $0, new " + NEW + "bool.BooleanNot(sd, $0.eq($1)).outputVariable())",
                        "sd.replaceWhere($0, $1, Conditions.lessThanOrEqual(0.5))",
                        "sd.replaceWhere($0, $1, Conditions.greaterThan(0))"),
                ofAny(
                        "sd.replaceWhere($0, 0.25, Conditions.greaterThan(0.5))",
                        "sd.math.clipByValue($0, -0.5, 1)",
                        "sd.clipByValue($0, sd.constant(Nd4j.scalar(-0.5)), sd.constant(Nd4j.scalar(0.7)))",
                        "sd.where($0, sd.zerosLike($0), sd.math.isFinite($0))",
                        "sd.where(sd.onesLike($0), $0, sd.math.isInfinite($0))",
                        "sd.where(sd.onesLike($0), $0, sd.math.isNaN($0))",
                        "sd.matchCondition($0, Conditions.greaterThan(0)).castTo(DataType.DOUBLE)"));
    }
}
