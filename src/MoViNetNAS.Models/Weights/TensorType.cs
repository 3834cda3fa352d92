using static TorchSharp.torch;

namespace MoViNetNAS.Models;

/// <summary>Element types of weight files: what safetensors and PyTorch call them, and how many bytes one element takes.</summary>
internal sealed record TensorType(string Safetensors, string Storage, ScalarType Type, int Bytes)
{
    public static IReadOnlyList<TensorType> All { get; } =
    [
        new("F64", "DoubleStorage", ScalarType.Float64, 8),
        new("F32", "FloatStorage", ScalarType.Float32, 4),
        new("F16", "HalfStorage", ScalarType.Float16, 2),
        new("BF16", "BFloat16Storage", ScalarType.BFloat16, 2),
        new("I64", "LongStorage", ScalarType.Int64, 8),
        new("I32", "IntStorage", ScalarType.Int32, 4),
        new("U8", "ByteStorage", ScalarType.Byte, 1),
        new("BOOL", "BoolStorage", ScalarType.Bool, 1),
    ];

    /// <summary>The names that safetensors headers may use, for messages.</summary>
    public static string SafetensorsNames { get; } = string.Join(", ", All.Select(type => type.Safetensors));

    public static TensorType? BySafetensors(string name) => All.FirstOrDefault(type => type.Safetensors == name);

    public static TensorType? ByStorage(string name) => All.FirstOrDefault(type => type.Storage == name);

    public static TensorType? Of(ScalarType scalar) => All.FirstOrDefault(type => type.Type == scalar);
}
