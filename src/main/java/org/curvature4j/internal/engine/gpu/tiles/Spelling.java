package org.curvature4j.internal.engine.gpu.tiles;

import java.util.List;
import org.curvature4j.graph.DType;
import org.curvature4j.internal.engine.gpu.PtxDialect;
import org.curvature4j.internal.engine.gpu.tiles.KernelText.Kind;
import org.curvature4j.internal.gpu.ptx.PtxModule;
import org.curvature4j.op.Cast;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Kernel;
import org.curvature4j.op.Select;

/** Writes kernels on numbers in registers, which may call functions of a module. */
final class Spelling {
    private final PtxModule module;

    Spelling(PtxModule module) {
        this.module = module;
    }

    /**
     * Writes a kernel.
     *
     * @param from the type of what it computes with, of a choice that of what is chosen among
     * @return the register with the result
     */
    String write(KernelText text, Kernel kernel, DType from, List<String> x) {
        Held held = Held.of(from);
        if (kernel instanceof Cast cast) {
            return cast(text, from, cast.to(), x.get(0));
        } else if (held == Held.FLAG && kernel instanceof Select) {
            String result = text.fresh(Kind.PREDICATE);
            text.lines(PtxDialect.select(result, x.get(0), x.get(1), x.get(2)));
            return result;
        } else if (kernel instanceof Comparison comparison) {
            boolean numbers = held == Held.FLAG && !comparison.isLogical();
            List<String> compared = numbers
                    ? x.stream()
                            .map(flag -> convert(text, held, Held.DOUBLE, flag))
                            .toList()
                    : x;
            return spell(text, Kind.PREDICATE, kernel, numbers ? Held.DOUBLE : held, compared);
        }
        return spell(text, held.kind(), kernel, held, x);
    }

    private String spell(KernelText text, Kind kind, Kernel kernel, Held held, List<String> x) {
        String result = text.fresh(kind);
        text.lines(PtxDialect.spell(module, kernel, held.number(), result, x.toArray(String[]::new)));
        return result;
    }

    /** The larger of two numbers. */
    String larger(KernelText text, Held held, String x, String y) {
        return spell(text, held.kind(), Elementwise.MAX, held, List.of(x, y));
    }

    /** The same number held otherwise; whether it isn't 0, as a predicate. */
    static String convert(KernelText text, Held from, Held to, String x) {
        if (from == to) {
            return x;
        } else if (from == Held.FLAG) {
            return text.emit(to.kind(), "selp." + to.type() + " %s, %s, %s, %s", to.literal(1), to.literal(0), x);
        } else if (to == Held.FLAG) {
            return text.emit(Kind.PREDICATE, "setp.neu." + from.type() + " %s, %s, %s", x, from.literal(0));
        }
        return text.emit(to.kind(), (to == Held.SINGLE ? "cvt.rn.f32.f64" : "cvt.f64.f32") + " %s, %s", x);
    }

    /** Integers are held as numbers, which a cast from another than a float leaves as they are. */
    private String cast(KernelText text, DType from, DType to, String x) {
        boolean whole = from.isFloat() && !to.isFloat() && to != DType.BOOL;
        String held = convert(text, Held.of(from), whole ? Held.DOUBLE : Held.of(to), x);
        return whole ? spell(text, Kind.F64, new Cast(to), Held.DOUBLE, List.of(held)) : held;
    }
}
