/* A driver without a device, for tests of what calls it: it checks what it is given, keeps account of what is alive, and
   answers launches by writing down how they were made. Built with -DVERSION=... it is another driver's, and with
   -DWITHOUT_FILL one that lacks a function. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#ifndef VERSION
#define VERSION 12040
#endif

enum { OK = 0, INVALID_VALUE = 1, OUT_OF_MEMORY = 2, NOT_INITIALIZED = 3, INVALID_DEVICE = 101, INVALID_CONTEXT = 201,
       INVALID_PTX = 218, INVALID_HANDLE = 400, NOT_FOUND = 500, NOT_READY = 600, ILLEGAL_ADDRESS = 700 };

#define DEVICES 2
#define FIRST_HANDLE 40
#define TOTAL ((size_t) 80 << 30)

typedef struct { int entered; } Context;
typedef struct { char text[1024]; } Module;
typedef struct { char name[64]; } Function;
typedef struct { int runs; } Stream;
typedef struct { char *info; char *errors; size_t info_size; size_t errors_size; char text[1024]; size_t size; } Link;
typedef struct { void *address; size_t bytes; } Block;

static Context contexts[DEVICES];
static int retained[DEVICES];
static __thread Context *current;
static int started;
static int lost;
static int alive;
static Block blocks[64];
static size_t used;
static Function functions[16];

#define READY if (!started) return NOT_INITIALIZED
#define INSIDE READY; if (lost) return ILLEGAL_ADDRESS; if (!current) return INVALID_CONTEXT

/* Contexts, modules, functions, links, streams and memory that were made and not given back. */
int fake_alive(void) { return alive; }

int cuDriverGetVersion(int *version) { *version = VERSION; return OK; }

int cuInit(unsigned flags) { if (flags) return INVALID_VALUE; started = 1; return OK; }

int cuGetErrorName(int code, const char **name) {
    switch (code) {
        case INVALID_VALUE: *name = "CUDA_ERROR_INVALID_VALUE"; return OK;
        case OUT_OF_MEMORY: *name = "CUDA_ERROR_OUT_OF_MEMORY"; return OK;
        case INVALID_DEVICE: *name = "CUDA_ERROR_INVALID_DEVICE"; return OK;
        case INVALID_CONTEXT: *name = "CUDA_ERROR_INVALID_CONTEXT"; return OK;
        case INVALID_PTX: *name = "CUDA_ERROR_INVALID_PTX"; return OK;
        case NOT_FOUND: *name = "CUDA_ERROR_NOT_FOUND"; return OK;
        case ILLEGAL_ADDRESS: *name = "CUDA_ERROR_ILLEGAL_ADDRESS"; return OK;
        default: *name = NULL; return INVALID_VALUE;
    }
}

int cuGetErrorString(int code, const char **text) {
    *text = code == OUT_OF_MEMORY ? "out of memory" : code == NOT_FOUND ? "named symbol not found" : "words of the driver";
    return OK;
}

int cuDeviceGetCount(int *count) { READY; *count = DEVICES; return OK; }

int cuDeviceGet(int *device, int ordinal) {
    READY;
    if (ordinal < 0 || ordinal >= DEVICES) return INVALID_DEVICE;
    *device = FIRST_HANDLE + ordinal;
    return OK;
}

int cuDeviceGetName(char *name, int length, int device) {
    READY;
    if (length < 20) return INVALID_VALUE;
    strcpy(name, device == FIRST_HANDLE ? "Pretended GPU" : "Pretended GPU Ti");
    return OK;
}

int cuDeviceGetAttribute(int *value, int attribute, int device) {
    READY;
    int first = device == FIRST_HANDLE;
    switch (attribute) {
        case 13: *value = 1980000; return OK;
        case 16: *value = first ? 132 : 128; return OK;
        case 18: *value = 0; return OK;
        case 36: *value = 2619000; return OK;
        case 37: *value = 5120; return OK;
        case 75: *value = first ? 9 : 8; return OK;
        case 76: *value = first ? 0 : 9; return OK;
        default: return INVALID_VALUE;
    }
}

int cuDeviceTotalMem_v2(size_t *bytes, int device) { READY; *bytes = TOTAL + device; return OK; }

int cuDevicePrimaryCtxRetain(Context **context, int device) {
    READY;
    if (lost) return ILLEGAL_ADDRESS;
    alive += retained[device - FIRST_HANDLE]++ == 0;
    *context = &contexts[device - FIRST_HANDLE];
    return OK;
}

int cuDevicePrimaryCtxRelease_v2(int device) {
    READY;
    alive -= --retained[device - FIRST_HANDLE] == 0;
    return OK;
}

int cuCtxSetCurrent(Context *context) {
    READY;
    current = context == &contexts[0] || context == &contexts[1] ? context : NULL;
    return current ? OK : INVALID_CONTEXT;
}

int cuMemGetInfo_v2(size_t *available, size_t *total) { INSIDE; *available = TOTAL - used; *total = TOTAL; return OK; }

static int reserve(void **address, size_t bytes) {
    if (bytes == 0) return INVALID_VALUE;
    if (bytes > TOTAL - used) return OUT_OF_MEMORY;
    for (int i = 0; i < 64; i++) {
        if (!blocks[i].address) {
            /* Address space alone: pages come when they are written. */
            void *there = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
            if (there == MAP_FAILED) return OUT_OF_MEMORY;
            blocks[i].address = *address = there;
            blocks[i].bytes = bytes;
            used += bytes;
            alive++;
            return OK;
        }
    }
    return OUT_OF_MEMORY;
}

static int give_back(void *address) {
    for (int i = 0; i < 64; i++) {
        if (address && blocks[i].address == address) {
            munmap(address, blocks[i].bytes);
            used -= blocks[i].bytes;
            blocks[i].address = NULL;
            alive--;
            return OK;
        }
    }
    return INVALID_VALUE;
}

static int holds(uint64_t address, size_t bytes) {
    for (int i = 0; i < 64; i++) {
        uint64_t start = (uint64_t) (uintptr_t) blocks[i].address;
        if (start && address >= start && address + bytes <= start + blocks[i].bytes) return 1;
    }
    return 0;
}

int cuMemAlloc_v2(uint64_t *address, size_t bytes) { INSIDE; return reserve((void **) address, bytes); }
int cuMemFree_v2(uint64_t address) { INSIDE; return give_back((void *) (uintptr_t) address); }
int cuMemHostAlloc(void **address, size_t bytes, unsigned flags) {
    INSIDE;
    return flags == 1 ? reserve(address, bytes) : INVALID_VALUE;
}
int cuMemFreeHost(void *address) { INSIDE; return give_back(address); }

static int move(uint64_t to, uint64_t from, size_t bytes, Stream *stream) {
    if (!stream || !holds(to, bytes) || !holds(from, bytes)) return INVALID_VALUE;
    memmove((void *) (uintptr_t) to, (void *) (uintptr_t) from, bytes);
    return OK;
}

int cuMemcpyHtoDAsync_v2(uint64_t to, const void *from, size_t bytes, Stream *stream) {
    INSIDE;
    return move(to, (uint64_t) (uintptr_t) from, bytes, stream);
}
int cuMemcpyDtoHAsync_v2(void *to, uint64_t from, size_t bytes, Stream *stream) {
    INSIDE;
    return move((uint64_t) (uintptr_t) to, from, bytes, stream);
}
int cuMemcpyDtoDAsync_v2(uint64_t to, uint64_t from, size_t bytes, Stream *stream) {
    INSIDE;
    return move(to, from, bytes, stream);
}

#ifndef WITHOUT_FILL
int cuMemsetD8Async(uint64_t address, unsigned char value, size_t bytes, Stream *stream) {
    INSIDE;
    if (!stream || !holds(address, bytes)) return INVALID_VALUE;
    memset((void *) (uintptr_t) address, value, bytes);
    return OK;
}
#endif

int cuStreamCreate(Stream **stream, unsigned flags) {
    INSIDE;
    if (flags != 1) return INVALID_VALUE;
    *stream = calloc(1, sizeof(Stream));
    alive++;
    return OK;
}
int cuStreamDestroy_v2(Stream *stream) { INSIDE; free(stream); alive--; return OK; }
int cuStreamQuery(Stream *stream) { INSIDE; return !stream ? INVALID_VALUE : stream->runs ? NOT_READY : OK; }

/* Options 3 to 6: a buffer and its size for what is told, and for errors. */
int cuLinkCreate_v2(unsigned count, const int *options, void **values, Link **link) {
    INSIDE;
    if (count != 4) return INVALID_VALUE;
    for (int i = 0; i < 4; i++) if (options[i] != 3 + i) return INVALID_VALUE;
    *link = calloc(1, sizeof(Link));
    (*link)->info = values[0];
    (*link)->info_size = (size_t) values[1];
    (*link)->errors = values[2];
    (*link)->errors_size = (size_t) values[3];
    alive++;
    return OK;
}

int cuLinkAddData_v2(Link *link, int type, const char *data, size_t size, const char *name, unsigned count, int *options,
                     void **values) {
    INSIDE;
    if (type != 1 || size == 0 || data[size - 1] || strlen(data) + 1 != size || !name || count || options || values) {
        return INVALID_VALUE;
    }
    if (strstr(data, "broken")) {
        strncpy(link->errors, "ptxas application ptx input, line 3; fatal   : Parsing error near 'broken'\n",
                link->errors_size - 1);
        return INVALID_PTX;
    }
    strcpy(link->text, "code of ");
    strncat(link->text, data, sizeof link->text - 16);
    link->size = strlen(link->text) + 1;
    return OK;
}

int cuLinkComplete(Link *link, void **image, size_t *size) {
    INSIDE;
    if (strstr(link->text, "endless")) {
        strncpy(link->info, "info    : took all registers\n", link->info_size - 1);
        return OUT_OF_MEMORY;
    }
    *image = link->text;
    *size = link->size;
    return OK;
}

int cuLinkDestroy(Link *link) { INSIDE; memset(link, 0, sizeof *link); free(link); alive--; return OK; }

int cuModuleLoadData(Module **module, const char *image) {
    INSIDE;
    if (strncmp(image, "code of ", 8)) return 200;
    *module = calloc(1, sizeof(Module));
    strncpy((*module)->text, image, sizeof (*module)->text - 1);
    alive++;
    return OK;
}
int cuModuleUnload(Module *module) { INSIDE; free(module); alive--; return OK; }

int cuModuleGetFunction(Function **function, Module *module, const char *name) {
    INSIDE;
    if (!strstr(module->text, name)) return NOT_FOUND;
    *function = &functions[strcmp(name, "crash") == 0 ? 1 : strcmp(name, "forever") == 0 ? 2 : 0];
    strncpy((*function)->name, name, 63);
    return OK;
}

int cuFuncGetAttribute(int *value, int attribute, Function *function) {
    INSIDE;
    if (function != &functions[0]) return INVALID_HANDLE;
    *value = attribute == 0 ? 1024 : attribute == 3 ? 16 : attribute == 4 ? 96 : -1;
    return *value < 0 ? INVALID_VALUE : OK;
}

/* The first parameter is where to write grid, block, shared bytes, whether there is a stream, how many bytes of parameters
   there are, and the parameters. */
int cuLaunchKernel(Function *function, unsigned gx, unsigned gy, unsigned gz, unsigned bx, unsigned by, unsigned bz,
                   unsigned shared, Stream *stream, void **parameters, void **extra) {
    INSIDE;
    if (parameters || extra[0] != (void *) 1 || extra[2] != (void *) 2 || extra[4]) return INVALID_VALUE;
    size_t size = *(size_t *) extra[3];
    if (function == &functions[1]) { lost = 1; return OK; }
    if (function == &functions[2]) { stream->runs = 1; return OK; }
    uint64_t out = *(uint64_t *) extra[1];
    if (!holds(out, 9 * 8 + size)) return INVALID_VALUE;
    uint64_t head[9] = {gx, gy, gz, bx, by, bz, shared, stream != NULL, size};
    memcpy((void *) (uintptr_t) out, head, sizeof head);
    memcpy((void *) (uintptr_t) (out + sizeof head), extra[1], size);
    return OK;
}
