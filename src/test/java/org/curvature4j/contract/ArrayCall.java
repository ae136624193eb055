package org.curvature4j.contract;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How to call a method with an array at one of its parameters.
 *
 * @param signature of the method
 * @param parameter what the array is to the method
 * @param written whether the method writes to it
 * @param shape that fits
 * @param call gives what is to be the same for the same numbers: numbers, arrays or text
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ArrayCall(String signature, String parameter, boolean written, long[] shape, Call call) {
    interface Call {
        Object of(INDArray array) throws Exception;
    }

    static ArrayCall of(String signature, String parameter, Call call, long... shape) {
        return new ArrayCall(signature, parameter, false, shape, call);
    }

    /** For an array that results are written into. */
    static ArrayCall into(String signature, String parameter, Call call, long... shape) {
        return new ArrayCall(signature, parameter, true, shape, call);
    }

    @Override
    public String toString() {
        return signature + " " + parameter;
    }
}
