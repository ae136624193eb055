package org.curvature4j.onnx;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import onnx.Onnx.FunctionProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import org.jspecify.annotations.Nullable;

/**
 * What the nodes of a file mean: the versions of the operator sets that it was written for, the functions that it brings,
 * and where its numbers are.
 */
final class OnnxLibrary {
    /** The newest version of the standard operators whose meaning the rules know. */
    static final long NEWEST = 28;

    private final Map<String, Long> versions;
    private final Map<String, FunctionProto> functions;
    private final OnnxTensors tensors;
    private final Quantized quantized;

    private OnnxLibrary(
            Map<String, Long> versions,
            Map<String, FunctionProto> functions,
            OnnxTensors tensors,
            Quantized quantized) {
        this.versions = versions;
        this.functions = functions;
        this.tensors = tensors;
        this.quantized = quantized;
    }

    static OnnxLibrary of(ModelProto model, OnnxTensors tensors, Quantized quantized) {
        Map<String, FunctionProto> functions = new HashMap<>();
        for (FunctionProto function : model.getFunctionsList()) {
            functions.put(key(function.getDomain(), function.getName()), function);
        }
        return new OnnxLibrary(versions(model.getOpsetImportList()), functions, tensors, quantized);
    }

    private static Map<String, Long> versions(List<OperatorSetIdProto> sets) {
        Map<String, Long> versions = new HashMap<>();
        for (OperatorSetIdProto set : sets) {
            versions.merge(domain(set.getDomain()), set.getVersion(), Math::max);
        }
        long standard = versions.computeIfAbsent("", domain -> 1L);
        if (standard < 1 || standard > NEWEST) {
            throw new IllegalArgumentException("opset: expected 1 to " + NEWEST + ", got " + standard
                    + " (export with opset_version=" + NEWEST + ", or convert the model)");
        }
        return versions;
    }

    /** The same functions under the versions that one of them was written for. */
    private OnnxLibrary within(FunctionProto function) {
        return function.getOpsetImportCount() == 0
                ? this
                : new OnnxLibrary(versions(function.getOpsetImportList()), functions, tensors, quantized);
    }

    private static String domain(String written) {
        return written.equals("ai.onnx") ? "" : written;
    }

    private static String key(String domain, String name) {
        return domain(domain) + ":" + name;
    }

    /** What becomes of computed numbers that are rounded. */
    Quantized quantized() {
        return quantized;
    }

    /** The numbers of the file. */
    OnnxTensors tensors() {
        return tensors;
    }

    /** The version of the standard operators. */
    long opset() {
        return versions.getOrDefault("", 1L);
    }

    /** What a node is; null for an operator without a rule. */
    OnnxRules.@Nullable Entry find(NodeProto node) {
        FunctionProto function = functions.get(key(node.getDomain(), node.getOpType()));
        if (function != null) {
            return new OnnxRules.Entry(
                    node.getOpType(),
                    "functions of the file",
                    org.curvature4j.samediff.Smoothness.SMOOTH,
                    "",
                    call -> OnnxBody.function(function, call, within(function)));
        }
        // Some operators of other domains have the name of a standard one and another meaning.
        OnnxRules.Entry own = OnnxRules.find(title(node));
        boolean isRefused = OnnxRules.reasonAgainst(title(node)) != null;
        return own == null && !isRefused && isKnown(node.getDomain()) ? OnnxRules.find(node.getOpType()) : own;
    }

    private static boolean isKnown(String domain) {
        return switch (domain(domain)) {
            case "", "ai.onnx.ml", "com.microsoft" -> true;
            default -> false;
        };
    }

    /** An operator as messages name it. */
    static String title(NodeProto node) {
        String domain = domain(node.getDomain());
        return domain.isEmpty() ? node.getOpType() : domain + "." + node.getOpType();
    }

    /** Why an operator has no rule, by its title; null where there is no more to say than that. */
    static @Nullable String reasonAgainst(String operator) {
        String own = OnnxRules.reasonAgainst(operator);
        return own == null ? OnnxRules.reasonAgainst(operator.substring(operator.lastIndexOf('.') + 1)) : own;
    }

    /** What a graph inside a node is told that holds an operator without a rule. */
    static IllegalArgumentException unknown(NodeProto node) {
        String reason = reasonAgainst(title(node));
        return new IllegalArgumentException("operators: expected those of docs/onnx-operators.md, got " + title(node)
                + (reason == null ? "" : " (" + reason + ")"));
    }
}
