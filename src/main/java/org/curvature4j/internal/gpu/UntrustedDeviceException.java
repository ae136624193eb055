package org.curvature4j.internal.gpu;

/** That a device computes otherwise than the processor, as the message says: none of its results was handed on. */
public final class UntrustedDeviceException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    /**
     * Of results that differ.
     *
     * @param what differs, and how
     */
    public UntrustedDeviceException(Device device, String what) {
        super("device: expected the CPU's results, got others from GPU " + device.number() + ", " + device.kind() + ": "
                + what + " (--device cpu does without a GPU; scripts/cuda-check says more of this one)");
    }
}
