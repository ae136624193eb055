package org.curvature4j.internal.engine.gpu.tiles;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.internal.engine.gpu.tiles.KernelText.Kind;

/** A factor: how its part is loaded, by each thread some elements, and read. */
final class ProductFactor {
    private final KernelText text;
    private final Held held;
    private final boolean deep;
    private final int cells;
    private final long terms;
    private final long size;
    private final int width;
    private final String shared;
    private final String depth;
    private final String address;
    private final String target;
    private final List<String> inside = new ArrayList<>();
    private final List<String> values = new ArrayList<>();

    /**
     * @param address of the factor's first element
     * @param first of the factor's cells, rows of the first or columns of the second, in the block's part
     * @param cells of a thread
     * @param size cells of the factor
     * @param deep whether neighbours in memory are terms, not cells
     */
    ProductFactor(
            KernelText text,
            Held held,
            String address,
            String thread,
            String first,
            int cells,
            long size,
            long terms,
            boolean deep) {
        this.text = text;
        this.held = held;
        this.deep = deep;
        this.cells = cells;
        this.size = size;
        this.terms = terms;
        // An element more a row, so that what is stored down a column lies in different banks.
        this.width = ProductText.SIDE * cells + 1;
        this.shared = text.shared(held, ProductText.DEPTH * width);
        String[] parts = text.divided(thread, deep ? ProductText.DEPTH : (long) ProductText.SIDE * cells);
        this.depth = parts[deep ? 1 : 0];
        String cell = parts[deep ? 0 : 1];
        String own = text.emit(Kind.B32, "add.u32 %s, %s, %s", first, cell);
        for (int i = 0; i < (deep ? cells : 1); i++) {
            String another = text.emit(Kind.B32, "add.u32 %s, %s, %s", own, i * ProductText.SIDE);
            inside.add(text.emit(Kind.PREDICATE, "setp.lt.u32 %s, %s, %s", another, size));
        }
        String row = text.emit(Kind.B64, "cvt.u64.u32 %s, %s", deep ? own : depth);
        String column = text.emit(Kind.B64, "cvt.u64.u32 %s, %s", deep ? depth : own);
        String place = text.emit(Kind.B64, "mad.lo.u64 %s, %s, %s, %s", row, deep ? terms : size, column);
        this.address = text.element(address, place, held);
        String inPart = text.emit(Kind.B32, "mad.lo.u32 %s, %s, %s, %s", depth, width, cell);
        this.target = text.element(shared, inPart, held);
        for (int i = 0; i < cells; i++) {
            values.add(text.fresh(held.kind()));
        }
    }

    /** How far a thread's elements are from each other: in terms, where neighbours are cells. */
    private int apart() {
        return ProductText.THREADS / (ProductText.SIDE * cells);
    }

    /** Loads the elements of the terms from one on, zeros for those past the end. */
    void load(String term, String end) {
        String offset = text.emit(Kind.B64, "mul.wide.u32 %s, %s, %s", term, held.bytes());
        String from = text.emit(Kind.B64, "mad.lo.u64 %s, %s, %s, %s", offset, deep ? 1 : size, address);
        for (int i = 0; i < cells; i++) {
            String own = text.emit(Kind.B32, "add.u32 %s, %s, %s", term, deep ? 0 : i * apart());
            String last = text.emit(Kind.B32, "add.u32 %s, %s, %s", own, depth);
            String early = text.emit(Kind.PREDICATE, "setp.lt.u32 %s, %s, %s", last, end);
            String there = text.emit(Kind.PREDICATE, "and.pred %s, %s, %s", early, inside.get(deep ? i : 0));
            long step = deep ? ProductText.SIDE * terms : apart() * size;
            String element = text.emit(Kind.B64, "add.u64 %s, %s, %s", from, i * step * held.bytes());
            text.line("mov.%s %s, %s", held.type(), values.get(i), held.literal(0));
            text.line("@%s ld.global.%s %s, [%s]", there, held.type(), values.get(i), element);
        }
    }

    void store() {
        for (int i = 0; i < cells; i++) {
            int place = (deep ? i * ProductText.SIDE : i * apart() * width) * held.bytes();
            text.line("st.shared.%s [%s+%s], %s", held.type(), target, place, values.get(i));
        }
    }

    /** The elements of one term that a thread needs. */
    List<String> read(String own, int term) {
        List<String> read = new ArrayList<>();
        for (int i = 0; i < cells; i++) {
            int place = (term * width + i * ProductText.SIDE) * held.bytes();
            read.add(text.emit(held.kind(), "ld.shared." + held.type() + " %s, [%s+%s]", own, place));
        }
        return read;
    }

    String own(String cell) {
        return text.element(shared, cell, held);
    }
}
