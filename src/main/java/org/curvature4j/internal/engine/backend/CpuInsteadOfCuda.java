package org.curvature4j.internal.engine.backend;

import org.curvature4j.internal.blas.OpenBlas;
import org.nd4j.linalg.cpu.nativecpu.CpuBackend;

/**
 * ND4J's CPU backend, put in front of its CUDA backend where CUDA is on the class path and can't compute or wasn't asked
 * for. ND4J has no switch for that: it tries the backends that it finds as services, CUDA first, prints a stack trace
 * where that fails, and takes a device that its library holds no code for. As a service this one is asked before, also in
 * a program that uses ND4J before Curvature4j. In a build without CUDA it stands aside.
 */
public final class CpuInsteadOfCuda extends CpuBackend {

    /** Called by ND4J's service loader. */
    public CpuInsteadOfCuda() {}

    @Override
    public int getPriority() {
        return Math.max(BACKEND_PRIORITY_CPU, BACKEND_PRIORITY_GPU) + 1;
    }

    @Override
    public boolean isAvailable() {
        // ND4J asks before it loads the library, also where the program started it before us.
        OpenBlas.prepare();
        String missing = NativeLibraries.problem();
        if (!missing.isEmpty()) {
            // ND4J's own message names none. Where we started it, this isn't seen, and Backend throws the same.
            System.err.println("curvature: " + missing);
        }
        BackendChoice choice;
        try {
            choice = BackendChoice.current();
        } catch (IllegalArgumentException e) {
            // A wrong setting: told by Backend.get(), and no reason to try CUDA meanwhile.
            return true;
        }
        return choice.built() && !choice.probe().usable();
    }
}
