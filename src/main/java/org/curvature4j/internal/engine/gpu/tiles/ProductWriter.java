package org.curvature4j.internal.engine.gpu.tiles;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.internal.engine.gpu.tiles.KernelText.Kind;

/** The text of a kernel for products while it is written. */
final class ProductWriter {
    private final ProductText of;
    private final KernelText text = new KernelText();
    private final Held held;
    private final List<String> sums = new ArrayList<>();
    private final List<String> totals = new ArrayList<>();

    ProductWriter(ProductText of) {
        this.of = of;
        this.held = of.held();
    }

    String text() {
        text.limits(ProductText.THREADS, 2);
        String a = text.address();
        String b = text.address();
        String z = text.address();
        String[] byAcross = text.divided(text.block(), of.partsAcross());
        String[] byDown = text.divided(byAcross[0], of.partsDown());
        String[] byStack = text.divided(byDown[0], of.stack());
        String thread = text.inBlock();
        String across = text.emit(Kind.B32, "and.b32 %s, %s, %s", thread, ProductText.SIDE - 1);
        String down = text.emit(Kind.B32, "shr.u32 %s, %s, 4", thread);
        String firstRow = text.emit(Kind.B32, "mul.lo.u32 %s, %s, %s", byDown[1], ProductText.SIDE * of.down());
        String firstColumn = text.emit(Kind.B32, "mul.lo.u32 %s, %s, %s", byAcross[1], ProductText.SIDE * of.across());
        ProductFactor left = new ProductFactor(
                text,
                held,
                matrix(a, byStack[1], of.rows() * of.terms()),
                thread,
                firstRow,
                of.down(),
                of.rows(),
                of.terms(),
                !of.transposeA());
        ProductFactor right = new ProductFactor(
                text,
                held,
                matrix(b, byStack[1], of.terms() * of.columns()),
                thread,
                firstColumn,
                of.across(),
                of.columns(),
                of.terms(),
                of.transposeB());
        String piece = of.apart() ? byStack[0] : text.emit(Kind.B32, "mov.u32 %s, 0");
        zero(sums, 0.0);
        if (isAdded()) {
            zero(totals, -0.0);
        }
        overPieces(left, right, left.own(down), right.own(across), piece);
        String number = of.apart()
                ? text.emit(Kind.B32, "mad.lo.u32 %s, %s, %s, %s", byStack[0], of.stack(), byStack[1])
                : byStack[1];
        store(matrix(z, number, of.rows() * of.columns()), firstRow, down, firstColumn, across);
        return text.text();
    }

    /** Whether the sums of several pieces are added here. */
    private boolean isAdded() {
        return !of.apart() && of.pieces() > 1;
    }

    private String matrix(String address, String number, long size) {
        String wide = text.emit(Kind.B64, "cvt.u64.u32 %s, %s", number);
        return text.emit(Kind.B64, "mad.lo.u64 %s, %s, %s, %s", wide, size * held.bytes(), address);
    }

    private void zero(List<String> registers, double value) {
        for (int i = 0; i < of.down() * of.across(); i++) {
            registers.add(text.emit(held.kind(), "mov." + held.type() + " %s, %s", held.literal(value)));
        }
    }

    private void overPieces(ProductFactor left, ProductFactor right, String ownLeft, String ownRight, String piece) {
        String term = text.emit(Kind.B32, "mul.lo.u32 %s, %s, %s", piece, ProductText.PIECE);
        String end = text.fresh(Kind.B32);
        String nextPiece = text.label();
        text.place(nextPiece);
        text.line("add.u32 %s, %s, %s", end, term, ProductText.PIECE);
        text.line("min.u32 %s, %s, %s", end, end, of.terms());
        String next = text.label();
        left.load(term, end);
        right.load(term, end);
        text.place(next);
        left.store();
        right.store();
        text.line("bar.sync 0");
        text.line("add.u32 %s, %s, %s", term, term, ProductText.DEPTH);
        // The next elements are on their way while these are multiplied.
        left.load(term, end);
        right.load(term, end);
        for (int depth = 0; depth < Math.min(ProductText.DEPTH, of.terms()); depth++) {
            multiply(left.read(ownLeft, depth), right.read(ownRight, depth));
        }
        text.line("bar.sync 0");
        text.line("@%s bra %s", text.emit(Kind.PREDICATE, "setp.lt.u32 %s, %s, %s", term, end), next);
        if (!isAdded()) {
            return;
        }
        for (int i = 0; i < sums.size(); i++) {
            text.line("add.rn.%s %s, %s, %s", held.type(), totals.get(i), totals.get(i), sums.get(i));
            text.line("mov.%s %s, %s", held.type(), sums.get(i), held.literal(0));
        }
        text.line("mov.u32 %s, %s", term, end);
        text.line("@%s bra %s", text.emit(Kind.PREDICATE, "setp.lt.u32 %s, %s, %s", end, of.terms()), nextPiece);
    }

    private void multiply(List<String> left, List<String> right) {
        for (int i = 0; i < of.down(); i++) {
            for (int j = 0; j < of.across(); j++) {
                String sum = sums.get(i * of.across() + j);
                text.line("fma.rn.%s %s, %s, %s, %s", held.type(), sum, left.get(i), right.get(j), sum);
            }
        }
    }

    private void store(String z, String firstRow, String down, String firstColumn, String across) {
        List<String> results = isAdded() ? totals : sums;
        for (int i = 0; i < of.down(); i++) {
            String row = cell(firstRow, down, i);
            String inRows = text.emit(Kind.PREDICATE, "setp.lt.u32 %s, %s, %s", row, of.rows());
            for (int j = 0; j < of.across(); j++) {
                String column = cell(firstColumn, across, j);
                String inColumns = text.emit(Kind.PREDICATE, "setp.lt.u32 %s, %s, %s", column, of.columns());
                String inside = text.emit(Kind.PREDICATE, "and.pred %s, %s, %s", inRows, inColumns);
                String wide = text.emit(Kind.B64, "cvt.u64.u32 %s, %s", column);
                String place = text.emit(Kind.B64, "mad.lo.u64 %s, %s, %s, %s", wideOf(row), of.columns(), wide);
                text.line(
                        "@%s st.global.%s [%s], %s",
                        inside, held.type(), text.element(z, place, held), results.get(i * of.across() + j));
            }
        }
    }

    private String wideOf(String register) {
        return text.emit(Kind.B64, "cvt.u64.u32 %s, %s", register);
    }

    private String cell(String first, String own, int number) {
        String sum = text.emit(Kind.B32, "add.u32 %s, %s, %s", first, own);
        return text.emit(Kind.B32, "add.u32 %s, %s, %s", sum, number * ProductText.SIDE);
    }
}
