using System.Runtime.InteropServices;

namespace MoViNetNAS.Models.Kernels;

/// <summary>What the driver of NVIDIA says about the first card: TorchSharp has no call that does.</summary>
public static unsafe class CudaCard
{
    // CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR and _MINOR, and CUDA_SUCCESS, in cuda.h of NVIDIA's driver API.
    private const int MajorAttribute = 75, MinorAttribute = 76, Success = 0;

    /// <summary>The compute capability: 8.6 for the GeForce cards of 2020; null where there is no card, no driver, or no answer.</summary>
    public static Version? ComputeCapability()
    {
        if (!NativeLibrary.TryLoad(OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1", out nint driver)) return null;
        if (!NativeLibrary.TryGetExport(driver, "cuInit", out nint init)
            || !NativeLibrary.TryGetExport(driver, "cuDeviceGet", out nint get)
            || !NativeLibrary.TryGetExport(driver, "cuDeviceGetAttribute", out nint attribute))
        {
            return null;
        }

        var cuInit = (delegate* unmanaged<uint, int>)init;
        var cuDeviceGet = (delegate* unmanaged<int*, int, int>)get;
        var cuDeviceGetAttribute = (delegate* unmanaged<int*, int, int, int>)attribute;
        int device = 0, major = 0, minor = 0;
        bool isKnown = cuInit(0) == Success && cuDeviceGet(&device, 0) == Success
            && cuDeviceGetAttribute(&major, MajorAttribute, device) == Success
            && cuDeviceGetAttribute(&minor, MinorAttribute, device) == Success;
        return isKnown ? new Version(major, minor) : null;
    }
}
