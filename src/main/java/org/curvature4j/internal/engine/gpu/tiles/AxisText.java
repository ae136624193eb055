package org.curvature4j.internal.engine.gpu.tiles;

import org.curvature4j.graph.Shape;
import org.curvature4j.internal.engine.gpu.tiles.KernelText.Kind;

/**
 * The texts of kernels along one axis of an array of {@code outer} by {@code size} by {@code inner} elements: one thread
 * walks along the axis, or takes one element of the result.
 */
record AxisText(Held held, long outer, long size, long inner) {

    static AxisText of(Held held, Shape shape, int axis) {
        long inner = shape.sizeFrom(axis + 1);
        long size = shape.dim(axis);
        return new AxisText(held, shape.size() / Math.max(1, size * inner), size, inner);
    }

    /** The walks along the axis. */
    long walks() {
        return outer * inner;
    }

    private static String type(String register) {
        return KernelText.isWide(register) ? "u64" : "u32";
    }

    private static Kind kind(String register) {
        return KernelText.isWide(register) ? Kind.B64 : Kind.B32;
    }

    /** The place of the first element of a walk, that of its outer and inner index. */
    private String first(KernelText text, String walk, long length) {
        String[] parts = text.divided(walk, inner);
        return text.emit(kind(walk), "mad.lo." + type(walk) + " %s, %s, %s, %s", parts[0], length * inner, parts[1]);
    }

    /** The index of the first largest element; NaN is never larger. */
    String argMax() {
        KernelText text = new KernelText();
        String x = text.address();
        String z = text.address();
        String walk = text.index(walks());
        String address = text.element(x, first(text, walk, size), held);
        String largest = text.emit(held.kind(), "mov." + held.type() + " %s, %s", held.load(text, address));
        String best = text.emit(Kind.B32, "mov.u32 %s, 0");
        String k = text.emit(Kind.B32, "mov.u32 %s, 1");
        String[] loop = begin(text, k, size);
        text.line("add.u64 %s, %s, %s", address, address, inner * held.bytes());
        String value = held.load(text, address);
        String larger = text.emit(Kind.PREDICATE, "setp.gt." + held.type() + " %s, %s, %s", value, largest);
        text.line("selp.%s %s, %s, %s, %s", held.type(), largest, value, largest, larger);
        text.line("selp.b32 %s, %s, %s, %s", best, k, best, larger);
        end(text, k, loop);
        String index = text.emit(Kind.F64, "cvt.rn.f64.u32 %s, %s", best);
        Held.DOUBLE.store(text, text.element(z, walk, Held.DOUBLE), index);
        return text.text();
    }

    private static String[] begin(KernelText text, String k, long size) {
        String next = text.label();
        String end = text.label();
        text.place(next);
        text.line("@%s bra %s", text.emit(Kind.PREDICATE, "setp.ge.u32 %s, %s, %s", k, size), end);
        return new String[] {next, end};
    }

    private static void end(KernelText text, String k, String... loop) {
        text.line("add.u32 %s, %s, 1", k, k);
        text.line("bra %s", loop[0]);
        text.place(loop[1]);
    }

    /** Sums of the elements so far, without the last of them or from the end if asked. */
    String runningSum(boolean exclusive, boolean reverse) {
        KernelText text = new KernelText();
        String x = text.address();
        String z = text.address();
        String place = first(text, text.index(walks()), size);
        if (reverse) {
            place = text.emit(kind(place), "add." + type(place) + " %s, %s, %s", place, (size - 1) * inner);
        }
        String from = text.element(x, place, held);
        String to = text.element(z, place, held);
        String move = reverse ? "sub.u64 %s, %s, %s" : "add.u64 %s, %s, %s";
        long step = inner * held.bytes();
        String zero = text.emit(held.kind(), "mov." + held.type() + " %s, %s", held.literal(0));
        String sum = exclusive ? zero : text.emit(held.kind(), "mov." + held.type() + " %s, %s", held.load(text, from));
        held.store(text, to, sum);
        String k = text.emit(Kind.B32, "mov.u32 %s, 1");
        String[] loop = begin(text, k, size);
        if (!exclusive) {
            text.line(move, from, from, step);
        }
        text.line("add.rn.%s %s, %s, %s", held.type(), sum, sum, held.load(text, from));
        if (exclusive) {
            text.line(move, from, from, step);
        }
        text.line(move, to, to, step);
        held.store(text, to, sum);
        end(text, k, loop);
        return text.text();
    }

    /**
     * Elements at positions along the axis.
     *
     * @param count of the positions, numbers in an array
     */
    String gather(long count) {
        KernelText text = new KernelText();
        String x = text.address();
        String positions = text.address();
        String z = text.address();
        String index = text.index(outer * count * inner);
        String[] byInner = text.divided(index, inner);
        String[] byCount = text.divided(byInner[0], count);
        String position = position(text, positions, byCount[1], index);
        String row = text.emit(kind(index), "mad.lo." + type(index) + " %s, %s, %s, %s", byCount[0], size, position);
        String place = text.emit(kind(index), "mad.lo." + type(index) + " %s, %s, %s, %s", row, inner, byInner[1]);
        held.store(text, text.element(z, index, held), held.load(text, text.element(x, place, held)));
        return text.text();
    }

    private static String position(KernelText text, String positions, String number, String index) {
        String value = Held.DOUBLE.load(text, text.element(positions, number, Held.DOUBLE));
        return text.emit(kind(index), "cvt.rzi." + type(index) + ".f64 %s, %s", value);
    }

    /**
     * Sums of those slices along the first axis that belong to one slice of the result, in their order: the numbers of
     * these lie side by side in an array, and another says where each result's begin.
     */
    String scatterAdd() {
        KernelText text = new KernelText();
        String x = text.address();
        String starts = text.address();
        String numbers = text.address();
        String z = text.address();
        String index = text.index(size * inner);
        String[] parts = text.divided(index, inner);
        String k = position(text, starts, parts[0], index);
        String after = text.emit(kind(index), "add." + type(index) + " %s, %s, 1", parts[0]);
        String end = position(text, starts, after, index);
        String sum = text.emit(held.kind(), "mov." + held.type() + " %s, %s", held.literal(0));
        String next = text.label();
        String done = text.label();
        text.place(next);
        text.line("@%s bra %s", text.emit(Kind.PREDICATE, "setp.ge." + type(index) + " %s, %s, %s", k, end), done);
        String number = position(text, numbers, k, index);
        String place = text.emit(kind(index), "mad.lo." + type(index) + " %s, %s, %s, %s", number, inner, parts[1]);
        String value = held.load(text, text.element(x, place, held));
        text.line("add.rn.%s %s, %s, %s", held.type(), sum, sum, value);
        text.line("add.%s %s, %s, 1", type(index), k, k);
        text.line("bra %s", next);
        text.place(done);
        held.store(text, text.element(z, index, held), sum);
        return text.text();
    }
}
