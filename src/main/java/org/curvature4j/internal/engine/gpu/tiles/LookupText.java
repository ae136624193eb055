package org.curvature4j.internal.engine.gpu.tiles;

import org.curvature4j.graph.Strides;
import org.curvature4j.internal.engine.gpu.tiles.KernelText.Kind;
import org.jspecify.annotations.Nullable;

/**
 * The texts of kernels that find float64 numbers by computed positions along an axis: one thread for each element of the
 * result.
 *
 * @param first the elements of the table at position 0, over the shape of the other array
 * @param positions over that shape
 * @param other the array with an element for each position, row-major
 * @param table the array that positions lead into
 */
record LookupText(Strides first, Strides positions, Strides other, Strides table, int axis) {

    static LookupText of(Strides table, Strides positions, Strides other, int axis) {
        Strides first =
                table.slice(axis, 0, Math.min(1, table.shape().dim(axis))).broadcast(other.shape());
        return new LookupText(first, positions.broadcast(other.shape()), other, table, axis);
    }

    private long size() {
        return table.shape().dim(axis);
    }

    /** An element of the table, or 0 where there is no such position; then the first one is read, and not used. */
    String lookup() {
        KernelText text = new KernelText();
        String x = text.address();
        String at = text.address();
        String z = text.address();
        String index = text.index(other.shape().size());
        @Nullable String[] places = Axes.of(first, positions, other).places(text, index);
        String position = Held.DOUBLE.load(text, Axes.at(text, at, places[1], Held.DOUBLE));
        String least = text.emit(Kind.PREDICATE, "setp.ge.f64 %s, %s, %s", position, Held.DOUBLE.literal(0));
        String most =
                text.emit(Kind.PREDICATE, "setp.lt.f64 %s, %s, %s", position, Held.DOUBLE.literal((double) size()));
        String isThere = text.emit(Kind.PREDICATE, "and.pred %s, %s, %s", least, most);
        String zero = Held.DOUBLE.literal(0);
        String used = text.emit(Kind.F64, "selp.f64 %s, %s, %s, %s", position, zero, isThere);
        String steps = text.emit(Kind.B64, "cvt.rzi.u64.f64 %s, %s", used);
        String start = Axes.at(text, x, places[0], Held.DOUBLE);
        String address =
                text.emit(Kind.B64, "mad.lo.u64 %s, %s, %s, %s", steps, table.step(axis) * Held.DOUBLE.bytes(), start);
        String value = Held.DOUBLE.load(text, address);
        String chosen = text.emit(Kind.F64, "selp.f64 %s, %s, %s, %s", value, zero, isThere);
        Held.DOUBLE.store(text, Axes.at(text, z, places[2], Held.DOUBLE), chosen);
        return text.text();
    }

    /** The sum of the other array's elements along the axis whose position it is, in their order; elsewhere shapes are the same. */
    String addAt() {
        KernelText text = new KernelText();
        String x = text.address();
        String at = text.address();
        String z = text.address();
        String index = text.index(table.shape().size());
        long inner = table.shape().sizeFrom(axis + 1);
        long count = other.shape().dim(axis);
        String type = KernelText.isWide(index) ? "u64" : "u32";
        Kind kind = KernelText.isWide(index) ? Kind.B64 : Kind.B32;
        String[] byInner = text.divided(index, inner);
        String[] bySize = text.divided(byInner[0], size());
        String own = text.emit(Kind.F64, "cvt.rn.f64." + type + " %s, %s", bySize[1]);
        String element = text.emit(kind, "mad.lo." + type + " %s, %s, %s, %s", bySize[0], count * inner, byInner[1]);
        String sum = text.emit(Kind.F64, "mov.f64 %s, %s", Held.DOUBLE.literal(0));
        String k = text.emit(Kind.B32, "mov.u32 %s, 0");
        String next = text.label();
        String end = text.label();
        text.place(next);
        text.line("@%s bra %s", text.emit(Kind.PREDICATE, "setp.ge.u32 %s, %s, %s", k, count), end);
        @Nullable String[] places = Axes.of(positions, other).places(text, element);
        String position = Held.DOUBLE.load(text, Axes.at(text, at, places[0], Held.DOUBLE));
        String value = Held.DOUBLE.load(text, Axes.at(text, x, places[1], Held.DOUBLE));
        String isIt = text.emit(Kind.PREDICATE, "setp.eq.f64 %s, %s, %s", position, own);
        String term = text.emit(Kind.F64, "selp.f64 %s, %s, %s, %s", value, Held.DOUBLE.literal(0), isIt);
        text.line("add.rn.f64 %s, %s, %s", sum, sum, term);
        text.line("add.%s %s, %s, %s", type, element, element, inner);
        text.line("add.u32 %s, %s, 1", k, k);
        text.line("bra %s", next);
        text.place(end);
        Held.DOUBLE.store(text, text.element(z, index, Held.DOUBLE), sum);
        return text.text();
    }
}
