using System.Runtime.InteropServices;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Models.Onnx;

/// <summary>What must happen before OnnxRuntime's native library is loaded.</summary>
/// <remarks>It sends telemetry unless an environment variable says no when it loads. .NET's own environment does not reach a C library on
/// Linux and macOS, so the variable is set by the C library itself.</remarks>
internal static partial class OnnxLibrary
{
    private const string NoTelemetry = "ORT_DISABLE_TELEMETRY", Yes = "1";
    private static readonly Lazy<bool> Prepared = new(Disable);

    /// <summary>Switches telemetry off, once.</summary>
    /// <exception cref="MachineException">The environment cannot be changed.</exception>
    public static void Prepare()
    {
        if (!Prepared.Value) throw new MachineException($"cannot set {NoTelemetry}=1 in the environment, without which OnnxRuntime would send usage data; set it and start again.");
    }

    private static bool Disable()
    {
        Environment.SetEnvironmentVariable(NoTelemetry, Yes);
        return OperatingSystem.IsWindows() || SetVariable(NoTelemetry, Yes, overwrite: 1) == 0;
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
