package org.curvature4j.internal.gpu.interpreter;

import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.curvature4j.internal.gpu.DriverForTests;
import org.curvature4j.internal.gpu.driver.Attribute;
import org.curvature4j.internal.gpu.driver.FunctionAttribute;
import org.jspecify.annotations.Nullable;

/**
 * Devices that are interpreters. Stricter than a driver: what is queued in a stream runs only when the stream is asked whether it is done
 * (so that what reads too early reads what was never written), copies take memory of {@link #allocateHost} only, and an
 * error in a kernel names the line. As with a driver, a device that has had one answers every later call with it.
 */
@SuppressWarnings("ThreadLocalUsage") // what is current on a thread is so for one driver
public final class InterpretedDriver implements DriverForTests {
    private static final String IMAGE = "// interpreted\n";

    private final List<PretendDevice> devices = new ArrayList<>();
    private final ThreadLocal<@Nullable PretendDevice> current = new ThreadLocal<>();
    private final Map<Long, Object> handles = new HashMap<>();
    private final TreeMap<Long, com.sun.jna.Memory> hosts = new TreeMap<>();
    /** What has been parsed and not been loaded yet. */
    private final Map<String, Module> assembled = new ConcurrentHashMap<>();

    private long nextHandle = 1;

    /** A kernel of a loaded module. */
    private record Loaded(PretendDevice device, PtxInterpreter module, Routine entry) {}

    /** A module and the device that has it. */
    private record Holding(PretendDevice device, PtxInterpreter module) {}

    /** Devices of so many bytes each. */
    public InterpretedDriver(int devices, long bytes) {
        for (int i = 0; i < devices; i++) {
            this.devices.add(new PretendDevice(i, bytes));
        }
    }

    /** One device of so many bytes whose work is counted. */
    public InterpretedDriver(long bytes, Tally tally) {
        this(1, bytes);
        devices.get(0).memory.tally = tally;
    }

    @Override
    public int version() {
        return 12040;
    }

    @Override
    public int deviceCount() {
        return devices.size();
    }

    @Override
    public String deviceName(int device) {
        return device(device, "cuDeviceGetName").name();
    }

    @Override
    public int attribute(int device, Attribute attribute) {
        device(device, "cuDeviceGetAttribute");
        return switch (attribute) {
            case CLOCK_KILOHERTZ, MEMORY_CLOCK_KILOHERTZ -> 1_000_000;
            case MEMORY_BUS_BITS -> 256;
            case MULTIPROCESSORS -> 4;
            case INTEGRATED, CAPABILITY_MINOR -> 0;
            case CAPABILITY_MAJOR -> PretendDevice.CAPABILITY / 10;
        };
    }

    @Override
    public long totalMemory(int device) {
        return device(device, "cuDeviceTotalMem").capacity();
    }

    @Override
    public long retainContext(int device) {
        PretendDevice found = device(device, "cuDevicePrimaryCtxRetain");
        found.retain();
        return device + 1L;
    }

    @Override
    public void releaseContext(int device) {
        if (!device(device, "cuDevicePrimaryCtxRelease").release()) {
            throw Codes.error("cuDevicePrimaryCtxRelease", 201, "the context is not retained");
        }
    }

    @Override
    public void makeCurrent(long context) {
        current.set(device((int) context - 1, "cuCtxSetCurrent"));
    }

    private PretendDevice device(int number, String call) {
        if (number < 0 || number >= devices.size()) {
            throw Codes.error(call, 101, "device " + number);
        }
        return devices.get(number);
    }

    private PretendDevice here(String call) {
        PretendDevice device = current.get();
        if (device == null || !device.isRetained()) {
            throw Codes.error(call, 201, "no context is current");
        }
        device.check(call);
        return device;
    }

    private synchronized long handle(Object of) {
        handles.put(nextHandle, of);
        return nextHandle++;
    }

    private synchronized <T> T find(long handle, Class<T> type, String call) {
        Object found = handles.get(handle);
        if (!type.isInstance(found)) {
            throw Codes.error(call, 400, "handle " + handle);
        }
        return type.cast(found);
    }

    private <T> T take(long handle, Class<T> type, String call) {
        T found = find(handle, type, call);
        synchronized (this) {
            handles.remove(handle);
        }
        return found;
    }

    @Override
    public byte[] assemble(String ptx) {
        here("cuLinkAddData");
        try {
            Module module = Parser.parse(ptx);
            assembled.put(ptx, module);
            if (module.target > PretendDevice.CAPABILITY) {
                throw new Fault(209, ".target sm_" + module.target + " is newer than the device");
            }
        } catch (Fault fault) {
            throw Codes.error("cuLinkAddData", fault.code, String.valueOf(fault.getMessage()));
        }
        return (IMAGE + ptx).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public long loadModule(byte[] image) {
        PretendDevice device = here("cuModuleLoadData");
        String text = new String(image, StandardCharsets.UTF_8);
        if (!text.startsWith(IMAGE)) {
            throw Codes.error("cuModuleLoadData", 200, "not an image for this device");
        }
        try {
            String ptx = text.substring(IMAGE.length());
            Module module = assembled.remove(ptx);
            return handle(new Holding(device, device.load(module == null ? Parser.parse(ptx) : module)));
        } catch (Fault fault) {
            throw Codes.error("cuModuleLoadData", fault.code, String.valueOf(fault.getMessage()));
        }
    }

    @Override
    public void unloadModule(long module) {
        here("cuModuleUnload");
        take(module, Holding.class, "cuModuleUnload").module.close();
    }

    @Override
    public long function(long module, String name) {
        here("cuModuleGetFunction");
        Holding holding = find(module, Holding.class, "cuModuleGetFunction");
        try {
            return handle(new Loaded(holding.device, holding.module, holding.module.entry(name)));
        } catch (Fault fault) {
            throw Codes.error("cuModuleGetFunction", fault.code, String.valueOf(fault.getMessage()));
        }
    }

    @Override
    public int attribute(FunctionAttribute attribute, long function) {
        here("cuFuncGetAttribute");
        Routine entry = find(function, Loaded.class, "cuFuncGetAttribute").entry;
        return switch (attribute) {
            case MOST_THREADS_A_BLOCK -> entry.mostThreads;
            case LOCAL_BYTES -> entry.localBytes;
            case REGISTERS -> Math.min(255, entry.registers.size());
        };
    }

    @Override
    public long freeMemory() {
        return here("cuMemGetInfo").memory.free();
    }

    @Override
    public long allocate(long bytes) {
        PretendDevice device = here("cuMemAlloc");
        if (bytes <= 0) {
            throw Codes.error("cuMemAlloc", 1, bytes + " bytes");
        }
        long address = device.allocate(bytes);
        if (address == 0) {
            throw Codes.error("cuMemAlloc", 2, bytes + " bytes asked for, " + device.memory.free() + " free");
        }
        return address;
    }

    @Override
    public void free(long address) {
        if (!here("cuMemFree").free(address)) {
            throw Codes.error("cuMemFree", 1, "nothing was allocated at 0x" + Long.toHexString(address));
        }
    }

    @Override
    public long allocateHost(long bytes) {
        here("cuMemHostAlloc");
        if (bytes <= 0) {
            throw Codes.error("cuMemHostAlloc", 1, bytes + " bytes");
        }
        com.sun.jna.Memory memory = new com.sun.jna.Memory(bytes);
        memory.setMemory(0, bytes, Memory.UNWRITTEN);
        long address = Pointer.nativeValue(memory);
        synchronized (hosts) {
            hosts.put(address, memory);
        }
        return address;
    }

    @Override
    public void freeHost(long address) {
        here("cuMemFreeHost");
        synchronized (hosts) {
            com.sun.jna.Memory memory = hosts.remove(address);
            if (memory == null) {
                throw Codes.error("cuMemFreeHost", 1, "nothing was allocated at 0x" + Long.toHexString(address));
            }
            memory.close();
        }
    }

    /** Memory of this process that a copy reads or writes, which must be there when the copy runs. */
    private Pointer host(long address, long bytes) {
        synchronized (hosts) {
            Map.Entry<Long, com.sun.jna.Memory> found = hosts.floorEntry(address);
            if (found == null
                    || address + bytes > found.getKey() + found.getValue().size()) {
                throw Fault.illegal("0x" + Long.toHexString(address) + " is not memory of allocateHost");
            }
            return new Pointer(address);
        }
    }

    @Override
    public long createStream() {
        return handle(here("cuStreamCreate").stream());
    }

    @Override
    public void destroyStream(long stream) {
        here("cuStreamDestroy");
        PretendDevice.Stream taken = take(stream, PretendDevice.Stream.class, "cuStreamDestroy");
        taken.run("cuStreamDestroy");
        taken.close();
    }

    private void queue(String call, long stream, Runnable work) {
        here(call);
        find(stream, PretendDevice.Stream.class, call).add(work);
    }

    private static void count(DeviceMemory memory, Consumer<Tally> what) {
        Tally tally = memory.tally;
        if (tally != null) {
            what.accept(tally);
        }
    }

    @Override
    public void copyToDevice(long to, long hostAddress, long bytes, long stream) {
        DeviceMemory memory = here("cuMemcpyHtoDAsync").memory;
        queue("cuMemcpyHtoDAsync", stream, () -> {
            count(memory, tally -> tally.up(bytes));
            byte[] into = memory.range(to, bytes);
            host(hostAddress, bytes).read(0, into, DeviceMemory.offset(to), (int) bytes);
        });
    }

    @Override
    public void copyToHost(long hostAddress, long from, long bytes, long stream) {
        DeviceMemory memory = here("cuMemcpyDtoHAsync").memory;
        queue("cuMemcpyDtoHAsync", stream, () -> {
            count(memory, tally -> tally.down(bytes));
            byte[] source = memory.range(from, bytes);
            host(hostAddress, bytes).write(0, source, DeviceMemory.offset(from), (int) bytes);
        });
    }

    @Override
    public void copy(long to, long from, long bytes, long stream) {
        DeviceMemory memory = here("cuMemcpyDtoDAsync").memory;
        queue("cuMemcpyDtoDAsync", stream, () -> {
            count(memory, tally -> tally.copied(bytes, bytes));
            byte[] source = memory.range(from, bytes);
            byte[] into = memory.range(to, bytes);
            System.arraycopy(source, DeviceMemory.offset(from), into, DeviceMemory.offset(to), (int) bytes);
        });
    }

    @Override
    public void fill(long address, byte value, long bytes, long stream) {
        DeviceMemory memory = here("cuMemsetD8Async").memory;
        queue("cuMemsetD8Async", stream, () -> {
            count(memory, tally -> tally.copied(0, bytes));
            byte[] into = memory.range(address, bytes);
            int from = DeviceMemory.offset(address);
            java.util.Arrays.fill(into, from, (int) (from + bytes), value);
        });
    }

    @Override
    public void launch(long function, long blocks, int threads, int sharedBytes, long[] arguments, long stream) {
        PretendDevice device = here("cuLaunchKernel");
        Loaded loaded = find(function, Loaded.class, "cuLaunchKernel");
        try {
            PtxInterpreter.check(loaded.entry, blocks, threads, arguments);
        } catch (Fault fault) {
            throw Codes.error("cuLaunchKernel", fault.code, String.valueOf(fault.getMessage()));
        }
        if (loaded.device != device) {
            throw Codes.error("cuLaunchKernel", 400, "the kernel is another device's");
        }
        long[] kept = arguments.clone();
        device.launched();
        queue("cuLaunchKernel", stream, () -> loaded.module.launch(loaded.entry, blocks, threads, sharedBytes, kept));
    }

    @Override
    public boolean isDone(long stream) {
        here("cuStreamQuery");
        find(stream, PretendDevice.Stream.class, "cuStreamQuery").run("cuStreamQuery");
        return true;
    }

    @Override
    public List<String> leaks() {
        List<String> leaks = new ArrayList<>();
        devices.forEach(device -> leaks.addAll(device.leaks()));
        synchronized (hosts) {
            if (!hosts.isEmpty()) {
                leaks.add(hosts.size() + " allocations of host memory");
            }
        }
        return leaks;
    }

    @Override
    public synchronized int modules() {
        return (int) handles.values().stream().filter(Holding.class::isInstance).count();
    }

    @Override
    public List<Long> launched() {
        return devices.stream().map(PretendDevice::launches).toList();
    }
}
