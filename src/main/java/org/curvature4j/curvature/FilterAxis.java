package org.curvature4j.curvature;

/** Which axis of a weight tensor counts its filters, the weights of one unit. */
public enum FilterAxis {
    /** As ONNX and PyTorch lay them out: [out, in], [out, in, height, width]. */
    FIRST,
    /** As SameDiff does: [in, out], [height, width, in, out]. */
    LAST
}
