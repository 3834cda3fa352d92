using System.Globalization;

namespace MoViNetNAS.Models.Onnx;

/// <summary>A size of a tensor: a number, or a name for what is known only when the file runs.</summary>
internal readonly record struct OnnxDim(long? Size, string Name = "")
{
    public static implicit operator OnnxDim(long size) => new(size);

    public static OnnxDim Named(string name) => new(null, name);

    public override string ToString() => Size?.ToString(CultureInfo.InvariantCulture) ?? Name;
}
