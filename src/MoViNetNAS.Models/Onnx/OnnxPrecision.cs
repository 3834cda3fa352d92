namespace MoViNetNAS.Models.Onnx;

/// <summary>In which numbers an ONNX file calculates.</summary>
public enum OnnxPrecision
{
    /// <summary>float32.</summary>
    Float32,

    /// <summary>Weights and activations in float16, half the bytes; sums over frames, states, image and logits stay float32.</summary>
    Float16,
}
