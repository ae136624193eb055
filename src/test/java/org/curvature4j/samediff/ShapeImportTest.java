package org.curvature4j.samediff;

import static org.curvature4j.samediff.ImportCase.several;
import static org.curvature4j.samediff.ImportCase.smooth;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDIndex;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.enums.PadMode;
import org.nd4j.linalg.api.ops.custom.Flatten;
import org.nd4j.linalg.api.ops.custom.Roll;

class ShapeImportTest {

    @ParameterizedTest
    @MethodSource({"shapes", "joins", "slices"})
    void agreesWithNd4jAndFiniteDifferences(ImportCase row) {
        ImportChecks.check(row);
    }

    static Stream<ImportCase> shapes() {
        return Stream.of(
                smooth("reshape", s -> s.real(2, 3).reshape(3, 2)),
                smooth("reshape -1", s -> s.real(2, 3).reshape(-1)),
                smooth("reshape computed", s -> s.real(2, 3).reshape(s.longs(3, -1))),
                smooth("permute", s -> s.real(2, 3, 2).permute(2, 0, 1)),
                smooth("permute computed", s -> s.real(2, 3, 2).permute(s.ints(1, 2, 0))),
                smooth("transpose", s -> s.sd.transpose(s.real(2, 3))),
                smooth("transpose rank 3", s -> s.sd.transpose(s.real(2, 3, 2))),
                smooth("expandDims", s -> s.sd.expandDims(s.real(2, 3), 1)),
                smooth("expandDims last", s -> s.sd.expandDims(s.real(2, 3), -1)),
                smooth("squeeze", s -> s.sd.squeeze(s.real(2, 1, 3), 1)),
                smooth("tile", s -> s.sd.tile(s.real(2, 3), 2, 1)),
                smooth("tile both", s -> s.sd.tile(s.real(2, 2), 2, 3)),
                smooth("tile computed", s -> s.sd.tile(s.real(2, 2), s.ints(2, 1))),
                smooth("zerosLike", s -> {
                    SDVariable x = s.real(3);
                    return x.add(s.sd.zerosLike(x));
                }),
                smooth("onesLike", s -> {
                    SDVariable x = s.real(3);
                    return x.mul(s.sd.onesLike(x));
                }));
    }

    static Stream<ImportCase> joins() {
        return Stream.of(
                smooth("concat 0", s -> s.sd.concat(0, s.real(1, 2), s.real(2, 2))),
                smooth("concat -1", s -> s.sd.concat(-1, s.real(2, 1), s.real(2, 2))),
                smooth("stack 0", s -> s.sd.stack(0, s.real(2, 2), s.real(2, 2))),
                smooth("stack 1", s -> s.sd.stack(1, s.real(2, 2), s.real(2, 2))),
                smooth("stack last", s -> s.sd.stack(-1, s.real(2, 2), s.real(2, 2))),
                several("unstack", s -> s.sd.unstack(s.real(2, 3), 1, 3)),
                several("split", s -> s.sd.split(s.real(2, 4), 2, 1)),
                several("splitV", s -> s.sd.splitV(s.real(2, 4), s.ints(1, 3), 2, 1)),
                smooth("flatten", s -> new Flatten(s.sd, 'c', s.real(2, 2), s.real(3)).outputVariable()),
                smooth("flatten columns", s -> new Flatten(s.sd, 'f', s.real(2, 3), s.real(3)).outputVariable()));
    }

    static Stream<ImportCase> slices() {
        return Stream.of(
                smooth("roll all", s -> new Roll(s.sd, s.real(2, 3), 2).outputVariable()),
                smooth("roll all back", s -> new Roll(s.sd, s.real(2, 3), -1).outputVariable()),
                smooth("roll an axis", s -> new Roll(s.sd, s.real(2, 3), s.ints(1), s.ints(1)).outputVariable()),
                smooth("roll axes", s -> new Roll(s.sd, s.real(2, 3), s.ints(1, 1), s.ints(0, 1)).outputVariable()),
                smooth("slice", s -> s.sd.slice(s.real(3, 2), new int[] {1, 0}, 2, 1)),
                smooth("slice to the end", s -> s.sd.slice(s.real(3, 2), new int[] {1, 0}, -1, 1)),
                smooth("slice computed", s -> s.sd.slice(s.real(3, 2), s.ints(1, 0), s.ints(2, 1))),
                smooth(
                        "stridedSlice",
                        s -> s.sd.stridedSlice(s.real(4, 5), new long[] {1, 0}, new long[] {4, 5}, 2, 2)),
                smooth(
                        "stridedSlice open, shrunk",
                        s -> s.sd.stridedSlice(
                                s.real(4, 5), new long[] {1, 0}, new long[] {4, 5}, new long[] {1, 1}, 1, 2, 0, 0, 1)),
                smooth(
                        "stridedSlice new axis",
                        s -> s.sd.stridedSlice(
                                s.real(4, 5), new long[] {0, 1}, new long[] {0, 4}, new long[] {1, 2}, 0, 0, 0, 1, 0)),
                smooth(
                        "stridedSlice computed",
                        s -> s.sd.stridedSlice(s.real(4, 5), s.longs(1, 0), s.longs(4, 5), s.longs(2, 2))),
                smooth("get point, interval", s -> s.real(4, 5).get(SDIndex.point(1), SDIndex.interval(1, 4))),
                smooth("get all, point", s -> s.real(4, 5).get(SDIndex.all(), SDIndex.point(2))),
                smooth("get stride", s -> s.real(4, 5).get(SDIndex.all(), SDIndex.interval(0, 2, 4))),
                smooth("get kept, negative", s -> s.real(4, 5).get(SDIndex.point(1, true), SDIndex.interval(-3, -1))),
                smooth("reverse", s -> s.sd.reverse(s.real(2, 3), 1)),
                smooth("reverse both", s -> s.sd.reverse(s.real(2, 3), 0, 1)),
                smooth("reverseSequence", s -> s.sd.reverseSequence(s.real(4, 3), s.ints(1, 2, 3, 3), 1, 0)),
                smooth("reverseSequence other way", s -> s.sd.reverseSequence(s.real(3, 4), s.ints(1, 2, 3, 3), 0, 1)),
                smooth("pad", s -> pad(s, PadMode.CONSTANT)),
                smooth("pad reflect", s -> pad(s, PadMode.REFLECT)),
                smooth("pad symmetric", s -> pad(s, PadMode.SYMMETRIC)));
    }

    private static SDVariable pad(Sample s, PadMode mode) {
        return s.sd.nn.pad(s.real(2, 3), s.matrix(new int[] {1, 1}, new int[] {0, 2}), mode, 0.5);
    }
}
