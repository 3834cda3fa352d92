using MoViNetNAS.Models.Onnx;
using MoViNetNAS.Spaces;

namespace MoViNetNAS.Cli.Doctor;

/// <summary>OnnxRuntime loads: exports are tried with it, and it runs exported files.</summary>
internal static class OnnxRuntimeCheck
{
    private const string Mend = "only `export --onnx`, `stream --onnx` and `bench onnx` need it: build again with ./movinet so that its native library is restored";

    public static Finding Run()
    {
        try
        {
            return Finding.Good("OnnxRuntime", $"version {OnnxNetwork.RuntimeVersion()}");
        }
        catch (MachineException e)
        {
            return Finding.Optional("OnnxRuntime", false, e.Message, Mend);
        }
    }
}
