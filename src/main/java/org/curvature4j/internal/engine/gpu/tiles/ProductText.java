package org.curvature4j.internal.engine.gpu.tiles;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.internal.engine.gpu.tiles.KernelText.Kind;

/**
 * The text of kernels for products of matrices, or of two stacks of them: a block of threads computes a part of the result
 * from parts of the factors in shared memory, each thread some cells of it. Each cell's terms are added one after the
 * other, by fused multiply-adds, over pieces of {@link #PIECE} terms, whose sums are added in order: the same bits
 * however the work is cut.
 *
 * @param down cells of a thread below each other
 * @param across cells of a thread beside each other
 * @param apart whether blocks write the sums of their own piece alone, piece after piece, to be added by another kernel
 */
record ProductText(
        Held held,
        boolean transposeA,
        boolean transposeB,
        long stack,
        long rows,
        long columns,
        long terms,
        int down,
        int across,
        boolean apart) {

    /** Terms that are added before they are added to others: long sums have threads enough then, and lose fewer digits. */
    static final int PIECE = 512;

    private static final int SIDE = 16;
    private static final int DEPTH = 16;

    static final int THREADS = SIDE * SIDE;

    /** About a block of threads for each multiprocessor of the largest devices. */
    private static final long BUSY = 108;

    /** The kernel whose parts suit the sizes. */
    static ProductText of(
            Held held, boolean transposeA, boolean transposeB, long stack, long rows, long columns, long terms) {
        int down = cells(rows);
        int across = cells(columns);
        ProductText text =
                new ProductText(held, transposeA, transposeB, stack, rows, columns, terms, down, across, false);
        while (text.blocks() < BUSY && (text.down > 1 || text.across > 1)) {
            text = text.down >= text.across
                    ? text.with(text.down / 2, text.across)
                    : text.with(text.down, text.across / 2);
        }
        if (text.blocks() >= BUSY || text.pieces() == 1) {
            return text;
        }
        return new ProductText(held, transposeA, transposeB, stack, rows, columns, terms, text.down, text.across, true);
    }

    private static int cells(long size) {
        return size > 2 * SIDE ? 4 : size > SIDE ? 2 : 1;
    }

    private ProductText with(int newDown, int newAcross) {
        return new ProductText(held, transposeA, transposeB, stack, rows, columns, terms, newDown, newAcross, apart);
    }

    long pieces() {
        return (terms + PIECE - 1) / PIECE;
    }

    private long partsDown() {
        return (rows + (long) SIDE * down - 1) / ((long) SIDE * down);
    }

    private long partsAcross() {
        return (columns + (long) SIDE * across - 1) / ((long) SIDE * across);
    }

    long blocks() {
        return stack * partsDown() * partsAcross() * (apart ? pieces() : 1);
    }

    String text() {
        return new Writer(this).text();
    }

    /** A factor: how its part is loaded, by each thread some elements, and read. */
    private static final class Factor {
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
        Factor(
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
            this.width = SIDE * cells + 1;
            this.shared = text.shared(held, DEPTH * width);
            String[] parts = text.divided(thread, deep ? DEPTH : (long) SIDE * cells);
            this.depth = parts[deep ? 1 : 0];
            String cell = parts[deep ? 0 : 1];
            String own = text.emit(Kind.B32, "add.u32 %s, %s, %s", first, cell);
            for (int i = 0; i < (deep ? cells : 1); i++) {
                String another = text.emit(Kind.B32, "add.u32 %s, %s, %s", own, i * SIDE);
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
            return THREADS / (SIDE * cells);
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
                long step = deep ? SIDE * terms : apart() * size;
                String element = text.emit(Kind.B64, "add.u64 %s, %s, %s", from, i * step * held.bytes());
                text.line("mov.%s %s, %s", held.type(), values.get(i), held.literal(0));
                text.line("@%s ld.global.%s %s, [%s]", there, held.type(), values.get(i), element);
            }
        }

        void store() {
            for (int i = 0; i < cells; i++) {
                int place = (deep ? i * SIDE : i * apart() * width) * held.bytes();
                text.line("st.shared.%s [%s+%s], %s", held.type(), target, place, values.get(i));
            }
        }

        /** The elements of one term that a thread needs. */
        List<String> read(String own, int term) {
            List<String> read = new ArrayList<>();
            for (int i = 0; i < cells; i++) {
                int place = (term * width + i * SIDE) * held.bytes();
                read.add(text.emit(held.kind(), "ld.shared." + held.type() + " %s, [%s+%s]", own, place));
            }
            return read;
        }

        String own(String cell) {
            return text.element(shared, cell, held);
        }
    }

    /** The kernel while it is written. */
    private static final class Writer {
        private final ProductText of;
        private final KernelText text = new KernelText();
        private final Held held;
        private final List<String> sums = new ArrayList<>();
        private final List<String> totals = new ArrayList<>();

        Writer(ProductText of) {
            this.of = of;
            this.held = of.held;
        }

        String text() {
            text.limits(THREADS, 2);
            String a = text.address();
            String b = text.address();
            String z = text.address();
            String[] byAcross = text.divided(text.block(), of.partsAcross());
            String[] byDown = text.divided(byAcross[0], of.partsDown());
            String[] byStack = text.divided(byDown[0], of.stack);
            String thread = text.inBlock();
            String across = text.emit(Kind.B32, "and.b32 %s, %s, %s", thread, SIDE - 1);
            String down = text.emit(Kind.B32, "shr.u32 %s, %s, 4", thread);
            String firstRow = text.emit(Kind.B32, "mul.lo.u32 %s, %s, %s", byDown[1], SIDE * of.down);
            String firstColumn = text.emit(Kind.B32, "mul.lo.u32 %s, %s, %s", byAcross[1], SIDE * of.across);
            Factor left = new Factor(
                    text,
                    held,
                    matrix(a, byStack[1], of.rows * of.terms),
                    thread,
                    firstRow,
                    of.down,
                    of.rows,
                    of.terms,
                    !of.transposeA);
            Factor right = new Factor(
                    text,
                    held,
                    matrix(b, byStack[1], of.terms * of.columns),
                    thread,
                    firstColumn,
                    of.across,
                    of.columns,
                    of.terms,
                    of.transposeB);
            String piece = of.apart ? byStack[0] : text.emit(Kind.B32, "mov.u32 %s, 0");
            zero(sums, 0.0);
            if (isAdded()) {
                zero(totals, -0.0);
            }
            overPieces(left, right, left.own(down), right.own(across), piece);
            String number = of.apart
                    ? text.emit(Kind.B32, "mad.lo.u32 %s, %s, %s, %s", byStack[0], of.stack, byStack[1])
                    : byStack[1];
            store(matrix(z, number, of.rows * of.columns), firstRow, down, firstColumn, across);
            return text.text();
        }

        /** Whether the sums of several pieces are added here. */
        private boolean isAdded() {
            return !of.apart && of.pieces() > 1;
        }

        private String matrix(String address, String number, long size) {
            String wide = text.emit(Kind.B64, "cvt.u64.u32 %s, %s", number);
            return text.emit(Kind.B64, "mad.lo.u64 %s, %s, %s, %s", wide, size * held.bytes(), address);
        }

        private void zero(List<String> registers, double value) {
            for (int i = 0; i < of.down * of.across; i++) {
                registers.add(text.emit(held.kind(), "mov." + held.type() + " %s, %s", held.literal(value)));
            }
        }

        private void overPieces(Factor left, Factor right, String ownLeft, String ownRight, String piece) {
            String term = text.emit(Kind.B32, "mul.lo.u32 %s, %s, %s", piece, PIECE);
            String end = text.fresh(Kind.B32);
            String nextPiece = text.label();
            text.place(nextPiece);
            text.line("add.u32 %s, %s, %s", end, term, PIECE);
            text.line("min.u32 %s, %s, %s", end, end, of.terms);
            String next = text.label();
            left.load(term, end);
            right.load(term, end);
            text.place(next);
            left.store();
            right.store();
            text.line("bar.sync 0");
            text.line("add.u32 %s, %s, %s", term, term, DEPTH);
            // The next elements are on their way while these are multiplied.
            left.load(term, end);
            right.load(term, end);
            for (int depth = 0; depth < Math.min(DEPTH, of.terms); depth++) {
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
            text.line("@%s bra %s", text.emit(Kind.PREDICATE, "setp.lt.u32 %s, %s, %s", end, of.terms), nextPiece);
        }

        private void multiply(List<String> left, List<String> right) {
            for (int i = 0; i < of.down; i++) {
                for (int j = 0; j < of.across; j++) {
                    String sum = sums.get(i * of.across + j);
                    text.line("fma.rn.%s %s, %s, %s, %s", held.type(), sum, left.get(i), right.get(j), sum);
                }
            }
        }

        private void store(String z, String firstRow, String down, String firstColumn, String across) {
            List<String> results = isAdded() ? totals : sums;
            for (int i = 0; i < of.down; i++) {
                String row = cell(firstRow, down, i);
                String inRows = text.emit(Kind.PREDICATE, "setp.lt.u32 %s, %s, %s", row, of.rows);
                for (int j = 0; j < of.across; j++) {
                    String column = cell(firstColumn, across, j);
                    String inColumns = text.emit(Kind.PREDICATE, "setp.lt.u32 %s, %s, %s", column, of.columns);
                    String inside = text.emit(Kind.PREDICATE, "and.pred %s, %s, %s", inRows, inColumns);
                    String wide = text.emit(Kind.B64, "cvt.u64.u32 %s, %s", column);
                    String place = text.emit(Kind.B64, "mad.lo.u64 %s, %s, %s, %s", wideOf(row), of.columns, wide);
                    text.line(
                            "@%s st.global.%s [%s], %s",
                            inside, held.type(), text.element(z, place, held), results.get(i * of.across + j));
                }
            }
        }

        private String wideOf(String register) {
            return text.emit(Kind.B64, "cvt.u64.u32 %s, %s", register);
        }

        private String cell(String first, String own, int number) {
            String sum = text.emit(Kind.B32, "add.u32 %s, %s, %s", first, own);
            return text.emit(Kind.B32, "add.u32 %s, %s, %s", sum, number * SIDE);
        }
    }
}
