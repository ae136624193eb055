package org.curvature4j.samediff;

import static org.curvature4j.samediff.ImportCase.coarse;
import static org.curvature4j.samediff.ImportCase.smooth;
import static org.curvature4j.samediff.ImportCase.step;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

class ElementwiseImportTest {

    @ParameterizedTest
    @MethodSource({"functions", "scalars", "pairs", "copies"})
    void agreesWithNd4jAndFiniteDifferences(ImportCase row) {
        ImportChecks.check(row);
    }

    static Stream<ImportCase> functions() {
        return Stream.of(
                smooth("neg", s -> s.sd.math.neg(s.real(2, 3))),
                smooth("square", s -> s.sd.math.square(s.real(2, 3))),
                smooth("cube", s -> s.sd.math.cube(s.real(2, 3))),
                smooth("reciprocal", s -> s.sd.math.reciprocal(s.unit(2, 3))),
                smooth("abs", s -> s.sd.math.abs(s.real(2, 3))),
                smooth("exp", s -> s.sd.math.exp(s.real(2, 3))),
                smooth("expm1", s -> s.sd.math.expm1(s.real(2, 3))),
                smooth("log", s -> s.sd.math.log(s.unit(2, 3))),
                smooth("log base 2", s -> s.sd.math.log(s.unit(2, 3), 2)),
                smooth("log1p", s -> s.sd.math.log1p(s.unit(2, 3))),
                smooth("sqrt", s -> s.sd.math.sqrt(s.unit(2, 3))),
                smooth("rsqrt", s -> s.sd.math.rsqrt(s.unit(2, 3))),
                smooth("sin", s -> s.sd.math.sin(s.real(2, 3))),
                smooth("cos", s -> s.sd.math.cos(s.real(2, 3))),
                smooth("tan", s -> s.sd.math.tan(s.unit(2, 3))),
                smooth("asin", s -> s.sd.math.asin(s.unit(2, 3))),
                smooth("acos", s -> s.sd.math.acos(s.unit(2, 3))),
                smooth("atan", s -> s.sd.math.atan(s.real(2, 3))),
                smooth("sinh", s -> s.sd.math.sinh(s.real(2, 3))),
                smooth("cosh", s -> s.sd.math.cosh(s.real(2, 3))),
                smooth("tanh", s -> s.sd.math.tanh(s.real(2, 3))),
                smooth("asinh", s -> s.sd.math.asinh(s.real(2, 3))),
                smooth("acosh", s -> s.sd.math.acosh(s.within(1.2, 4, 2, 3))),
                smooth("atanh", s -> s.sd.math.atanh(s.unit(2, 3))),
                smooth("erf", s -> s.sd.math.erf(s.real(2, 3))),
                smooth("erfc", s -> s.sd.math.erfc(s.real(2, 3))),
                step("sign", s -> s.sd.math.sign(s.real(2, 3))),
                step("floor", s -> s.sd.math.floor(s.real(2, 3))),
                step("ceil", s -> s.sd.math.ceil(s.real(2, 3))),
                step("round", s -> s.sd.math.round(s.of(-1.5, -0.5, -0.2, 0.5, 1.5, 2.5, 0.3))),
                step("step", s -> s.sd.math.step(s.real(2, 3), 0.5)));
    }

    static Stream<ImportCase> scalars() {
        return Stream.of(
                smooth("x + c", s -> s.real(2, 3).add(1.5)),
                smooth("x - c", s -> s.real(2, 3).sub(1.5)),
                smooth("c - x", s -> s.real(2, 3).rsub(1.5)),
                smooth("x * c", s -> s.real(2, 3).mul(1.5)),
                smooth("x / c", s -> s.real(2, 3).div(1.5)),
                smooth("c / x", s -> s.unit(2, 3).rdiv(1.5)),
                smooth("x^0", s -> s.real(2, 3).pow(0)),
                smooth("x^1", s -> s.real(2, 3).pow(1)),
                smooth("x^2", s -> s.real(2, 3).pow(2)),
                smooth("x^3", s -> s.real(2, 3).pow(3)),
                smooth("x^5", s -> s.real(2, 3).pow(5)),
                smooth("x^-1", s -> s.unit(2, 3).pow(-1)),
                smooth("x^0.5", s -> s.unit(2, 3).pow(0.5)),
                smooth("max(x, c)", s -> s.sd.scalarMax(s.real(2, 3), 0.5)),
                smooth("min(x, c)", s -> s.sd.scalarMin(s.real(2, 3), 0.5)),
                smooth("fmod", s -> s.sd.math.floorMod(s.of(-1.3, -0.7, 0.4, 1.2, 2.6), 0.5)),
                step("set", s -> s.sd.scalarSet(s.real(2, 3), 0.5)),
                step("x < c", s -> s.sd.lt(s.of(1, 2, 3), 2)),
                step("x <= c", s -> s.sd.lte(s.of(1, 2, 3), 2)),
                step("x > c", s -> s.sd.gt(s.of(1, 2, 3), 2)),
                step("x >= c", s -> s.sd.gte(s.of(1, 2, 3), 2)),
                step("x == c", s -> s.sd.eq(s.of(1, 2, 3), 2)),
                step("x != c", s -> s.sd.neq(s.of(1, 2, 3), 2)));
    }

    static Stream<ImportCase> pairs() {
        return pairs(new long[] {2, 3}, new long[] {3});
    }

    @Test
    void broadcastsAsNd4jDoes() {
        long[][][] shapes = {
            {{2, 3}, {2, 3}},
            {{2, 3}, {2, 1}},
            {{2, 3}, {}},
            {{}, {2, 3}},
            {{}, {}},
            {{2, 1}, {1, 3}},
            {{3}, {2, 3}},
            {{1}, {2, 3}},
            {{4, 2, 3}, {2, 1}}
        };
        for (long[][] pair : shapes) {
            pairs(pair[0], pair[1]).forEach(ImportChecks::checkValue);
        }
    }

    private static Stream<ImportCase> pairs(long[] a, long[] b) {
        String shapes = " " + java.util.Arrays.toString(a) + java.util.Arrays.toString(b);
        return Stream.of(
                smooth("add" + shapes, s -> s.real(a).add(s.real(b))),
                smooth("sub" + shapes, s -> s.real(a).sub(s.real(b))),
                smooth("mul" + shapes, s -> s.real(a).mul(s.real(b))),
                smooth("div" + shapes, s -> s.real(a).div(s.unit(b))),
                smooth("rsub" + shapes, s -> s.real(a).rsub(s.real(b))),
                smooth("rdiv" + shapes, s -> s.unit(a).rdiv(s.real(b))),
                smooth("squaredDifference" + shapes, s -> s.real(a).squaredDifference(s.real(b))),
                smooth("pow" + shapes, s -> s.sd.math.pow(s.unit(a), s.real(b))),
                smooth("max" + shapes, s -> s.sd.math.max(s.real(a), s.real(b))),
                smooth("min" + shapes, s -> s.sd.math.min(s.real(a), s.real(b))),
                smooth("atan2" + shapes, s -> s.sd.math.atan2(s.real(a), s.real(b))),
                smooth("mod" + shapes, s -> s.sd.math.mod(s.real(a), s.unit(b))),
                smooth("floorMod" + shapes, s -> s.sd.math.floorMod(s.real(a), s.unit(b))),
                step("floorDiv" + shapes, s -> s.sd.math.floorDiv(s.real(a), s.unit(b))),
                step("lt" + shapes, s -> s.real(a).lt(s.real(b))),
                step("lte" + shapes, s -> s.real(a).lte(s.real(b))),
                step("gt" + shapes, s -> s.real(a).gt(s.real(b))),
                step("gte" + shapes, s -> s.real(a).gte(s.real(b))),
                step("eq" + shapes, s -> s.real(a).eq(s.real(b))),
                step("neq" + shapes, s -> s.real(a).neq(s.real(b))));
    }

    static Stream<ImportCase> copies() {
        return Stream.of(
                smooth("identity", s -> s.sd.identity(s.real(2, 3))),
                smooth("assign", s -> s.sd.assign(s.real(2, 3), s.real(2, 3))),
                smooth("x + x", s -> {
                    var x = s.real(2, 3);
                    return x.add(x);
                }),
                smooth("mergeAdd", s -> s.sd.math.mergeAdd(s.real(2, 3), s.real(2, 3), s.real(2, 3))),
                coarse("mergeAvg", 1e-7, s -> s.sd.math.mergeAvg(s.real(2, 3), s.real(2, 3), s.real(2, 3))),
                smooth("mergeMax", s -> s.sd.math.mergeMax(s.real(2, 3), s.real(2, 3), s.real(2, 3))),
                step("cast to float", s -> s.real(2, 3).castTo(DataType.FLOAT)),
                step("cast to int", s -> s.real(2, 3).castTo(DataType.INT32)),
                step("cast to bool", s -> s.of(0, 0.5, -1).castTo(DataType.BOOL)),
                step("float + double", s -> s.real(3).castTo(DataType.FLOAT).add(s.real(2, 3))));
    }
}
