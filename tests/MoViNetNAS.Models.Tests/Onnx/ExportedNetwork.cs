using MoViNetNAS.Models.Onnx;
using MoViNetNAS.Tests;

namespace MoViNetNAS.Models.Tests.Onnx;

/// <summary>A network written as ONNX into a folder of its own and opened in OnnxRuntime.</summary>
internal sealed class ExportedNetwork : IDisposable
{
    private static readonly Dictionary<string, string> NoMetadata = [];
    private readonly TemporaryFolder _folder = new();

    public ExportedNetwork(VideoNetwork network, OnnxOptions options)
    {
        OnnxExport.Write(Path, network, options, NoMetadata);
        Runtime = OnnxNetwork.Open(Path, threads: 1);
    }

    public string Path => _folder["network.onnx"];

    public OnnxNetwork Runtime { get; }

    public void Dispose()
    {
        Runtime.Dispose();
        _folder.Dispose();
    }
}
