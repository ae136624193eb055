package org.curvature4j.internal.engine.gpu.tiles;

import java.util.List;
import org.curvature4j.internal.gpu.ptx.PtxModule;
import org.curvature4j.op.Elementwise;

/** Functions of numbers for kernels of tiles. */
final class TileFunctions implements Spelling.Functions {
    private final PtxModule module;

    TileFunctions(PtxModule module) {
        this.module = module;
    }

    static PtxModule module() {
        return new PtxModule();
    }

    static boolean spells(Elementwise operation) {
        return operation != Elementwise.ASINH && operation != Elementwise.ATANH;
    }

    @Override
    public String call(KernelText text, Elementwise operation, List<String> operands) {
        throw new IllegalStateException(operation + module.text());
    }
}
