using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MoViNetNAS.Cli.Output;

namespace MoViNetNAS.Cli.Doctor;

/// <summary>.NET, the processor and the memory.</summary>
internal static class RuntimeChecks
{
    private const long EnoughMemory = 2_000_000_000; // the quickstart search stays below

    public static IEnumerable<Finding> All()
    {
        yield return Finding.Required(
            ".NET", Environment.Version.Major >= 10, $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}",
            "install .NET 10 from https://dotnet.microsoft.com/download");
        yield return Finding.Optional(
            "vectors", Vector256.IsHardwareAccelerated, $"{VectorBits} bits wide",
            "searches work but are slow: this processor (or the virtual machine's settings) has no AVX2");
        yield return Finding.Good("threads", $"{Environment.ProcessorCount} processors");
        long memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        yield return Finding.Optional("memory", memory >= EnoughMemory, Units.Bytes(memory), "use smaller batches: --set data.batch=16, or a space with fewer frames");
    }

    private static int VectorBits =>
        Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 64;
}
