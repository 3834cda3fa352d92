using Microsoft.ML.OnnxRuntime;

namespace MoViNetNAS.Models.Onnx;

/// <summary>Where a stream of an ONNX file stands: a value that goes into <see cref="OnnxNetwork.Step"/> and comes out.</summary>
/// <remarks>It may be used more than once (a stream can be forked); whoever holds it disposes it.</remarks>
public sealed class OnnxState : IDisposable
{
    private readonly Dictionary<string, OrtValue> _values;

    internal OnnxState(int batch, Dictionary<string, OrtValue> values) => (Batch, _values) = (batch, values);

    /// <summary>Streams side by side.</summary>
    public int Batch { get; }

    /// <summary>Tensors by input name; none where the file has a start of its own.</summary>
    internal IReadOnlyDictionary<string, OrtValue> Values => _values;

    /// <summary>Releases the tensors.</summary>
    public void Dispose()
    {
        foreach (var value in _values.Values) value.Dispose();
    }
}
