package org.curvature4j;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Holds that no method calls itself, on whatever way, but those whose depth has a small bound, stated here. */
class RecursionTest {
    private static final Set<String> BOUNDED = Set.of(
            // An array's axes, of which ND4J allows 32.
            "org.curvature4j.io.NpyWriter.writeRows",
            "org.curvature4j.io.NpyWriter.writeView",
            // How often an even exponent can be halved.
            "org.curvature4j.op.Even.pow",
            "org.curvature4j.op.Formula.pow",
            "org.curvature4j.op.Ops.pow",
            // The order of a derivative; each one's graph is a multiple of the one before.
            "org.curvature4j.Derivation.graph",
            "org.curvature4j.Derivation.result",
            "org.curvature4j.Engines.computing",
            "org.curvature4j.Engines.hessian",
            "org.curvature4j.Engines.jacobian",
            "org.curvature4j.Engines.of",
            "org.curvature4j.Engines.products",
            "org.curvature4j.TensorFunction.graph",
            "org.curvature4j.TensorFunction.outputShape",
            "org.curvature4j.TensorFunction.resultType",
            // Loops inside each other, at most Scan.DEEPEST.
            "org.curvature4j.graph.Graph.toString",
            "org.curvature4j.graph.GraphPrinter.line",
            "org.curvature4j.graph.GraphPrinter.print",
            "org.curvature4j.internal.engine.loops.HeapLoop.bytes",
            "org.curvature4j.internal.engine.loops.HeapProgram.bytes",
            "org.curvature4j.internal.engine.loops.HeapProgram.inside",
            "org.curvature4j.internal.engine.program.TensorProgram.bytes",
            "org.curvature4j.internal.transform.KinkPoints.hasDecompositions",
            "org.curvature4j.internal.transform.Simplifier.image",
            "org.curvature4j.internal.transform.Simplifier.rebuild",
            "org.curvature4j.internal.transform.Simplifier.simplify",
            "org.curvature4j.internal.transform.Work.of",
            "org.curvature4j.op.Scan.applications",
            "org.curvature4j.op.Scan.depth",
            "org.curvature4j.op.Scan.numbers",
            // Loops inside each other in a SameDiff graph, at most NeededOps.DEEPEST.
            "org.curvature4j.samediff.NeededOps$Search.operands",
            "org.curvature4j.samediff.NeededOps$Search.refuseCycle",
            "org.curvature4j.samediff.NeededOps$Search.visit",
            "org.curvature4j.samediff.NeededOps.of",
            "org.curvature4j.samediff.NeededOps.withLoops",
            "org.curvature4j.samediff.SameDiffImport.apply",
            "org.curvature4j.samediff.SameDiffImport.importLoop",
            "org.curvature4j.samediff.SameDiffImport.step",
            "org.curvature4j.samediff.WhileLoop.inside",
            "org.curvature4j.samediff.WhileLoop.operands",
            // Whole numbers as floating ones: once.
            "org.curvature4j.samediff.SameDiffKernels.matmul",
            // The factors of one product, at most Contraction.MOST.
            "org.curvature4j.internal.transform.Contraction.make",
            // Values inside values of a file of JSON, of which Gson reads 255 levels; in memory, what its author
            // wrapped.
            "org.curvature4j.dl4j.NetworkArchive.requireKnown",
            "org.curvature4j.dl4j.Preprocessors.of",
            "org.curvature4j.dl4j.Vertices.of",
            // Graphs inside nodes of an ONNX file, each level three messages deep, of which protobuf reads 100.
            "org.curvature4j.onnx.OnnxOrder.captured",
            "org.curvature4j.onnx.OnnxOrder.free",
            "org.curvature4j.onnx.OnnxOrder.needed",
            // Graphs and functions inside nodes when they are computed, at most OnnxWork.DEEPEST.
            "org.curvature4j.onnx.OnnxBody.apply",
            "org.curvature4j.onnx.OnnxBody.function",
            "org.curvature4j.onnx.OnnxBody.run",
            "org.curvature4j.onnx.OnnxLibrary.find",
            // A kernel's calls of this project's own methods; those that call themselves are refused.
            "org.curvature4j.internal.gpu.ptx.Calls.call",
            "org.curvature4j.internal.gpu.ptx.Calls.function",
            "org.curvature4j.internal.gpu.ptx.MethodTranslator.branch",
            "org.curvature4j.internal.gpu.ptx.MethodTranslator.jump",
            "org.curvature4j.internal.gpu.ptx.MethodTranslator.translate",
            "org.curvature4j.internal.gpu.ptx.PtxModule.function",
            "org.curvature4j.internal.gpu.ptx.PtxModule.translate",
            "org.curvature4j.internal.gpu.ptx.PtxModule.translated",
            "org.curvature4j.internal.gpu.ptx.PtxModule.unroll",
            "org.curvature4j.internal.gpu.ptx.Unroller.call",
            "org.curvature4j.internal.gpu.ptx.Unroller.translate",
            // A block within a block of memory; a reduction of the results of one, of 64 times fewer; a cast of a
            // constant, which is
            // one kernel.
            "org.curvature4j.internal.engine.gpu.tiles.Arrival.of",
            "org.curvature4j.internal.engine.gpu.tiles.DeviceArray$Block.place",
            "org.curvature4j.internal.engine.gpu.tiles.DeviceArray.place",
            "org.curvature4j.internal.engine.gpu.tiles.DeviceTarget.broadcast",
            "org.curvature4j.internal.engine.gpu.tiles.DeviceTarget.cast",
            "org.curvature4j.internal.engine.gpu.tiles.DeviceTarget.fill",
            "org.curvature4j.internal.engine.gpu.tiles.ElementwiseKernels.cast",
            "org.curvature4j.internal.engine.gpu.tiles.ElementwiseKernels.copy",
            "org.curvature4j.internal.engine.gpu.tiles.ElementwiseKernels.launches",
            "org.curvature4j.internal.engine.gpu.tiles.ProgramCode.fill",
            "org.curvature4j.internal.engine.gpu.tiles.Reductions.of");

    @Test
    void methodsThatCallThemselvesHaveABoundOnTheirDepth() {
        JavaClasses main = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("org.curvature4j");
        Set<String> recursive = new TreeSet<>();
        main.forEach(type -> type.getCodeUnits().stream()
                .filter(RecursionTest::reachesItself)
                .forEach(method -> recursive.add(type.getName() + "." + method.getName())));
        recursive.removeAll(BOUNDED);
        assertThat(recursive).isEmpty();
    }

    private static boolean reachesItself(JavaCodeUnit method) {
        Set<JavaCodeUnit> seen = new HashSet<>();
        Deque<JavaCodeUnit> open = new ArrayDeque<>(Set.of(method));
        while (!open.isEmpty()) {
            for (JavaCodeUnit called : calledBy(open.pop())) {
                if (called.equals(method)) {
                    return true;
                } else if (seen.add(called)) {
                    open.push(called);
                }
            }
        }
        return false;
    }

    private static Set<JavaCodeUnit> calledBy(JavaCodeUnit method) {
        Set<JavaCodeUnit> called = new HashSet<>();
        method.getCallsFromSelf()
                .forEach(call -> call.getTarget().resolveMember().ifPresent(called::add));
        method.getCodeUnitReferencesFromSelf()
                .forEach(reference -> reference.getTarget().resolveMember().ifPresent(called::add));
        return called;
    }
}
