namespace MoViNetNAS.Models;

/// <summary>One tensor as a safetensors header describes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its elements.</param>
/// <param name="Shape">Its axes; empty for a scalar.</param>
/// <param name="Begin">First byte, counted from the end of the header.</param>
/// <param name="End">First byte after it.</param>
internal sealed record SafetensorsEntry(string Name, TensorType Type, long[] Shape, long Begin, long End);
